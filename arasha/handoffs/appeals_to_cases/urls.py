from django.urls import path

from arasha.handoffs.appeals_to_cases import views

app_name = "appeals_to_cases"
urlpatterns = [
    path("", views.referral_list, name="list"),
    path("from/<uuid:appeal_key>/", views.refer, name="refer"),
    path("<uuid:key>/", views.referral_page, name="referral"),
    path("<uuid:key>/accept/", views.accept, name="accept"),
    path("<uuid:key>/refuse/", views.refuse, name="refuse"),
    path("<uuid:key>/pass-on/", views.pass_unregistered, name="pass_on"),
    path("<uuid:key>/join/", views.join, name="join"),
]
