from django.urls import path

from arasha.channel.upkeep.views import canaries, register, work

app_name = "terminals"
urlpatterns = [
    path("", register.terminal_list, name="list"),
    path("tests/", canaries.canary_list, name="canaries"),
    path("tests/<uuid:key>/", canaries.canary_page, name="canary"),
    path("tests/arrived/<str:number>/", canaries.arrived, name="arrived"),
    path("stick/", work.stick, name="stick"),
    path("incidents/<uuid:key>/", register.incident_page, name="incident"),
    path("<uuid:key>/", register.terminal_page, name="terminal"),
    path("<uuid:key>/check/", work.check, name="check"),
    path("<uuid:key>/test/", canaries.begin, name="begin_canary"),
    path("<uuid:key>/works/", work.announce_works, name="works"),
    path("<uuid:key>/image/", work.announce_image, name="announce_image"),
    path("<uuid:key>/image/confirm/", work.confirm_image, name="confirm_image"),
    path("<uuid:key>/alarms/<uuid:alarm>/settle/", work.settle_alarm, name="settle"),
]
