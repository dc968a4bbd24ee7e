from django.apps import AppConfig


class HandoffsConfig(AppConfig):
    """What all crossings share: their words, their list, their page. It has no table of its own."""

    name = "arasha.handoffs"
    label = "handoffs"
