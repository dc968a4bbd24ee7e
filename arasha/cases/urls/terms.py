from django.urls import path

from arasha.cases.views import terms

urlpatterns = [
    path("<uuid:key>/terms/", terms.terms_of, name="terms_of"),
    path("<uuid:key>/terms/<int:clock>/suspend/", terms.suspend, name="suspend_term"),
    path("<uuid:key>/terms/<int:clock>/resume/", terms.resume, name="resume_term"),
    path("<uuid:key>/terms/<int:clock>/motion/", terms.file_motion, name="file_motion"),
    path(
        "<uuid:key>/terms/<int:clock>/motion/<slug:language>.docx",
        terms.motion_draft,
        name="motion_draft",
    ),
    path("<uuid:key>/motion/<uuid:motion>/", terms.answer_motion, name="answer_motion"),
    path("<uuid:key>/term-request/", terms.ask_for_term, name="ask_for_term"),
    path("<uuid:key>/term-request/<uuid:asked>/", terms.answer_request, name="answer_request"),
]
