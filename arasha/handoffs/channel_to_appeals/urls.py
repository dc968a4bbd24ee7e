import datetime as dt

from django.urls import path, register_converter

from arasha.engines.channel import pages
from arasha.handoffs.channel_to_appeals import views


class Number:
    regex = pages.NUMBER

    def to_python(self, text: str) -> int:
        return int(text)

    def to_url(self, number: int) -> str:
        return str(number)


class Day:
    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, text: str) -> dt.date:
        return dt.date.fromisoformat(text)  # ValueError: no such address

    def to_url(self, day: dt.date) -> str:
        return day.isoformat()


register_converter(Number, "number")
register_converter(Day, "day")

app_name = "channel_to_appeals"
urlpatterns = [
    path("bundles", views.bundles, name="bundles"),
    path("broadcast/<number:number>", views.broadcast, name="broadcast"),
    path("deliveries/<uuid:terminal>/<number:chain>/<day:day>", views.delivery, name="delivery"),
]
