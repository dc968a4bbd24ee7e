"""Does a log continue what was seen of it? Each finding has a kind; no exception decides anything."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from arasha.engines.notes import MalformedError, Note, parse_note
from arasha.engines.translog import (
    Checkpoint,
    NotProvedError,
    Policy,
    consistency_proof,
    grown,
    latest_checkpoint_path,
    leaf_hash,
    read_leaf,
    verify_consistency,
)
from arasha.engines.translog.policy import NONE
from arasha.engines.translog.tiles import WIDTH
from arasha.programs.log.checkpoints import Judged, judged
from arasha.wire.client import AnswerTooLongError, Client, UnreachableError
from arasha.wire.evidence import FORK, UNPROVED, Evidence
from arasha.wire.published import WITNESSED, NotPublishedError, Published

CLOCKS_DIFFER_BY = dt.timedelta(minutes=10)
WITNESS_PATIENCE = 10  # seconds


class Kind(StrEnum):
    """What was found. The first three are against the log; the last are news."""

    FORKED = "forked"
    NOT_CONTINUED = "not continued"
    BAD_ENTRIES = "bad entries"
    WENT_BACK = "went back"
    STALE = "stale"
    NO_QUORUM = "no quorum"
    FROM_THE_FUTURE = "from the future"
    WITNESS_AHEAD = "witness ahead"
    WITNESS_SILENT = "witness silent"
    FIRST = "first"
    GREW = "grew"
    SAME = "same"


AGAINST = frozenset({Kind.FORKED, Kind.NOT_CONTINUED, Kind.BAD_ENTRIES})
NEWS = frozenset({Kind.FIRST, Kind.GREW, Kind.SAME})


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, the details of its words, and what proves it."""

    kind: Kind
    details: dict[str, object] = field(default_factory=dict)
    evidence: Evidence | None = None


def continued(
    published: Published, known: Note | None, head: Judged, *, at: dt.datetime
) -> Iterator[Finding]:
    """Compare the checkpoint that is shown now with the newest that was seen."""
    stated = head.stated
    if known is None:
        yield Finding(Kind.FIRST, {"origin": stated.origin, "size": stated.size})
        return
    seen = Checkpoint.parse(known.text)
    if stated.size == seen.size:
        yield from _same_size(known, seen, head, at)
    elif stated.size < seen.size:
        yield from _smaller(published, known, seen, head, at)
    else:
        yield from _larger(published, known, seen, head, at)


def _same_size(known: Note, seen: Checkpoint, head: Judged, at: dt.datetime) -> Iterator[Finding]:
    if head.stated.root == seen.root:
        yield Finding(Kind.SAME, {"size": seen.size})
    else:
        found = Evidence(FORK, head.note, known, seen.size, (), at)
        yield Finding(Kind.FORKED, {"size": seen.size}, found)


def _smaller(
    published: Published, known: Note, seen: Checkpoint, head: Judged, at: dt.datetime
) -> Iterator[Finding]:
    yield Finding(Kind.WENT_BACK, {"size": head.stated.size, "seen": seen.size})
    # An old copy has no files beyond its state, so it can show neither that it is one history nor not.
    if _proved(published, head.stated, seen)[0] is False:
        found = Evidence(UNPROVED, head.note, known, head.stated.size, (), at)
        yield Finding(Kind.NOT_CONTINUED, {"size": head.stated.size, "seen": seen.size}, found)


def _larger(
    published: Published, known: Note, seen: Checkpoint, head: Judged, at: dt.datetime
) -> Iterator[Finding]:
    holds, proof = _proved(published, seen, head.stated)
    if holds:
        yield Finding(Kind.GREW, {"size": head.stated.size, "seen": seen.size})
    else:
        found = Evidence(UNPROVED, head.note, known, seen.size, proof, at)
        yield Finding(Kind.NOT_CONTINUED, {"size": head.stated.size, "seen": seen.size}, found)


def _proved(
    published: Published, old: Checkpoint, new: Checkpoint
) -> tuple[bool | None, tuple[bytes, ...]]:
    """Whether the published tiles show one history, and the proof; None if they lack what is needed."""
    if old.size == 0:
        return True, ()
    try:
        proof = tuple(consistency_proof(published.nodes(new.size), old.size, new.size))
    except (MalformedError, NotPublishedError):
        return None, ()
    return verify_consistency(old.size, new.size, proof, old.root, new.root), proof


def entries(published: Published, start: int, stated: Checkpoint) -> Iterator[Finding]:
    """Read every entry from `start` on, and hash it up to the signed root."""
    first = start // WIDTH * WIDTH
    try:
        read = list(published.entries(first, stated.size))
        for entry in read:
            read_leaf(entry)
        _, root = grown(published.nodes(stated.size), first, map(leaf_hash, read))
    except (MalformedError, NotPublishedError) as problem:
        yield Finding(Kind.BAD_ENTRIES, {"detail": problem})
        return
    if root != stated.root:
        yield Finding(Kind.BAD_ENTRIES, {"detail": "the entries do not lead to the signed root"})


def fresh(
    policy: Policy, head: Judged, grew_at: dt.datetime, *, at: dt.datetime, within: dt.timedelta
) -> Iterator[Finding]:
    """Is it new enough: by the witnesses that the policy asks for, or else by our own clock?"""
    since = grew_at if policy.quorum == NONE else head.seen_at
    if since is None or at - since > within:
        day = since.date().isoformat() if since else "?"
        yield Finding(Kind.STALE, {"day": day, "hours": int(within / dt.timedelta(hours=1))})
    if since is not None and since - at > CLOCKS_DIFFER_BY:
        yield Finding(Kind.FROM_THE_FUTURE, {"at": since.isoformat(timespec="minutes")})


def with_quorum(published: Published, policy: Policy, head: Judged) -> Judged | None:
    """The newest published checkpoint that enough witnesses signed, or None."""
    if head.has_quorum:
        return head
    earlier = published.read(WITNESSED)
    if earlier is None:
        return None
    try:
        found = judged(parse_note(earlier), policy)
    except NotProvedError:
        return None
    return found if found.has_quorum else None


def asked_of_witnesses(
    published: Published, policy: Policy, head: Judged, *, at: dt.datetime
) -> Iterator[Finding]:
    """Ask each witness with an address what the log showed to it: it must be the same history."""
    for name, address in policy.urls.items():
        if name not in policy.witnesses:
            continue
        try:
            theirs = _shown_to(address, head.stated.origin, policy)
        except (UnreachableError, AnswerTooLongError, MalformedError, NotProvedError) as problem:
            yield Finding(Kind.WITNESS_SILENT, {"name": name, "detail": problem})
            continue
        yield from _compared(published, name, theirs, head, at)


def _shown_to(address: str, origin: str, policy: Policy) -> Judged:
    answer = Client(address, timeout=WITNESS_PATIENCE).ask("GET", latest_checkpoint_path(origin))
    if answer.status != 200:
        raise UnreachableError(f"it answers with {answer.status}")
    return judged(parse_note(answer.body), policy)


def _compared(
    published: Published, name: str, theirs: Judged, head: Judged, at: dt.datetime
) -> Iterator[Finding]:
    mine = head.stated
    if theirs.stated.size > mine.size:
        yield Finding(
            Kind.WITNESS_AHEAD, {"name": name, "size": theirs.stated.size, "shown": mine.size}
        )
    elif theirs.stated.size == mine.size and theirs.stated.root != mine.root:
        found = Evidence(FORK, head.note, theirs.note, mine.size, (), at)
        yield Finding(Kind.FORKED, {"size": mine.size}, found)
    elif not _proved(published, theirs.stated, mine)[0]:
        found = Evidence(UNPROVED, head.note, theirs.note, theirs.stated.size, (), at)
        details: dict[str, object] = {"size": mine.size, "seen": theirs.stated.size}
        yield Finding(Kind.NOT_CONTINUED, details, found)
