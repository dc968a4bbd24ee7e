from django.apps import AppConfig


class AppealsToSupportConfig(AppConfig):
    name = "arasha.handoffs.appeals_to_support"
    label = "appeals_to_support"
    default_auto_field = "django.db.models.BigAutoField"
