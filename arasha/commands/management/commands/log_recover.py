"""`arasha log recover`: brings back what the published log has and this database has lost."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from arasha.channel import services as channel
from arasha.commands.locks import single_instance
from arasha.journal.errors import NothingToRecoverError
from arasha.journal.log import log_of_settings
from arasha.journal.recovering import recover


class Command(BaseCommand):
    help = (
        "Rebuild lost leaves from the published log, up to what was signed. End the server first. "
        "Exit code 0 also if there is nothing to bring back."
    )
    requires_system_checks = ()  # pages and forms are not its business

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from",
            dest="mirrors",
            action="append",
            default=[],
            metavar="URL",
            help="a mirror of the log, like https://mirror.example/log",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        mirrors = [address.rstrip("/") for address in options["mirrors"]]
        with single_instance("sequencer", settings.ARASHA_VAR / "locks"):
            try:
                done = recover(log_of_settings(), mirrors=mirrors, at=timezone.now())
                channel.move_on(at=timezone.now())
            except NothingToRecoverError as whole:
                self.stdout.write(str(whole))
                return
        self.stdout.write(
            f"The log is whole again: {done.size:,} leaves, {done.leaves:,} of them from {done.source}.\n"
            f"{done.without_record:,} came back without their records: padding, acts of staff, and appeals. "
            "Nobody can tell which is which.\n"
            "Terminals and relays send again what they keep; each appeal then takes its old leaf.\n"
            "Next: arasha verify, then start the server."
        )
