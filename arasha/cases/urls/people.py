from django.urls import path

from arasha.cases.views import people, same_events

urlpatterns = [
    path("<uuid:key>/people/", people.page, name="people"),
    path("<uuid:key>/people/add/", people.add_person, name="add_person"),
    path("<uuid:key>/people/<uuid:person>/", people.correct_person, name="correct_person"),
    path("<uuid:key>/events/add/", people.add_event, name="add_event"),
    path("<uuid:key>/events/<uuid:event>/", people.correct_event, name="correct_event"),
    path("<uuid:key>/events/<uuid:event>/act/", people.add_act, name="add_act"),
    path("<uuid:key>/acts/<uuid:act>/", people.correct_act, name="correct_act"),
    path("<uuid:key>/acts/<uuid:act>/part/", people.involve, name="involve"),
    path("<uuid:key>/parts/<uuid:part>/", people.change_state, name="change_state"),
    path(
        "<uuid:key>/said/<uuid:allegation>/<slug:what>/",
        people.correct_allegation,
        name="correct_allegation",
    ),
    path("<uuid:key>/same/<uuid:pair>/", same_events.settle, name="same_event"),
]
