from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("language/", include("django.conf.urls.i18n")),
]
