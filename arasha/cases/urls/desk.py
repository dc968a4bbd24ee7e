from django.urls import include, path

from arasha.cases.urls import (
    classification,
    decisions,
    documents,
    imports,
    keeping,
    people,
    reports,
    terms,
)
from arasha.cases.views import desk, law

app_name = "cases"
urlpatterns = [
    path("", include(classification.urlpatterns)),
    path("", include(people.urlpatterns)),
    path("", include(keeping.urlpatterns)),
    path("", include(imports.urlpatterns)),
    path("", include(reports.urlpatterns)),
    path("", desk.case_list, name="list"),
    path("law/", law.another_day, name="law"),
    path("<uuid:key>/", desk.case_page, name="case"),
    path("<uuid:key>/number/", desk.add_number, name="number"),
    *decisions.urlpatterns,
    *terms.urlpatterns,
    *documents.urlpatterns,
]
