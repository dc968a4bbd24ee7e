"""`arasha ingest new`: keys that terminals seal to, to be signed by the keepers and brought in again."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from arasha.actors import Actor
from arasha.channel import services
from arasha.country import local_day
from arasha.wire.trust.names import INGEST

BY = Actor.job("ingest")


class Command(BaseCommand):
    help = "Make keys that terminals seal to. The keepers sign them: arasha trust add."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["new"])
        parser.add_argument("folder", type=Path, help="where the public halves are laid")
        parser.add_argument("--count", type=int, default=26, help="how many (26)")
        parser.add_argument("--days", type=int, default=14, help="how long each is used (14)")
        parser.add_argument(
            "--from", dest="first", type=dt.date.fromisoformat, help="its first day (today)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        now = timezone.now()
        made = services.make_keys(
            count=options["count"],
            each=dt.timedelta(days=options["days"]),
            from_day=options["first"] or local_day(now),
            by=BY,
            at=now,
        )
        for key in made:
            name = f"{key.from_day}.json"
            (folder / name).write_bytes(key.to_json())
            self.stdout.write(f"arasha trust add … {INGEST}{name} {folder / name}")
