"""`arasha log key`: changes the key of the log, with a time in which two keys sign."""

import datetime as dt
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from arasha.commands.errors import (
    NextKeyMissingError,
    NextKeyNotSigningError,
    NextKeyTooYoungError,
)
from arasha.commands.locks import single_instance
from arasha.engines.notes import NOTE, SignerKey, UntrustedNoteError, verified_signatures
from arasha.engines.translog import Checkpoint
from arasha.journal.errors import SignedByAnotherKeyError
from arasha.journal.history import refuse_another_history
from arasha.journal.log import KEY, NEXT_KEY, Log, log_of_settings
from arasha.journal.publishing import sign_again
from arasha.wire.keyfile import write_private


class Command(BaseCommand):
    help = (
        "Change the key of the log: `next` makes a second one, `retire` ends the first. `lost`: the "
        "old key is nowhere any more, and the one here goes on."
    )
    requires_system_checks = ()  # pages and forms are not its business

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("step", choices=("show", "next", "retire", "lost"))
        parser.add_argument(
            "--stolen",
            action="store_true",
            help="retire at once: somebody else may have the old key",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        steps = {"show": self.show, "next": self.next, "retire": self.retire, "lost": self.lost}
        steps[options["step"]](is_stolen=options["stolen"])

    def show(self, *, is_stolen: bool) -> None:
        for key in log_of_settings().keys:
            self.stdout.write(str(key))

    def next(self, *, is_stolen: bool) -> None:
        signer = SignerKey(log_of_settings().signer.name, NOTE, secrets.token_bytes(32))
        write_private(next_key(), f"{signer.reveal()}\n".encode())
        self.stdout.write(
            f"{next_key()} is made. From the next epoch on both keys sign. Keep a copy where the "
            "server's backups are not.\nGive its public half to the witnesses, and enter it into the "
            f"root of trust; after {settings.ARASHA_LOG_KEY_DAYS} days: arasha log key retire\n"
            f"{signer.verifier}"
        )

    def retire(self, *, is_stolen: bool) -> None:
        log = log_of_settings()
        if log.next_signer is None:
            raise NextKeyMissingError
        if not is_stolen:
            refuse_young(next_key())
            refuse_unused(log)
        # At once: a log whose newest checkpoint knows only the old key would refuse the new one.
        sign_again(log)
        old = log.signer.verifier
        # One step: the old key is gone when the new one stands in its place.
        next_key().replace(settings.ARASHA_KEYS_DIR / KEY)
        self.stdout.write(
            f"Retired: {old}\nIt signs no more and its file is gone; destroy its copies. In force:\n"
            f"{log.next_signer.verifier}"
        )

    def lost(self, *, is_stolen: bool) -> None:
        with single_instance("sequencer", settings.ARASHA_VAR / "locks"):
            log = log_of_settings()
            refuse_another_history(log)
            refuse_another_origin(log)
            sign_again(log)
        self.stdout.write(
            f"The published checkpoint is signed by the key of this machine, too:\n{log.signer.verifier}\n"
            "Give this line to the witnesses, enter it into the root of trust, and publish that the old "
            "key is lost and since when. Then start the sequencer."
        )


def next_key() -> Path:
    folder: Path = settings.ARASHA_KEYS_DIR
    return folder / NEXT_KEY


def refuse_young(path: Path) -> None:
    made_at = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    until = made_at + dt.timedelta(days=settings.ARASHA_LOG_KEY_DAYS)
    if timezone.now() < until:
        raise NextKeyTooYoungError(day=f"{until:%Y-%m-%d}")


def refuse_another_origin(log: Log) -> None:
    """Raise SignedByAnotherKeyError for the key of another log: it can say nothing about this one."""
    note = log.folder.checkpoint()
    if note is not None and Checkpoint.parse(note.text).origin != log.signer.name:
        raise SignedByAnotherKeyError(key=log.signer.verifier)


def refuse_unused(log: Log) -> None:
    """Raise NextKeyNotSigningError unless the published checkpoint bears the next key's signature."""
    note = log.folder.checkpoint()
    if note is not None and log.next_signer is not None:
        try:
            if verified_signatures(note, [log.next_signer.verifier]):
                return
        except UntrustedNoteError:
            pass
    raise NextKeyNotSigningError
