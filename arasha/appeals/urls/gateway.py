from django.urls import path

from arasha.appeals.urls.converters import CODE, SHA256
from arasha.appeals.views import gateway, letters
from arasha.trust.views import trust_file

app_name = "appeals_gateway"
urlpatterns = [
    path("envelopes", gateway.envelopes, name="envelopes"),
    path(f"attachments/{CODE}/{SHA256}", gateway.attachment, name="attachment"),
    path("letters", letters.letter, name="letter"),
    path("letters/facts", letters.facts, name="facts"),
    path("letters/puzzle", letters.puzzle, name="puzzle"),
    path(f"letters/{CODE}/{SHA256}", letters.attachment, name="letter_attachment"),
    path("sets", gateway.sets, name="sets"),
    path("trust/<path:name>", trust_file, name="trust"),
    path("proofs/<str:code>", gateway.proof, name="proof"),
]
