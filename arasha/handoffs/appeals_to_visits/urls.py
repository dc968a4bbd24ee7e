from django.urls import path

from arasha.handoffs.appeals_to_visits import views

app_name = "appeals_to_visits"
urlpatterns = [
    path("from/<uuid:appeal_key>/", views.new, name="propose"),
    path("<uuid:key>/", views.proposal_page, name="proposal"),
    path("<uuid:key>/accept/", views.accept, name="accept"),
    path("<uuid:key>/return/", views.send_back, name="return"),
]
