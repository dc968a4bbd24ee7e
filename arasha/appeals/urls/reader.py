from django.urls import path

from arasha.appeals.urls.converters import SHA256
from arasha.appeals.views import reader

app_name = "reader"
urlpatterns = [
    path("cards", reader.cards, name="cards"),
    path("appeals/<uuid:key>", reader.appeal, name="appeal"),
    path("appeals/<uuid:key>/notes", reader.notes, name="notes"),
    path("appeals/<uuid:key>/replies", reader.replies, name="replies"),
    path("appeals/<uuid:key>/headers", reader.headers_of, name="headers_of"),
    path("appeals/<uuid:key>/recorded", reader.recorded, name="recorded"),
    path("appeals/<uuid:key>/told", reader.told, name="told"),
    path("codes/<str:code>", reader.coded, name="coded"),
    path("untold", reader.untold, name="untold"),
    path(f"attachments/<uuid:key>/{SHA256}", reader.attachment, name="attachment"),
    path("entry", reader.entry, name="entry"),
    path("entered", reader.entered, name="entered"),
    path("headers", reader.headers, name="headers"),
    path("coverage", reader.coverage, name="coverage"),
    path("liveness", reader.liveness, name="liveness"),
    path("session", reader.look, name="look"),
    path("end", reader.end, name="end"),
]
