from django.apps import AppConfig


class AppealsToCctvConfig(AppConfig):
    name = "arasha.handoffs.appeals_to_cctv"
    label = "appeals_to_cctv"
    default_auto_field = "django.db.models.BigAutoField"
