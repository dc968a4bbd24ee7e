"""`arasha sequencer`: publishes an epoch of the log at each round of the clock."""

import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from arasha.commands.locks import single_instance
from arasha.commands.loops import repeat, until_told
from arasha.journal.epochs import LEAVES_IN_AN_EPOCH, something_waits
from arasha.journal.history import refuse_another_history
from arasha.journal.log import Log, log_of_settings
from arasha.journal.models import Leaf
from arasha.journal.sequencer import advance


class Command(BaseCommand):
    help = "Publish what waits for the log, every ARASHA_EPOCH_SECONDS, until it is ended."
    requires_system_checks = ()  # pages and forms are not its business

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one epoch now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        with single_instance("sequencer", settings.ARASHA_VAR / "locks"), until_told() as told:
            log = log_of_settings()
            refuse_another_history(log)
            if options["once"]:
                publish(log, told)
                return
            repeat(lambda: publish(log, told), every=settings.ARASHA_EPOCH_SECONDS, told=told)


def publish(log: Log, told: threading.Event) -> None:
    """One round. Real epochs are padded and come also when nothing happened; the demo's are not."""
    padded = not settings.ARASHA_DEMO
    if padded or something_waits():
        advance(log, at=timezone.now(), padded=padded)
    # A bulk load brings more than one epoch holds.
    while not told.is_set() and Leaf.objects.filter(epoch=None)[LEAVES_IN_AN_EPOCH:].exists():
        advance(log, at=timezone.now(), padded=padded)
