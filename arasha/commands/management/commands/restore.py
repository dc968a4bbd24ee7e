"""`arasha restore FILE`: brings a backup back, if the log allows it."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from arasha.channel import services as channel
from arasha.commands import progress
from arasha.commands.backups import (
    opened,
    refuse_another_vendor,
    refuse_behind,
    restore_database,
    restore_files,
    restore_log,
)
from arasha.commands.errors import WouldOverwriteError
from arasha.commands.locks import single_instance
from arasha.engines.notes import MalformedError
from arasha.journal.errors import SignedByAnotherKeyError
from arasha.journal.folder import LogFolder
from arasha.journal.history import refuse_another_key
from arasha.journal.lastcheckpoint import LastCheckpoint
from arasha.journal.log import log_of_settings
from arasha.journal.models import Entry
from arasha.journal.policy import WitnessFileError
from arasha.wire.keyfile import KeyFileError


class Command(BaseCommand):
    help = (
        "Put the database, the log and the sealed files of a backup in place. End the server first."
    )
    requires_system_checks = ()  # pages and forms are not its business

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--over", action="store_true", help="replace the data that is here")
        parser.add_argument(
            "--behind",
            action="store_true",
            help="also a backup that is older than the log; `arasha log recover` comes after it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        locks, say = settings.ARASHA_VAR / "locks", progress.on(sys.stderr)
        say("Reading the whole backup")
        with (
            single_instance("sequencer", locks),
            single_instance("tick", locks),
            opened(options["file"].expanduser()) as (archive, manifest),
        ):
            refuse_another_vendor(manifest)
            refuse_behind(manifest, LastCheckpoint(settings.ARASHA_LAST_CHECKPOINT).read())
            refuse_behind(manifest, LogFolder(settings.ARASHA_LOG_DIR).state())
            if not options["over"]:
                refuse_to_overwrite()
            say("The database")
            restore_database(archive)
            now = timezone.now()
            if "channel_broadcastrecord" in connection.introspection.table_names():
                channel.move_on(at=now)
            say("The log")
            old_log = restore_log(archive, settings.ARASHA_LOG_DIR, at=now)
            say("The sealed files")
            old_files = restore_files(archive, settings.ARASHA_FILES_DIR, at=now)
        self.stdout.write(f"Restored: the backup of {manifest.made_at}.")
        for what, aside in (("log", old_log), ("folder of sealed files", old_files)):
            if aside is not None:
                self.stdout.write(f"The {what} that was here is now in {aside}.")
        if fault := key_fault():
            self.stdout.write(f"LOOK: {fault}")
        self.stdout.write("Next: arasha migrate, then arasha verify, then start the server.")


def key_fault() -> str:
    """Keys are in no backup: what is wrong if the one that signed the log is not on this machine."""
    try:
        refuse_another_key(log_of_settings())
    except (WitnessFileError, SignedByAnotherKeyError) as fault:
        return str(fault)
    except (KeyFileError, MalformedError) as fault:
        return f"{fault}. Bring the folder of keys back from where it is kept, before the server starts."
    return ""


def refuse_to_overwrite() -> None:
    if "journal_entry" in connection.introspection.table_names() and Entry.objects.exists():
        raise WouldOverwriteError(what=connection.settings_dict["NAME"])
    if LogFolder(settings.ARASHA_LOG_DIR).checkpoint() is not None:
        raise WouldOverwriteError(what=settings.ARASHA_LOG_DIR)
