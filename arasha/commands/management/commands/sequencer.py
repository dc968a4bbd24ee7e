"""`arasha sequencer`: publishes an epoch of the log at each round of the clock."""

import datetime as dt
import logging
import socket
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from arasha.commands.locks import single_instance
from arasha.commands.loops import repeat, until_told
from arasha.engines.notes import MalformedError
from arasha.journal.epochs import LEAVES_IN_AN_EPOCH, something_waits
from arasha.journal.history import refuse_another_history, refuse_another_key
from arasha.journal.leases import give_back, take_lease
from arasha.journal.log import Log, log_of_settings
from arasha.journal.models import Leaf
from arasha.journal.outside import refuse_unless_newest
from arasha.journal.policy import WitnessFileError
from arasha.journal.sequencer import advance
from arasha.journal.witnesses import refuse_troubled
from arasha.problems import Problem
from arasha.wire.keyfile import KeyFileError

logger = logging.getLogger("arasha.loops")

LEASE = "sequencer"
LONGEST_NAME = 120
LEASE_ROUNDS = 3  # who misses so many rounds is taken for dead


class Command(BaseCommand):
    help = "Publish what waits for the log, every ARASHA_EPOCH_SECONDS, until it is ended."
    requires_system_checks = ()  # pages and forms are not its business

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one epoch now, then end")
        parser.add_argument(
            "--alone",
            action="store_true",
            help="do not ask witnesses and mirrors at the start: nothing was restored here",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with single_instance("sequencer", settings.ARASHA_VAR / "locks"), until_told() as told:
            log_of_settings()  # what is wrong with a key or a file is said at once
            sequencer = Sequencer(told, is_sure=options["alone"])
            if options["once"]:
                sequencer.round()
            else:
                repeat(sequencer.safe_round, every=settings.ARASHA_EPOCH_SECONDS, told=told)
            give_back(name=LEASE, holder=sequencer.holder, at=timezone.now())


class Sequencer:
    """One process that publishes. Before its first epoch it asks outside whether it may."""

    def __init__(self, told: threading.Event, *, is_sure: bool) -> None:
        self.told, self.is_sure = told, is_sure
        # The machine, not the process: a sequencer that was killed and comes back goes on at once.
        self.holder = f"{socket.gethostname()}:{settings.ARASHA_VAR}"[-LONGEST_NAME:]

    def safe_round(self) -> None:
        """One round that ends in words, not in the end of the server: the doors must stay open."""
        try:
            self.round()
        except (Problem, KeyFileError, MalformedError, WitnessFileError) as problem:
            logger.error("The sequencer signed nothing. %s", problem)  # noqa: TRY400 - a refusal, no fault
        except OSError as error:
            logger.error(  # noqa: TRY400 - the disk, not the code
                "The sequencer could not write (%s). Nothing is lost; it tries again. Make room"
                " on the disk, or look at its rights.",
                error,
            )

    def round(self) -> None:
        """Publish what waits, and more than one epoch of it if a bulk load brought more."""
        if not self._has_turn():
            return
        log = log_of_settings()  # anew each time: keys and witnesses change while it runs
        refuse_another_history(log)
        refuse_another_key(log)
        refuse_troubled(log)
        if not self.is_sure:
            refuse_unless_newest(log)
            self.is_sure = True
        publish(log, self.told)

    def _has_turn(self) -> bool:
        lasts = dt.timedelta(seconds=LEASE_ROUNDS * settings.ARASHA_EPOCH_SECONDS)
        if take_lease(name=LEASE, holder=self.holder, at=timezone.now(), lasts=lasts):
            return True
        logger.warning("Another machine's sequencer has the turn; this one waits.")
        return False


def publish(log: Log, told: threading.Event) -> None:
    """One round. Real epochs are padded and come also when nothing happened; the demo's are not."""
    padded = not settings.ARASHA_DEMO
    if padded or something_waits():
        advance(log, at=timezone.now(), padded=padded)
    # A bulk load brings more than one epoch holds.
    while not told.is_set() and Leaf.objects.filter(epoch=None)[LEAVES_IN_AN_EPOCH:].exists():
        advance(log, at=timezone.now(), padded=padded)
