import datetime as dt
import secrets
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from arasha.actors import ANONYMOUS, Actor
from arasha.engines.translog import commitment, leaf_hash
from arasha.journal.digests import READ, digest_of, own_leaf
from arasha.journal.models import Entry, Leaf, Salt

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act to be recorded: `record` for a single one, `record_many` for loads."""

    act: str
    subject_kind: str
    subject_key: uuid.UUID
    by: Actor
    at: dt.datetime
    on_behalf_key: uuid.UUID | None = None
    grant_key: uuid.UUID | None = None
    reason_code: str = ""


@transaction.atomic
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
    entry, salt = _salted(
        Act(
            act=act,
            subject_kind=subject_kind,
            subject_key=subject_key,
            by=by,
            at=at,
            on_behalf_key=on_behalf_key,
            grant_key=grant_key,
            reason_code=reason_code,
        )
    )
    entry.leaf = add_leaf(text=own_leaf(entry).decode())
    entry.save(force_insert=True)
    salt.save(force_insert=True)
    return entry


@transaction.atomic
def record_many(*, acts: Iterable[Act]) -> list[Entry]:
    """Write many acts, each with a leaf of its own: for bulk loads."""
    salted = [_salted(act) for act in acts]
    leaves = [_pending(own_leaf(entry)) for entry, _ in salted]
    made = Leaf.objects.bulk_create(leaves, batch_size=ROWS_AT_ONCE)
    for (entry, _), own in zip(salted, made, strict=True):
        entry.leaf = own
    return _insert(salted)


@transaction.atomic
def record_reads(
    *, viewer: Actor, subjects: Iterable[tuple[str, uuid.UUID]], at: dt.datetime
) -> list[Entry]:
    """Write that `viewer` was shown these records (kind, key). The leaf comes with the next batch."""
    return _insert(
        [
            _salted(Act(act=READ, subject_kind=kind, subject_key=key, by=viewer, at=at))
            for kind, key in subjects
        ]
    )


@transaction.atomic(savepoint=False)
def record_filing(
    *,
    act: str,
    leaf_text: str,
    subject_kind: str,
    subject_key: uuid.UUID,
    at: dt.datetime,
    grant_key: uuid.UUID,
) -> Entry:
    """Write the arrival of something whose leaf its own device made; the salt lies inside it.

    `at` is a midnight, and stands for both times: who keeps the minute of a filing betrays its writer.
    """
    entry = Entry(
        at=at,
        recorded_at=at,
        act=act,
        subject_kind=subject_kind,
        subject_key=subject_key,
        actor_kind=ANONYMOUS.kind,
        actor_key=ANONYMOUS.key,
        grant_key=grant_key,
    )
    entry.digest = digest_of(entry)
    entry.leaf = _waiting_for_its_record(leaf_text) or add_leaf(text=leaf_text)
    entry.save(force_insert=True)
    return entry


def _waiting_for_its_record(text: str) -> Leaf | None:
    """The leaf that came back from the published log and that this filing is for: taken once."""
    own = Leaf.objects.filter(hash=leaf_hash(text.encode()))
    return own.get() if own.filter(record_missing=True).update(record_missing=False) else None


def add_leaves(*, texts: Sequence[str]) -> None:
    """Append many pending leaves: for bulk loads."""
    Leaf.objects.bulk_create([_pending(text.encode()) for text in texts], ROWS_AT_ONCE)


def add_leaf(*, text: str) -> Leaf:
    """Append a pending leaf; the sequencer gives it a place in the tree."""
    return Leaf.objects.create(hash=leaf_hash(text.encode()), text=text)


@transaction.atomic
def add_device_leaf(*, text: str) -> None:
    """Append a leaf that its own device made and that nothing here stands for; again is harmless."""
    if _waiting_for_its_record(text) is None:
        hashed = leaf_hash(text.encode())
        Leaf.objects.get_or_create(hash=hashed, defaults={"text": text})


@transaction.atomic
def erase_salt(*, entry: Entry, by: Actor, at: dt.datetime, reason_code: str) -> None:
    """Make an entry's leaf say nothing for ever; that it was done is an act of its own."""
    Salt.objects.filter(entry=entry).delete()
    record(
        act="journal.salt_erased",
        subject_kind="entry",
        subject_key=entry.key,
        by=by,
        at=at,
        reason_code=reason_code,
    )


@transaction.atomic
def erase_salts(
    *, subject_kind: str, subject_key: uuid.UUID, by: Actor, at: dt.datetime, reason_code: str
) -> int:
    """Make every leaf about a record say nothing for ever; returns how many salts are gone."""
    gone, _ = Salt.objects.filter(
        entry__subject_kind=subject_kind, entry__subject_key=subject_key
    ).delete()
    record(
        act="journal.salts_erased",
        subject_kind=subject_kind,
        subject_key=subject_key,
        by=by,
        at=at,
        reason_code=reason_code,
    )
    return gone


def _salted(act: Act) -> tuple[Entry, Salt]:
    entry = Entry(
        at=act.at,
        recorded_at=timezone.now(),
        act=act.act,
        subject_kind=act.subject_kind,
        subject_key=act.subject_key,
        actor_kind=act.by.kind,
        actor_key=act.by.key,
        on_behalf_key=act.on_behalf_key,
        grant_key=act.grant_key,
        reason_code=act.reason_code,
    )
    salt, digest = secrets.token_bytes(32), digest_of(entry)
    entry.digest, entry.commitment = digest, commitment(salt, digest)
    return entry, Salt(entry=entry, value=salt)


def _insert(salted: Sequence[tuple[Entry, Salt]]) -> list[Entry]:
    entries = Entry.objects.bulk_create([e for e, _ in salted], batch_size=ROWS_AT_ONCE)
    Salt.objects.bulk_create([s for _, s in salted], batch_size=ROWS_AT_ONCE)
    return entries


def _pending(entry: bytes) -> Leaf:
    return Leaf(hash=leaf_hash(entry), text=entry.decode())
