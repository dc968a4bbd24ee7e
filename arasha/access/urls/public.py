from django.urls import path

from arasha.access.views import public

app_name = "access_public"
urlpatterns = [path("", public.policy, name="policy")]
