from django.urls import path

from arasha.publications.views import desk

app_name = "publications"
urlpatterns = [
    path("", desk.figures, name="figures"),
    path("form/", desk.national_form, name="form"),
]
