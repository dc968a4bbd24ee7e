from django.urls import path

from arasha.appeals.views import ceremonies, offices

app_name = "offices"
urlpatterns = [
    path("", offices.home, name="home"),
    path("absence/", offices.absence, name="absence"),
    path("absence/<uuid:key>/back/", offices.back, name="back"),
    path("lost-keys/", offices.lost, name="lost"),
    path("ceremonies/", ceremonies.ceremonies, name="ceremonies"),
    path("ceremonies/ask/", ceremonies.ask, name="ask_export"),
    path("ceremonies/protocol/", ceremonies.enter, name="enter_protocol"),
    path("ceremonies/<uuid:key>/", ceremonies.export, name="export"),
    path("ceremonies/<uuid:key>/confirm/", ceremonies.confirm, name="confirm_export"),
    path("ceremonies/<uuid:key>/decline/", ceremonies.decline, name="decline_export"),
    path("ceremonies/<uuid:key>/fetch/", ceremonies.fetch, name="fetch_export"),
]
