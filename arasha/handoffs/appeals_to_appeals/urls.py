from django.urls import path

from arasha.handoffs.appeals_to_appeals import views

app_name = "appeals_to_appeals"
urlpatterns = [
    path("from/<uuid:appeal_key>/", views.new, name="new"),
    path("<uuid:key>/", views.forward_page, name="forward"),
    path("<uuid:key>/accept/", views.accept, name="accept"),
    path("<uuid:key>/return/", views.send_back, name="return"),
]
