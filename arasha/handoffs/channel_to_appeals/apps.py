from django.apps import AppConfig


class ChannelToAppealsConfig(AppConfig):
    name = "arasha.handoffs.channel_to_appeals"
    label = "channel_to_appeals"
    default_auto_field = "django.db.models.BigAutoField"
