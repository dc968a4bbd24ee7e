"""`arasha trust_import DIR`: take what a ceremony signed, all of it or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from arasha.actors import Actor
from arasha.trust import services
from arasha.wire.trust.folder import keys_of
from arasha.wire.trust.keys import fingerprint
from arasha.wire.trust.names import ROOT


class Command(BaseCommand):
    help = "Import the folder of a trust ceremony. Refused as a terminal would refuse it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--root", type=Path, help="the first time: the root file that was compared aloud"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        given: Path | None = options["root"]
        held = services.import_folder(
            path=options["folder"],
            root=given.read_bytes() if given else None,
            by=Actor.job("trust_import"),
            at=timezone.now(),
        )
        root = held.root_metadata
        self.stdout.write(f"imported: root {root.version}")
        for key in keys_of(root, ROOT):
            self.stdout.write(f"  {fingerprint(key)}")
        for each in held.sets():
            self.stdout.write(f"set {each.recipients.set_id}")
