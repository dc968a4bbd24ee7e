from django.urls import path

from arasha.access.views import desk

app_name = "access"
urlpatterns = [
    path("", desk.policy, name="policy"),
    path("break-glass/", desk.break_glass, name="break_glass"),
    path("breakings/<uuid:key>/", desk.breaking, name="breaking"),
    path("<slug:kind>/<uuid:key>/seen/", desk.seen, name="seen"),
]
