from django.urls import path

from arasha.cases.views import entering, imports

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/blank.csv", imports.blank, name="imports_blank"),
    path("imports/<uuid:key>/", imports.one_import, name="import"),
    path("imports/<uuid:key>/columns/", imports.columns, name="import_columns"),
    path("imports/<uuid:key>/remarks.csv", imports.remarks, name="import_remarks"),
    path("imports/<uuid:key>/undo/", imports.undo, name="import_undo"),
    path("imports/<uuid:key>/give-up/", imports.give_up, name="import_give_up"),
    path("enter/", entering.enter, name="enter"),
]
