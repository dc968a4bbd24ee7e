from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from arasha.cases.urls.public import plain_urlpatterns as law_urlpatterns
from arasha.public.urls import plain_urlpatterns

urlpatterns = [
    *plain_urlpatterns,
    *law_urlpatterns,
    path("mailbox/", include("arasha.appeals.urls.public")),
    *i18n_patterns(
        path("", include("arasha.public.urls")),
        path("who-may-see/", include("arasha.access.urls.public")),
        path("law/", include("arasha.cases.urls.public")),
        path("figures/", include("arasha.publications.urls.public")),
    ),
]

handler404 = "arasha.public.views.not_found"
handler500 = "arasha.public.views.server_error"
