from django.urls import path

from arasha.appeals.views import gateway

app_name = "appeals_gateway"
urlpatterns = [
    path("envelopes", gateway.envelopes, name="envelopes"),
    path("sets", gateway.sets, name="sets"),
    path("proofs/<str:code>", gateway.proof, name="proof"),
]
