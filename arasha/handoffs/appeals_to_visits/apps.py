from django.apps import AppConfig


class AppealsToVisitsConfig(AppConfig):
    name = "arasha.handoffs.appeals_to_visits"
    label = "appeals_to_visits"
    default_auto_field = "django.db.models.BigAutoField"
