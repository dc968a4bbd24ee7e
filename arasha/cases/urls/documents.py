from django.urls import path

from arasha.cases.views import documents, letters

urlpatterns = [
    path("<uuid:key>/documents/", documents.documents, name="documents"),
    path("<uuid:key>/documents/medical/", documents.medical, name="medical_documents"),
    path("<uuid:key>/documents/add/", documents.add, name="add_document"),
    path("<uuid:key>/documents/export/", documents.export, name="export_documents"),
    path("<uuid:key>/documents/<uuid:document>/copy/", documents.copy, name="copy_document"),
    path("<uuid:key>/documents/<uuid:document>/act/", documents.act, name="document_act"),
    path(
        "<uuid:key>/documents/<uuid:document>/withdraw/",
        documents.withdraw,
        name="withdraw_document",
    ),
    path("<uuid:key>/letters/<slug:form>/<slug:language>/", letters.write, name="letter"),
]
