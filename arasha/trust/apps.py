from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "arasha.trust"
    default_auto_field = "django.db.models.BigAutoField"
