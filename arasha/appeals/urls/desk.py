from django.urls import path

from arasha.appeals.views import desk

app_name = "appeals"
urlpatterns = [
    path("", desk.inbox, name="inbox"),
    path("<uuid:key>/", desk.appeal_page, name="appeal"),
    path("<uuid:key>/open/", desk.open_in_reader, name="open"),
    path("<uuid:key>/classify/", desk.classify, name="classify"),
]
