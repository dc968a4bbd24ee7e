from django.apps import AppConfig


class AppealsToCasesConfig(AppConfig):
    name = "arasha.handoffs.appeals_to_cases"
    label = "appeals_to_cases"
    default_auto_field = "django.db.models.BigAutoField"
