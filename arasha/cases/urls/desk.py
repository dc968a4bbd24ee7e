from django.urls import path

from arasha.cases.views import desk

app_name = "cases"
urlpatterns = [
    path("", desk.case_list, name="list"),
    path("<uuid:key>/", desk.case_page, name="case"),
    path("<uuid:key>/number/", desk.add_number, name="number"),
    path("<uuid:key>/decide/<slug:kind>/", desk.decide, name="decide"),
]
