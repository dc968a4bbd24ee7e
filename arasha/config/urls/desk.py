from django.urls import include, path

from arasha.people.urls.desk import link_patterns

urlpatterns = [
    path("", include("arasha.desk.urls.desk")),
    path("", include(link_patterns)),
    path("account/", include("arasha.desk.urls.account")),
    path("language/", include("django.conf.urls.i18n")),
    path("appeals/", include("arasha.appeals.urls.desk")),
    path("handover/", include("arasha.appeals.urls.handover")),
    path("reader/v1/", include("arasha.appeals.urls.reader")),
    path("reader/v1/", include("arasha.handoffs.appeals_to_appeals.urls_reader")),
    path("referrals/", include("arasha.handoffs.appeals_to_cases.urls")),
    path("duty/", include("arasha.appeals.urls.duty")),
    path("offices/", include("arasha.appeals.urls.offices")),
    path("passed/", include("arasha.handoffs.urls")),
    path("forwards/", include("arasha.handoffs.appeals_to_appeals.urls")),
    path("visit-proposals/", include("arasha.handoffs.appeals_to_visits.urls")),
    path("support/", include("arasha.handoffs.appeals_to_support.urls")),
    path("footage-holds/", include("arasha.handoffs.appeals_to_cctv.urls")),
    path("cases/", include("arasha.cases.urls.desk")),
    path("figures/", include("arasha.publications.urls.desk")),
    path("notices/", include("arasha.notices.urls.desk")),
    path("access/", include("arasha.access.urls.desk")),
    path("terminals/", include("arasha.channel.upkeep.urls")),
    path("places/", include("arasha.people.urls.places")),
    path("institutions/", include("arasha.people.urls.institutions")),
    path("people/", include("arasha.people.urls.desk")),
]

handler404 = "arasha.desk.views.not_found"
handler429 = "arasha.desk.sign_in.too_many"
handler500 = "arasha.desk.views.server_error"
