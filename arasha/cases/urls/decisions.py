from django.urls import path

from arasha.cases.views import decisions

urlpatterns = [
    path("<uuid:key>/decisions/", decisions.decisions, name="decisions"),
    path("<uuid:key>/decide/<slug:kind>/", decisions.decide, name="decide"),
    path("<uuid:key>/proceeding/", decisions.open_proceeding, name="open_proceeding"),
    path("<uuid:key>/proceeding/<uuid:proceeding>/step/", decisions.add_step, name="add_step"),
    path(
        "<uuid:key>/proceeding/<uuid:proceeding>/close/",
        decisions.close_proceeding,
        name="close_proceeding",
    ),
    path("<uuid:key>/decision/<uuid:decision>/told/", decisions.tell, name="tell"),
    path("<uuid:key>/charge/", decisions.charge, name="charge"),
    path(
        "<uuid:key>/charge/<uuid:charge>/withdraw/",
        decisions.withdraw_charge,
        name="withdraw_charge",
    ),
]
