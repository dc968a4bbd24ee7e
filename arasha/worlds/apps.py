from django.apps import AppConfig


class WorldsConfig(AppConfig):
    name = "arasha.worlds"
    label = "worlds"
    default_auto_field = "django.db.models.BigAutoField"
