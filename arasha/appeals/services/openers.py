"""Officers' opening keys: whether they open what was sealed to them, and whether they still live."""

import datetime as dt
import hmac
import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction

from arasha.actors import Actor
from arasha.appeals import selectors
from arasha.appeals.errors.reader import UnfitRecipientError, WrongNonceError
from arasha.appeals.models import Coverage, Liveness
from arasha.appeals.recording import record_own
from arasha.appeals.selectors.coverage import LIVE_FOR
from arasha.country import local_day
from arasha.engines import sealing
from arasha.people.selectors import at_work
from arasha.problems import NotFoundProblem

NONCE_BYTES = 32


@dataclass(frozen=True, slots=True)
class Challenge:
    """A sealed number that only the key opens, and the day until which it should be opened."""

    due_on: dt.date
    sealed: bytes


@transaction.atomic
def cover(
    *,
    recipient: str,
    opened: Collection[uuid.UUID],
    failed: Collection[uuid.UUID],
    by: Actor,
    at: dt.datetime,
) -> int:
    """Note which headers an officer's key opened and which it did not; a later trial counts.

    Returns how many of them are the officer's to try. Raises NotFoundProblem for a strange key.
    """
    _refuse_strangers(recipient, by=by, at=at)
    tried = dict.fromkeys(failed, False) | dict.fromkeys(opened, True)
    mine = selectors.openable(viewer=by, at=at).filter(pk__in=tried).values_list("pk", flat=True)
    made = Coverage.objects.bulk_create(
        [
            Coverage(
                appeal_id=key,
                recipient=recipient,
                user_key=uuid.UUID(by.key),
                opens=tried[key],
                on_day=local_day(at),
            )
            for key in mine
        ],
        update_conflicts=True,
        unique_fields=["appeal", "recipient"],
        update_fields=["user_key", "opens", "on_day"],
    )
    record_own("reader.covered", by=by, at=at)
    return len(made)


@transaction.atomic
def ask_liveness(*, recipient: str, by: Actor, at: dt.datetime) -> Challenge:
    """Seal a fresh number to an officer's key; only its hash is kept.

    Raises NotFoundProblem for a key that is in none of the officer's sets, UnfitRecipientError.
    """
    _refuse_strangers(recipient, by=by, at=at)
    nonce = secrets.token_hex(NONCE_BYTES)
    try:
        sealed = sealing.seal(
            nonce.encode(),
            recipients=[recipient],
            randomness=secrets.token_bytes(sealing.randomness_bytes(1)),
        )
    except sealing.SealingError as error:
        raise UnfitRecipientError from error
    known, _made = Liveness.objects.update_or_create(
        recipient=recipient, defaults={"nonce_hash": _hash(nonce), "asked_at": at}
    )
    return Challenge(_due(known) or local_day(at), sealed)


@transaction.atomic
def show_liveness(*, recipient: str, nonce: str, by: Actor, at: dt.datetime) -> dt.date:
    """Take the opened number as a sign of life. Returns until when.

    Raises NotFoundProblem for a colleague's key, WrongNonceError.
    """
    _refuse_strangers(recipient, by=by, at=at)
    known = Liveness.objects.select_for_update().filter(recipient=recipient).first()
    if known is None or not hmac.compare_digest(known.nonce_hash, _hash(nonce)):
        raise WrongNonceError
    known.nonce_hash, known.user_key, known.live_day = "", uuid.UUID(by.key), local_day(at)
    known.save(update_fields=["nonce_hash", "user_key", "live_day"])
    record_own("reader.key_live", by=by, at=at)
    return known.live_day + LIVE_FOR


def _refuse_strangers(recipient: str, *, by: Actor, at: dt.datetime) -> None:
    """Nobody speaks for the key of a colleague who has once shown that it is theirs."""
    if not selectors.sets_with(viewer=by, recipient=recipient, at=at):
        raise NotFoundProblem
    owner = Liveness.objects.filter(recipient=recipient).values_list("user_key", flat=True).first()
    if owner is None or str(owner) == by.key:
        return
    if at_work(viewer=by, keys=[owner]).exists():
        raise NotFoundProblem


def _due(known: Liveness) -> dt.date | None:
    return known.live_day + LIVE_FOR if known.live_day else None


def _hash(nonce: str) -> str:
    return sha256(nonce.encode()).hexdigest()
