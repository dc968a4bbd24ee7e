from django.urls import path

from arasha.appeals.urls.converters import CODE, SHA256
from arasha.appeals.views import gateway
from arasha.trust.views import trust_file

app_name = "appeals_gateway"
urlpatterns = [
    path("envelopes", gateway.envelopes, name="envelopes"),
    path(f"attachments/{CODE}/{SHA256}", gateway.attachment, name="attachment"),
    path("sets", gateway.sets, name="sets"),
    path("trust/<path:name>", trust_file, name="trust"),
    path("proofs/<str:code>", gateway.proof, name="proof"),
]
