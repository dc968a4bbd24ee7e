from django.urls import path

from arasha.publications.views import public

app_name = "figures"
urlpatterns = [
    path("", public.latest, name="latest"),
    path("<int:number>/", public.release, name="release"),
    path("<int:number>.csv", public.as_csv, name="csv"),
    path("<int:number>-cohorts.csv", public.cohorts_csv, name="cohorts_csv"),
    path("<int:number>.json", public.as_json, name="json"),
    path("terminals/", public.uptime, name="uptime"),
    path("terminals/<str:month>/", public.uptime_month, name="uptime_month"),
    path("terminals/<str:month>.csv", public.uptime_csv, name="uptime_csv"),
    path("terminals/<str:month>.json", public.uptime_json, name="uptime_json"),
]
