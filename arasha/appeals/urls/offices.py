from django.urls import path

from arasha.appeals.views import offices

app_name = "offices"
urlpatterns = [
    path("", offices.home, name="home"),
    path("absence/", offices.absence, name="absence"),
    path("absence/<uuid:key>/back/", offices.back, name="back"),
    path("lost-keys/", offices.lost, name="lost"),
]
