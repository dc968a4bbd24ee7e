"""What officers write in their reader: notes, replies and headers for new readers, all sealed there.

The same bytes again are the same note, reply or header: a reader may send twice what it sent once.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import Count

from arasha.actors import Actor
from arasha.appeals import selectors
from arasha.appeals.errors.filing import OtherBodysReadersError, UnknownSetError
from arasha.appeals.errors.reader import (
    MalformedSealedError,
    SealedTooLargeError,
    StateMovedError,
    TagTakenError,
    TooManyHeadersError,
    TooManyNotesError,
    TooManyRepliesError,
)
from arasha.appeals.locking import locked, opened
from arasha.appeals.models import (
    CARD,
    TEXT,
    AddedHeader,
    Appeal,
    Attachment,
    Ciphertext,
    Reply,
    SealedNote,
)
from arasha.appeals.recording import record, record_each
from arasha.country import local_day
from arasha.engines import sealing
from arasha.problems import NotFoundProblem
from arasha.trust.models import RecipientSet

SAFE = "safe"  # a state names nobody and nothing
# Of one appeal: far more than any needs, so that no program fills the disk with one.
MOST_NOTES, MOST_HEADERS_A_PART = 500, 50
MOST_LETTERS = sealing.MOST_REPLIES - len(sealing.STATES)  # word of the states always finds a place


@transaction.atomic
def add_note(*, appeal: Appeal, kind: str, sealed: bytes, by: Actor, at: dt.datetime) -> SealedNote:
    """Keep a note that the officers of the set can read.

    Raises NotFoundProblem, SealedTooLargeError, MalformedSealedError, TooManyNotesError,
    NotYetOpenedError, AlreadyErasedError.
    """
    held = _in_hand(appeal, by=by)
    if kind not in sealing.NOTE_KINDS:
        raise MalformedSealedError(why=f"{kind[:40]!r} is no kind of a note")
    _check_note(sealed, selectors.reader_counts(viewer=by, appeal=held, at=at))
    key = _key(held, sealed)
    if found := SealedNote.objects.filter(pk=key).first():
        return found
    if held.sealed_notes.count() >= MOST_NOTES:
        raise TooManyNotesError(most=MOST_NOTES)
    made = SealedNote.objects.create(
        pk=key,
        appeal=held,
        kind=kind,
        sealed=sealed,
        on_day=local_day(at),
        by_key=uuid.UUID(by.key),
    )
    record("appeal.noted", held.pk, by=by, at=at)
    return made


@transaction.atomic
def add_reply(
    *, appeal: Appeal, tag: bytes, sealed: bytes, shown: str, by: Actor, at: dt.datetime
) -> Reply:
    """Keep an answer to the writer's mailbox.

    Raises NotFoundProblem, SealedTooLargeError, MalformedSealedError, TooManyRepliesError,
    TagTakenError, NotYetOpenedError, AlreadyErasedError.
    """
    held = _in_hand(appeal, by=by)
    made = _keep_reply(held, tag=tag, sealed=sealed, shown=shown, by=by, at=at)
    record("appeal.replied", held.pk, by=by, at=at)
    return made


@transaction.atomic
def tell_state(
    *, appeal: Appeal, state: str, reply: tuple[bytes, bytes] | None, by: Actor, at: dt.datetime
) -> None:
    """Keep word of a state for the writer's mailbox: `reply` is its tag and what was sealed to it.

    Without a reply there is no mailbox, and the reader need not look again. A state is told once.
    Raises StateMovedError, and what `add_reply` raises.
    """
    held = _in_hand(appeal, by=by)
    if held.told_state == state:
        return
    if held.state != state:
        raise StateMovedError
    if reply:
        tag, sealed = reply
        _keep_reply(held, tag=tag, sealed=sealed, shown=SAFE, state=state, by=by, at=at)
    held.told_state = state
    held.save(update_fields=["told_state"])
    record("appeal.state_told", held.pk, by=by, at=at)


@transaction.atomic
def note_looks(*, appeals: Collection[Appeal], by: Actor, at: dt.datetime) -> None:
    """Record whose envelopes a reader fetched to see whether there is a mailbox to tell."""
    record_each("appeal.mailbox_looked", appeals, by=by, at=at)


@transaction.atomic
def add_own_headers(
    *, appeal: Appeal, headers: Mapping[str, bytes], set_code: str, by: Actor, at: dt.datetime
) -> list[AddedHeader]:
    """Add readers of the officer's own body, or of the body to which the appeal was filed.

    Another body's are added when it may receive the appeal, by the crossing that forwards it.
    Raises OtherBodysReadersError, and what `add_headers` raises.
    """
    if selectors.is_other_bodys_set(viewer=by, appeal=appeal, set_code=set_code, at=at):
        raise OtherBodysReadersError
    return add_headers(appeal=appeal, headers=headers, set_code=set_code, by=by, at=at)


@transaction.atomic
def add_headers(
    *, appeal: Appeal, headers: Mapping[str, bytes], set_code: str, by: Actor, at: dt.datetime
) -> list[AddedHeader]:
    """Keep the headers that add the readers of a set, by the part each opens: all, or none.

    The parts are the text, the title card and each attachment; their first headers stay as they
    were filed. Whether a header opens its part the next reader finds out: a false one is told, and
    the first one opens. An appeal that nobody has opened takes them too: when a whole office has
    lost its keys, only the office key can. Raises NotFoundProblem, UnknownSetError,
    SealedTooLargeError, MalformedSealedError, TooManyHeadersError, AlreadyErasedError.
    """
    held = locked(_writable(appeal, by=by))
    added = RecipientSet.objects.filter(pk=set_code).first()
    if added is None:
        raise UnknownSetError
    _check_headers(held, headers, added)
    keys = {part: _key(held, part.encode() + header) for part, header in headers.items()}
    kept = AddedHeader.objects.in_bulk(keys.values())
    fresh = [
        AddedHeader(
            pk=keys[part],
            appeal=held,
            part=part,
            recipient_set=added,
            header=header,
            added_at=at,
            added_by_key=uuid.UUID(by.key),
        )
        for part, header in headers.items()
        if keys[part] not in kept
    ]
    if fresh:
        _refuse_more_headers(held, [each.part for each in fresh])
        AddedHeader.objects.bulk_create(fresh)
        record("appeal.readers_added", held.pk, by=by, at=at)
    return [*kept.values(), *fresh]


def _keep_reply(
    held: Appeal,
    *,
    tag: bytes,
    sealed: bytes,
    shown: str,
    state: str = "",
    by: Actor,
    at: dt.datetime,
) -> Reply:
    _check_reply(tag, sealed, shown)
    key = _key(held, sealed)
    if found := Reply.objects.filter(pk=key).first():
        return found
    most = sealing.MOST_REPLIES if state else MOST_LETTERS
    if held.replies.count() >= most:
        raise TooManyRepliesError(most=most)
    try:
        with transaction.atomic():
            return Reply.objects.create(
                pk=key,
                appeal=held,
                tag=tag,
                sealed=sealed,
                shown=shown,
                state=state,
                on_day=local_day(at),
                by_key=uuid.UUID(by.key),
            )
    except IntegrityError as error:
        raise TagTakenError from error


def _check_headers(appeal: Appeal, headers: Mapping[str, bytes], added: RecipientSet) -> None:
    parts = _parts(appeal)
    if not headers or not parts.issuperset(headers):
        raise MalformedSealedError(why="it names no sealed part of this appeal")
    with _said_to_the_officer():
        for header in headers.values():
            sealing.check_added_header(header, recipients=added.recipients)


def _refuse_more_headers(appeal: Appeal, parts: Collection[str]) -> None:
    added = appeal.added_headers.filter(part__in=parts).order_by()
    full = added.values("part").annotate(n=Count("key")).filter(n__gte=MOST_HEADERS_A_PART)
    if full.exists():
        raise TooManyHeadersError(most=MOST_HEADERS_A_PART)


def _parts(appeal: Appeal) -> set[str]:
    files = Attachment.objects.filter(appeal=appeal).values_list("sha256", flat=True)
    has_card = Ciphertext.objects.filter(appeal=appeal, card__isnull=False).exists()
    return {TEXT, *files} | ({CARD} if has_card else set())


def _in_hand(appeal: Appeal, *, by: Actor) -> Appeal:
    """The appeal, for whoever may write about it and after somebody read it."""
    return opened(_writable(appeal, by=by))


def _writable(appeal: Appeal, *, by: Actor) -> Appeal:
    if not selectors.may_write(viewer=by, appeal=appeal):
        raise NotFoundProblem
    return appeal


def _check_note(sealed: bytes, counts: set[int]) -> None:
    with _said_to_the_officer():
        found = sealing.parse_header(sealed).recipients
        if found not in counts:
            raise MalformedSealedError(
                why=f"it is sealed to {found} keys, the readers have {sorted(counts)}"
            )
        sealing.check_note(sealed, recipients=found)


def _check_reply(tag: bytes, sealed: bytes, shown: str) -> None:
    if len(tag) != sealing.TAG_BYTES:
        raise MalformedSealedError(why=f"a tag has {sealing.TAG_BYTES} bytes, got {len(tag)}")
    if shown not in sealing.SHOWN:
        raise MalformedSealedError(why=f"{shown[:40]!r} is no way to show a reply")
    with _said_to_the_officer():
        sealing.check_reply(sealed)


@contextmanager
def _said_to_the_officer() -> Iterator[None]:
    """What the engine refuses, in words for the officer who sent it."""
    try:
        yield
    except sealing.OversizedEnvelopeError as error:
        raise SealedTooLargeError(bytes=error.size, most=error.most) from error
    except sealing.SealingError as error:
        raise MalformedSealedError(why=str(error)) from error


def _key(appeal: Appeal, sealed: bytes) -> uuid.UUID:
    return uuid.uuid5(appeal.key, sha256(sealed).hexdigest())
