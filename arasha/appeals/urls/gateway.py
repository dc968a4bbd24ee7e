from django.urls import path

from arasha.appeals.urls.converters import CODE, SHA256
from arasha.appeals.views import letters

app_name = "appeals_gateway"
urlpatterns = [
    path("letters", letters.letter, name="letter"),
    path("letters/facts", letters.facts, name="facts"),
    path("letters/puzzle", letters.puzzle, name="puzzle"),
    path(f"letters/{CODE}/{SHA256}", letters.attachment, name="letter_attachment"),
]
