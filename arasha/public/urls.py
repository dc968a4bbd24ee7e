from django.urls import path

from arasha.public import following, views, writing
from arasha.trust.views import trust_file

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("code/", views.code, name="code"),
    path("code/<str:code>/certificate/", views.certificate, name="certificate"),
    path("write/", writing.write, name="write"),
    path("write/add/", writing.write, {"adding": True}, name="add"),
    path("case/", following.follow, name="follow"),
    path("replies/", writing.replies, name="replies"),
    path("log/", views.log, name="log"),
    path("code/<str:code>.tlog-proof", views.proof, name="proof"),
]
# Without a language: what machines, slips and mirrors ask for.
plain_urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    path("c", views.ask_for_code, name="ask_for_code"),
    path("case", following.from_slip, name="from_slip"),
    path("c/<str:code>", views.slip, name="slip"),
    path("log/<path:name>", views.log_file, name="log_file"),
    path("trust/<path:name>", trust_file, name="trust_file"),
    path("robots.txt", views.robots, name="robots"),
    path("health", views.health, name="health"),
]
