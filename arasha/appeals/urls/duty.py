from django.urls import path

from arasha.appeals.views import duty

app_name = "duty"
urlpatterns = [
    path("", duty.page, name="line"),
    path("shifts/", duty.plan, name="plan"),
    path("shifts/<uuid:key>/end/", duty.end, name="end"),
]
