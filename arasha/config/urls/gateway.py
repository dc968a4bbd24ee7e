from django.urls import include, path

from arasha.gateway.views import health

urlpatterns = [
    path("", health),
    path("health", health),
    path("v1/", include("arasha.handoffs.channel_to_appeals.urls")),
    path("v1/", include("arasha.appeals.urls.gateway")),
]

handler404 = "arasha.gateway.views.not_found"
handler500 = "arasha.gateway.views.server_error"
