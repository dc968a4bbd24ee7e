"""What leaves commit to: the digest of an entry, and of a batch of reads."""

import datetime as dt
import hashlib
from collections.abc import Iterable

from arasha.engines.notes import canonical_json
from arasha.engines.translog import leaf
from arasha.journal.models import Entry

EVENT = "event"
READ = "record.read"

FIELDS = (
    "key",
    "at",
    "recorded_at",
    "act",
    "subject_kind",
    "subject_key",
    "actor_kind",
    "actor_key",
    "on_behalf_key",
    "grant_key",
    "reason_code",
)


def digest_of(entry: Entry) -> bytes:
    """Return SHA-256 of the entry's canonical JSON: what its salted leaf commits to."""
    return hashlib.sha256(canonical_json(record_of(entry))).digest()


def record_of(entry: Entry) -> dict[str, str | None]:
    """Return the entry as data: what its digest is computed from."""
    return {field: _plain(getattr(entry, field)) for field in FIELDS}


def own_leaf(entry: Entry) -> bytes:
    """Return the leaf of an act. Raises ValueError for a filing: its leaf its device made."""
    if entry.commitment is None:
        raise ValueError(f"the leaf of {entry} was made by a device")
    return leaf(EVENT, bytes(entry.commitment))


def batch_commitment(commitments: Iterable[bytes]) -> bytes:
    """Return what the one leaf of a batch commits to: the reads' salted commitments, sorted.

    Each is salted already, so the batch needs no salt, and one erased read leaves the others whole.
    """
    return hashlib.sha256(b"arasha reads v1\n" + b"".join(sorted(commitments))).digest()


def _plain(value: object) -> str | None:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return None if value is None else str(value)
