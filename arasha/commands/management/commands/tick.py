"""`arasha tick`: finds what is overdue and does it. Running it twice does nothing twice."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from arasha.commands.locks import single_instance
from arasha.commands.loops import repeat, until_told
from arasha.commands.ticks import run_ticks


class Command(BaseCommand):
    help = "Ask every process what is due now, and do it."
    requires_system_checks = ()  # pages and forms are not its business

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="again and again, until it is ended"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with single_instance("tick", settings.ARASHA_VAR / "locks"), until_told() as told:
            self.run()
            if options["every"]:
                repeat(self.run, every=options["every"], told=told)

    def run(self) -> None:
        run_ticks(at=timezone.now(), report=self.stdout.write)
