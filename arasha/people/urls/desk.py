from django.urls import path

from arasha.people.views import desk, links

app_name = "people"
urlpatterns = [
    path("", desk.people_list, name="list"),
    path("invite/", desk.invite, name="invite"),
    path("invite/list/", desk.invite_list, name="invite_list"),
    path("invitations/<uuid:key>/", desk.invitation, name="invitation"),
    path("invitations/<uuid:key>/confirm/", desk.confirm_invitation, name="confirm_invitation"),
    path("invitations/<uuid:key>/withdraw/", desk.withdraw_invitation, name="withdraw_invitation"),
    path("restorations/<uuid:key>/", desk.restoration, name="restoration"),
    path("restorations/<uuid:key>/confirm/", desk.confirm_restoration, name="confirm_restoration"),
    path(
        "restorations/<uuid:key>/withdraw/", desk.withdraw_restoration, name="withdraw_restoration"
    ),
    path("<uuid:key>/", desk.person, name="person"),
    path("<uuid:key>/appoint/", desk.appoint, name="appoint"),
    path("<uuid:key>/appointments/<uuid:appointment>/end/", desk.end_appointment, name="end"),
    path("<uuid:key>/leave/", desk.leave, name="leave"),
    path("<uuid:key>/lost-passkey/", desk.ask_restoration, name="ask_restoration"),
]

# Links that people get: they open before anybody has signed in.
link_patterns = [
    path("join/<str:token>/", links.join, name="join"),
    path("restore/<str:token>/", links.restore, name="restore"),
    path("sign-in/<str:token>/", links.sign_in, name="sign_in"),
]
