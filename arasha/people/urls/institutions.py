from django.urls import path

from arasha.people.views import institutions

app_name = "institutions"
urlpatterns = [
    path("", institutions.institution_list, name="list"),
    path("register/", institutions.register, name="register"),
    path("<uuid:key>/", institutions.institution, name="institution"),
    path("<uuid:key>/posts/open/", institutions.open_post, name="open_post"),
    path("<uuid:key>/commands/give/", institutions.give_command, name="give_command"),
    path("<uuid:key>/commands/<uuid:command>/end/", institutions.end_command, name="end_command"),
]
