from django.urls import path, register_converter

from arasha.appeals.urls.converters import CodeConverter, Sha256Converter
from arasha.appeals.views import gateway
from arasha.trust.views import trust_file

register_converter(CodeConverter, "code")
register_converter(Sha256Converter, "sha256")

app_name = "appeals_gateway"
urlpatterns = [
    path("envelopes", gateway.envelopes, name="envelopes"),
    path("attachments/<code:code>/<sha256:sha256>", gateway.attachment, name="attachment"),
    path("sets", gateway.sets, name="sets"),
    path("trust/<path:name>", trust_file, name="trust"),
    path("proofs/<str:code>", gateway.proof, name="proof"),
]
