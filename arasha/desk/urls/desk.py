from django.urls import path

from arasha.desk import term_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("cases/terms/", term_views.terms, name="my_terms"),
    path("cases/terms/calendar/", term_views.calendar_page, name="my_calendar"),
    path("cases/terms/calendar/make/", term_views.make_calendar, name="make_calendar"),
    path("cases/terms/calendar/revoke/", term_views.revoke_calendar, name="revoke_calendar"),
    path("cases/terms/terms.ics", term_views.calendar_file, name="calendar_file"),
    path("calendar/<slug:token>.ics", term_views.calendar_feed, name="calendar"),
    path("health", views.health, name="health"),
]
