import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from arasha.access import services as access
from arasha.access.policy import INSTITUTION
from arasha.actors import ANONYMOUS, Actor
from arasha.appeals import selectors
from arasha.appeals.errors.filing import (
    CommandingBodyError,
    LeafTakenError,
    MalformedFilingError,
    NotARecipientError,
    UnknownSetError,
)
from arasha.appeals.models import Appeal, Channel, Ciphertext
from arasha.appeals.services import duty
from arasha.appeals.services.terms import begin_terms
from arasha.country import country, local_day, midnight
from arasha.engines import sealing
from arasha.engines.notes import filing_code
from arasha.engines.translog import leaf_hash
from arasha.journal import services as journal
from arasha.journal.selectors import standing_of
from arasha.packs.asking import due_at
from arasha.people.models import Institution
from arasha.places.models import Place
from arasha.trust.models import RecipientSet

FILED = "appeal.filed"


@dataclass(frozen=True, slots=True)
class Filed:
    """What the acknowledgement says: the same for the same bytes, today and tomorrow."""

    leaf_hash: bytes
    received_day: dt.date


def file(
    *,
    posted: bytes,
    place: Place | None,
    by: Actor,
    at: dt.datetime,
    channel: str = Channel.TERMINAL,
    written: dt.date | None = None,
) -> Filed:
    """Keep a sealed appeal and its pending leaf. The same bytes again give the same answer.

    `place` is where the terminal stands: it is checked against the rules of competence, and is not
    stored, nor is the terminal (`by`), nor the minute. None: nobody outside the seal knows the place,
    and what depends on it is not asked. `written`: a day on which it was sealed already: the law of
    that day says who may receive it. Raises MalformedFilingError, UnknownSetError, NotARecipientError,
    CommandingBodyError, LeafTakenError.
    """
    # All questions are asked before the transaction: SQLite has one writer, and it must not wait.
    filing = parsed(posted=posted)
    hashed = leaf_hash(filing.leaf.encode())
    if before := filed_before(filing=filing, hashed=hashed):
        return before
    if known := standing_of(viewer=by, leaf_hash=hashed):
        if known.lost_on is None:
            # Before any other question: leaves are public, and which of them are appeals is not.
            return _filed_meanwhile(filing, hashed)
        # It was received when it was published, not when it comes again: the clock of the law goes on.
        at = midnight(known.lost_on)
    day = local_day(at)
    addressed = selectors.addressed(viewer=by, code=filing.set_id, place=place, day=day)
    if addressed is None:
        raise UnknownSetError
    _refuse_wrong_bodies(addressed, place=place, by=by, day=min(day, written or day))
    check_form(filing=filing, recipient_set=addressed.recipient_set)
    try:
        with transaction.atomic():
            return _keep(filing, hashed, addressed, channel=channel, by=by, at=at)
    except IntegrityError:
        return _filed_meanwhile(filing, hashed)


def parsed(*, posted: bytes) -> sealing.Filing:
    """Read what was posted. Raises MalformedFilingError."""
    try:
        return sealing.parse_filing(posted)
    except sealing.SealingError as error:
        raise MalformedFilingError(why=str(error)) from error


def check_form(*, filing: sealing.Filing, recipient_set: RecipientSet) -> None:
    """Check that envelope and card are sealed to as many keys as the set has. Raises MalformedFilingError."""
    try:
        envelope = sealing.check_envelope(filing.envelope, recipients=recipient_set.recipients)
        card = sealing.check_card(filing.card, recipients=recipient_set.recipients)
    except sealing.SealingError as error:
        raise MalformedFilingError(why=str(error)) from error
    if envelope.kind != card.kind:
        raise MalformedFilingError(why=f"its envelope is {envelope.kind}, its card {card.kind}")


def filed_before(*, filing: sealing.Filing, hashed: bytes) -> Filed | None:
    """The first answer to the same bytes. Raises LeafTakenError for other bytes under the leaf."""
    try:
        appeal = Appeal.objects.get(leaf_hash=hashed)
    except Appeal.DoesNotExist:
        return None
    kept = Ciphertext.objects.filter(appeal=appeal).first()  # None once it is erased
    if kept is not None and not _same(kept, filing):
        raise LeafTakenError
    if appeal.recipient_set_id != filing.set_id:
        raise LeafTakenError
    return Filed(hashed, appeal.received_day)


def _filed_meanwhile(filing: sealing.Filing, hashed: bytes) -> Filed:
    """The same bytes were filed a moment ago, or the leaf is of something else in the log."""
    if before := filed_before(filing=filing, hashed=hashed):
        return before
    raise LeafTakenError


def _same(kept: Ciphertext, filing: sealing.Filing) -> bool:
    return bytes(kept.envelope) == filing.envelope and bytes(kept.card or b"") == filing.card


def _refuse_wrong_bodies(
    addressed: selectors.Addressed, *, place: Place | None, by: Actor, day: dt.date
) -> None:
    if addressed.commands:
        raise CommandingBodyError
    institution = addressed.recipient_set.institution
    if institution.kind not in selectors.kinds_open_to(viewer=by, place=place, day=day):
        raise NotARecipientError


def _keep(
    filing: sealing.Filing,
    hashed: bytes,
    addressed: selectors.Addressed,
    *,
    channel: str,
    by: Actor,
    at: dt.datetime,
) -> Filed:
    recipient_set, day = addressed.recipient_set, local_day(at)
    key = uuid.uuid4()
    begun = midnight(day)  # neither the grant nor the journal tells the prison a minute
    given = access.grant_by_rule(
        subject_kind="appeal",
        subject_key=key,
        holder_kind=INSTITUTION,
        holder_key=recipient_set.institution_id,
        basis="assigned",
        at=begun,
    )
    appeal = keep_rows(
        filing=filing,
        key=key,
        recipient_set=recipient_set,
        channel=channel,
        is_stale=addressed.is_stale,
        by=ANONYMOUS,
        at=begun,
    )
    if recipient_set.institution.kind == duty.DUTY_LINE:
        duty.begin_call(appeal=appeal, by=by, at=at)
    journal.record_filing(
        act=FILED,
        leaf_text=filing.leaf,
        subject_kind="appeal",
        subject_key=key,
        at=begun,
        grant_key=given.key,
    )
    return Filed(hashed, day)


def keep_rows(
    *,
    filing: sealing.Filing,
    key: uuid.UUID,
    recipient_set: RecipientSet,
    by: Actor,
    at: dt.datetime,
    channel: str = Channel.TERMINAL,
    is_stale: bool = False,
) -> Appeal:
    """Write an appeal that came on the day of `at`. Part of the act that files or enters it."""
    hashed, day = leaf_hash(filing.leaf.encode()), local_day(at)
    appeal = Appeal.objects.create(
        key=key,
        leaf_hash=hashed,
        code=filing_code(hashed),
        recipient_set=recipient_set,
        received_day=day,
        answer_by_day=_answer_by(recipient_set.institution, day),
        channel=channel,
        stale_set=is_stale,
    )
    begin_terms(appeal=appeal, body=recipient_set.institution, by=by, at=at)
    Ciphertext.objects.create(appeal=appeal, envelope=filing.envelope, card=filing.card)
    return appeal


def _answer_by(institution: Institution, day: dt.date) -> dt.date | None:
    """The last day for the answer, where the pack knows a term for this kind of body."""
    body = country().body_of(institution.kind)
    if body is None or body.answer_deadline is None:
        return None
    due = due_at(country(), body.answer_deadline, midnight(day))
    return local_day(due) if due else None
