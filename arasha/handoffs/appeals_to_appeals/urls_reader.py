from django.urls import path

from arasha.handoffs.appeals_to_appeals import reader

app_name = "appeals_to_appeals_reader"
urlpatterns = [path("appeals/<uuid:key>/receivers", reader.receivers, name="receivers")]
