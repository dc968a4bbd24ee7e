import datetime as dt
import hashlib
import secrets
import uuid

from django.utils import timezone

from arasha.actors import Actor
from arasha.engines.notes import canonical_json
from arasha.engines.translog import commitment, leaf, leaf_hash
from arasha.journal.models import Entry, Leaf, Salt

EVENT = "event"


def record(
    *,
    act: str,
    subject_kind: str,
    subject_key: uuid.UUID,
    by: Actor,
    at: dt.datetime,
    on_behalf_key: uuid.UUID | None = None,
    grant_key: uuid.UUID | None = None,
    reason_code: str = "",
) -> Entry:
    """Write an act and its pending leaf. Call it inside the transaction that does the act."""
    entry = Entry(
        at=at,
        recorded_at=timezone.now(),
        act=act,
        subject_kind=subject_kind,
        subject_key=subject_key,
        actor_kind=by.kind,
        actor_key=by.key,
        on_behalf_key=on_behalf_key,
        grant_key=grant_key,
        reason_code=reason_code,
    )
    entry.digest = digest_of(entry=entry)
    salt = secrets.token_bytes(32)
    entry.leaf = add_leaf(text=leaf(EVENT, commitment(salt, entry.digest)))
    entry.save(force_insert=True)
    Salt.objects.create(entry=entry, value=salt)
    return entry


def add_leaf(*, text: str) -> Leaf:
    """Append a pending leaf; the sequencer gives it a place in the tree."""
    return Leaf.objects.create(hash=leaf_hash(text.encode()), text=text)


def digest_of(*, entry: Entry) -> bytes:
    """SHA-256 of the entry's canonical JSON: what its salted leaf commits to."""
    fields = (
        "key", "at", "recorded_at", "act", "subject_kind", "subject_key",
        "actor_kind", "actor_key", "on_behalf_key", "grant_key", "reason_code",
    )  # fmt: skip
    return hashlib.sha256(canonical_json({f: _plain(getattr(entry, f)) for f in fields})).digest()


def _plain(value: object) -> str | None:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return None if value is None else str(value)
