"""`arasha backup FILE`: everything that must survive, in one file, while the server runs."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from arasha.commands import progress
from arasha.commands.backups import back_up
from arasha.commands.errors import FileThereError
from arasha.journal.folder import LogFolder


class Command(BaseCommand):
    help = "Write the database, the log and the sealed files into FILE. Keys are not in it: docs/howto/backup.md."
    requires_system_checks = ()  # pages and forms are not its business

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--over", action="store_true", help="replace FILE if it is there")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"].expanduser().absolute()
        if target.exists() and not options["over"]:
            raise FileThereError(file=target)
        target.parent.mkdir(parents=True, exist_ok=True)
        made = back_up(
            target,
            LogFolder(settings.ARASHA_LOG_DIR),
            settings.ARASHA_FILES_DIR,
            at=timezone.now(),
            say=progress.on(sys.stderr),
        )
        size = target.stat().st_size / 1_000_000
        self.stdout.write(
            f"{target}: {size:.1f} MB, the database, the sealed files and the log of {made.state.size:,} leaves.\n"
            f"Not in it: the keys in {settings.ARASHA_KEYS_DIR} (keep a copy elsewhere) and "
            f"{settings.ARASHA_LAST_CHECKPOINT} (never copy it back)."
        )
