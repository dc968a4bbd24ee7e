"""`arasha openings NUMBER FILE`: what an auditor needs to recount a release."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from arasha.actors import Actor
from arasha.publications.openings import openings
from arasha.wire.keyfile import write_private

AUDIT = Actor.job("openings")


class Command(BaseCommand):
    help = "Write the openings of a release for an auditor, who recounts it with `arasha audit`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help="the release's number")
        parser.add_argument("file", type=Path, help="a new file; only its owner can read it")
        parser.add_argument(
            "--with-appeals",
            action="store_true",
            help="also the leaves of appeals: who has them can tell an appellant's slip from others",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = openings(
            number=options["number"],
            with_appeals=options["with_appeals"],
            by=AUDIT,
            at=timezone.now(),
        )
        write_private(options["file"], json.dumps(found, indent=1).encode() + b"\n")
        appeals = len(found.get("appeals", ()))
        self.stdout.write(f"{options['file']}: {len(found['acts'])} acts, {appeals} appeals")
