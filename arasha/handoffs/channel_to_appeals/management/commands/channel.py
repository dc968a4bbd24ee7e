"""`arasha channel`: read a stick in, or give out a token for one."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from arasha.actors import Actor
from arasha.channel.services import issue_token
from arasha.handoffs.channel_to_appeals.carrying import carry

BY = Actor.job("channel")


class Command(BaseCommand):
    help = "Read in the bundles that a stick brings (import STICK), or give out a token (token)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        brought = acts.add_parser("import", help="read in what a stick brings; again is harmless")
        brought.add_argument("stick", type=Path)
        brought.add_argument(
            "--out", type=Path, help="where answers and pages are written (the same stick)"
        )
        acts.add_parser("token", help="one token for one stick: it is shown once")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "token":
            self.stdout.write(issue_token(by=BY, at=timezone.now()))
        else:
            self._import(options["stick"], options["out"] or options["stick"])

    def _import(self, stick: Path, out: Path) -> None:
        carried = carry(stick=stick, out=out, by=BY, at=timezone.now())
        if not carried.files:
            raise CommandError(f"There is no file of a relay on {stick}.")
        self.stdout.write(
            f"{carried.bundles} bundles are here, from {carried.files} files; "
            f"{carried.tokens} of these came with a token."
        )
        for count, told in (
            (carried.refused, "bundles are of terminals that are not known or were revoked"),
            (carried.spoilt, "records could not be read: carry them once more"),
            (carried.cut_off, "files were cut off: carry them once more"),
        ):
            if count:
                self.stdout.write(f"{count} {told}.")
