"""`arasha worker`: does what the queue holds: mail and other work that outlives a request."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Do what waits in the queue, until it is ended."
    requires_system_checks = ()  # pages and forms are not its business

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="until the queue is empty")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command(
            "db_worker",
            queue_name="*",
            batch=options["once"],
            startup_delay=False,
            reload=False,
            verbosity=options["verbosity"],
        )
