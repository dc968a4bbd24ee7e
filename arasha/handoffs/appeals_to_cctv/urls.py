from django.urls import path

from arasha.handoffs.appeals_to_cctv import views

app_name = "appeals_to_cctv"
urlpatterns = [
    path("from/<uuid:appeal_key>/", views.new, name="new"),
    path("<uuid:key>/", views.hold_page, name="hold"),
    path("<uuid:key>/letter/", views.letter, name="letter"),
    path("<uuid:key>/outcome/", views.outcome, name="outcome"),
]
