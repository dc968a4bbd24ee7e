from django.urls import path

from arasha.publications.views import public

app_name = "figures"
urlpatterns = [
    path("", public.latest, name="latest"),
    path("<int:number>/", public.release, name="release"),
    path("<int:number>.csv", public.as_csv, name="csv"),
    path("<int:number>.json", public.as_json, name="json"),
]
