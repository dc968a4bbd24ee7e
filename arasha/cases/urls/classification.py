from django.urls import path

from arasha.cases.views import classification

urlpatterns = [
    path("law/changes/", classification.changes, name="law_changes"),
    path("<uuid:key>/law/", classification.law_page, name="in_law"),
    path("<uuid:key>/law/classify/", classification.classify, name="classify"),
    path("<uuid:key>/law/changes/<uuid:change_key>/", classification.settle, name="settle"),
]
