from django.urls import path

from arasha.cases.views import public

app_name = "law"
urlpatterns = [
    path("", public.scenario, name="scenario"),
    path("ways-out/", public.ways_out, name="ways_out"),
]
# Without a language: what the portals of others ask.
plain_urlpatterns = [path("law/ask", public.ask, name="law_ask")]
