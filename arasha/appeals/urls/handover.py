from django.urls import path

from arasha.appeals.views import handover

app_name = "handover"
urlpatterns = [path("<str:token>/", handover.errand, name="errand")]
