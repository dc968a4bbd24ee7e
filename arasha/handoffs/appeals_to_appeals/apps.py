from django.apps import AppConfig


class AppealsToAppealsConfig(AppConfig):
    name = "arasha.handoffs.appeals_to_appeals"
    label = "appeals_to_appeals"
    default_auto_field = "django.db.models.BigAutoField"
