from django.urls import path

from arasha.access.views import bars, desk

app_name = "access"
urlpatterns = [
    path("", desk.policy, name="policy"),
    path("break-glass/", desk.break_glass, name="break_glass"),
    path("breakings/<uuid:key>/", desk.breaking, name="breaking"),
    path("bars/<slug:kind>/<uuid:key>/", bars.bars, name="bars"),
    path("bars/<slug:kind>/<uuid:key>/lift/<uuid:bar_key>/", bars.lift, name="lift_bar"),
    path("<slug:kind>/<uuid:key>/seen/", desk.seen, name="seen"),
]
