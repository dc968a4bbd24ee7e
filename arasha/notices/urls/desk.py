from django.urls import path

from arasha.notices.views import desk

app_name = "notices"
urlpatterns = [
    path("", desk.notice_list, name="list"),
    path("failed/", desk.failed, name="failed"),
    path("<uuid:key>/", desk.follow, name="follow"),
    path("<uuid:key>/put-away/", desk.put_away, name="put_away"),
]
