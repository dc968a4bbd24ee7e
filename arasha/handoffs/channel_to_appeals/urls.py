import datetime as dt

from django.urls import path, register_converter

from arasha.handoffs.channel_to_appeals import views


class Day:
    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, text: str) -> dt.date:
        return dt.date.fromisoformat(text)  # ValueError: no such address

    def to_url(self, day: dt.date) -> str:
        return day.isoformat()


register_converter(Day, "day")

app_name = "channel_to_appeals"
urlpatterns = [
    path("bundles", views.bundles, name="bundles"),
    path("broadcast/<int:number>", views.broadcast, name="broadcast"),
    path("deliveries/<uuid:terminal>/<int:chain>/<day:day>", views.delivery, name="delivery"),
]
