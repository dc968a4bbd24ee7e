from django.urls import path

from arasha.people.views import places

app_name = "places"
urlpatterns = [
    path("", places.place_list, name="list"),
    path("register/", places.register_place, name="register"),
    path("<uuid:key>/", places.place_page, name="place"),
    path("<uuid:key>/correct/", places.correct_place, name="correct"),
    path("<uuid:key>/capacity/", places.set_capacity, name="capacity"),
    path("<uuid:key>/headcount/", places.record_headcount, name="headcount"),
    path("<uuid:key>/devices/offer/", places.offer_device, name="offer_device"),
    path("<uuid:key>/devices/<uuid:offer>/enrol/", places.enrol_device, name="enrol_device"),
    path("<uuid:key>/devices/<uuid:device>/revoke/", places.revoke_device, name="revoke_device"),
]
