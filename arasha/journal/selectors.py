import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Q, QuerySet

from arasha.actors import JOB, USER, Actor
from arasha.country import local_day
from arasha.journal.digests import READ, record_of
from arasha.journal.models import Entry, Leaf

NOTHING = Q(pk__in=())
ROWS_AT_ONCE = 500


def entries_of(*, viewer: Actor, subject_kind: str, subject_key: uuid.UUID) -> QuerySet[Entry]:
    """Everything done to a record and everybody who was shown it, newest first.

    Whoever may see a record may see who has seen it: the caller has fetched it for `viewer`.
    """
    mine = Q(subject_kind=subject_kind, subject_key=subject_key)
    return Entry.objects.filter(mine & _open_to(viewer)).order_by("-at", "-recorded_at", "key")


def touched_since(
    *,
    viewer: Actor,
    subject_kind: str,
    subject_keys: Collection[uuid.UUID],
    since: dt.datetime,
    beside: Collection[str],
) -> set[uuid.UUID]:
    """Of these records those with which a person did something after a moment; acts of `beside` do not count.

    The caller has fetched the records for `viewer`. What the system's own jobs did is nobody's work.
    """
    acts = Entry.objects.filter(
        subject_kind=subject_kind, subject_key__in=subject_keys, at__gt=since
    )
    theirs = acts.exclude(act__in=[READ, *beside]).exclude(actor_kind=JOB)
    return set(theirs.values_list("subject_key", flat=True))


def entries_by(*, viewer: Actor, actor: Actor) -> QuerySet[Entry]:
    """What one person or device did, newest first: people see their own, jobs see anybody's."""
    own = Q(actor_kind=actor.kind, actor_key=actor.key)
    allowed = _open_to(viewer) if viewer == actor or viewer.kind == JOB else NOTHING
    return Entry.objects.filter(own & allowed).order_by("-at", "-recorded_at", "key")


def entries_with_reason(*, viewer: Actor, acts: str) -> QuerySet[Entry]:
    """Entries whose act begins with `acts` and which commit to something in their reason. Jobs only."""
    allowed = _open_to(viewer) if viewer.kind == JOB else NOTHING
    return Entry.objects.filter(allowed, act__startswith=acts).exclude(reason_code="")


def leaf_text(*, viewer: Actor, leaf_hash: bytes) -> str:
    """A line of the log by its RFC 6962 leaf hash (32 bytes). Leaves are public: they say nothing personal."""
    return Leaf.objects.get(hash=leaf_hash).text


@dataclass(frozen=True, slots=True)
class Standing:
    """A leaf that is in the log or waits for it. `lost_on`: its record was lost on that published day."""

    lost_on: dt.date | None


def standing_of(*, viewer: Actor, leaf_hash: bytes) -> Standing | None:
    """What is known of a leaf by its RFC 6962 hash (32 bytes), whatever it is of; None if it is new."""
    found = Leaf.objects.filter(hash=leaf_hash).select_related("epoch").first()
    if found is None:
        return None
    epoch = found.epoch if found.record_missing else None
    return Standing(local_day(epoch.at) if epoch else None)


def acts_before(
    *, viewer: Actor, act: str, leaf_hash: bytes
) -> Iterator[tuple[dict[str, str | None], bytes | None]]:
    """Yield the acts of one kind that were journaled before a leaf: as data, and the salt if not erased.

    Jobs only, for auditors.
    """
    until = Leaf.objects.get(hash=leaf_hash).pk
    allowed = Q() if viewer.kind == JOB else NOTHING
    found = Entry.objects.filter(allowed, act=act, leaf__pk__lt=until)
    for entry in found.select_related("salt").order_by("leaf__pk").iterator(ROWS_AT_ONCE):
        salt = getattr(entry, "salt", None)
        yield record_of(entry), None if salt is None else bytes(salt.value)


def leaves_before(
    *, viewer: Actor, leaf_hashes: Iterable[bytes], leaf_hash: bytes
) -> dict[bytes, str]:
    """Those of the leaves that were added before a leaf, and their lines: jobs only, for auditors."""
    until = Leaf.objects.get(hash=leaf_hash).pk
    found = dict[bytes, str]()
    hashes = iter(leaf_hashes if viewer.kind == JOB else ())
    while some := list(islice(hashes, ROWS_AT_ONCE)):
        rows = Leaf.objects.filter(hash__in=some, pk__lt=until).values_list("hash", "text")
        found |= {bytes(each): text for each, text in rows}
    return found


def _open_to(viewer: Actor) -> Q:
    return Q() if viewer.kind in (USER, JOB) else NOTHING
