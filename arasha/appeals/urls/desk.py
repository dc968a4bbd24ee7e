from django.urls import path

from arasha.appeals.views import desk

app_name = "appeals"
urlpatterns = [
    path("", desk.inbox, name="inbox"),
    path("reader/", desk.go_to_reader, name="reader"),
    path("journal/", desk.journal_page, name="journal"),
    path("journal/csv/", desk.journal_as_csv, name="journal_csv"),
    path("erasing/", desk.erasing, name="erasing"),
    path("<uuid:key>/", desk.appeal_page, name="appeal"),
    path("<uuid:key>/open/", desk.open_in_reader, name="open"),
    path("<uuid:key>/<slug:name>/", desk.act, name="act"),
    path("<uuid:key>/<slug:name>/<uuid:row_key>/", desk.act, name="act_on"),
]
