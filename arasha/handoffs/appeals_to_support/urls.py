from django.urls import path

from arasha.handoffs.appeals_to_support import views

app_name = "appeals_to_support"
urlpatterns = [
    path("from/<uuid:appeal_key>/", views.new, name="new"),
    path("<uuid:key>/", views.referral_page, name="referral"),
    path("<uuid:key>/accept/", views.accept, name="accept"),
    path("<uuid:key>/return/", views.send_back, name="return"),
    path("<uuid:key>/withdraw/", views.withdraw, name="withdraw"),
]
