"""`arasha attest`: asks witnesses, and once a day an authority, to say what they saw of the log."""

import datetime as dt
import logging
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from arasha.commands.locks import single_instance
from arasha.commands.loops import repeat, until_told
from arasha.journal.log import Log, log_of_settings
from arasha.journal.timestamps import publish_stamps, stamp_of_day
from arasha.journal.witnesses import ask_witnesses, silent_witnesses
from arasha.wire.timestamps import read_authorities

logger = logging.getLogger("arasha.loops")

EVERY = 60  # seconds at most between two looks at whether an epoch was published


class Command(BaseCommand):
    help = "Ask witnesses to cosign each epoch. Nothing waits for them."
    requires_system_checks = ()  # pages and forms are not its business

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="ask now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        with single_instance("attest", settings.ARASHA_VAR / "locks"), until_told() as told:
            if options["once"]:
                self.round()
                return
            repeat(self.round, every=min(EVERY, settings.ARASHA_EPOCH_SECONDS), told=told)

    def round(self) -> None:
        log, at = log_of_settings(), timezone.now()
        self.ask_witnesses(log, at)
        self.ask_authority(log, at)

    def ask_authority(self, log: Log, at: dt.datetime) -> None:
        url, roots = settings.ARASHA_TIMESTAMPS_URL, settings.ARASHA_TIMESTAMPS_ROOTS
        if url and roots:
            stamp = stamp_of_day(log, url=url, roots=read_authorities(roots), at=at)
            if stamp is not None:
                self.stdout.write(f"timestamp of {stamp.day}: {stamp.epoch.size:,} leaves")
        publish_stamps(log)

    def ask_witnesses(self, log: Log, at: dt.datetime) -> None:
        for outcome in ask_witnesses(log, at=at):
            said = outcome.trouble or f"cosigned {outcome.size:,} leaves"
            self.stdout.write(f"{outcome.name}: {said}")
        after = dt.timedelta(hours=settings.ARASHA_WITNESS_HOURS)
        for row in silent_witnesses(log, at=at, after=after):
            logger.error(
                "The witness %s has been silent since %s. Receipts go out without it: call its people.",
                row.name,
                (row.cosigned_at or row.since).isoformat(timespec="minutes"),
            )
