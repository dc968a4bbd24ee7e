import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from arasha.actors import Actor
from arasha.appeals import services as appeals
from arasha.appeals.errors.work import AlreadyClosedError, NotYetOpenedError
from arasha.appeals.models import Appeal, State
from arasha.appeals.selectors import appeals as appeals_open_to
from arasha.cases import services as cases
from arasha.cases.models import Allegation, Case
from arasha.cases.selectors import find_allegation
from arasha.cases.services import Outcome
from arasha.country import local_day
from arasha.handoffs.appeals_to_cases.errors import AlreadyReferredError, NoConsentError
from arasha.handoffs.appeals_to_cases.models import Referral
from arasha.handoffs.appeals_to_cases.selectors import appeals_to_take_back, registered_later
from arasha.handoffs.conflicts import refuse_commander, refuse_wrong_receiver
from arasha.handoffs.crossings import Answer
from arasha.handoffs.errors import AlreadyPassedError
from arasha.handoffs.passing import answer, give, keep, ring
from arasha.people.models import Institution
from arasha.places.models import Place

KIND, PROSECUTOR = Referral.KIND, "prosecutor"
AGAINST_CONSENT = "none"


@dataclass(frozen=True, slots=True)
class Account:
    """What the officer writes down after reading: where plaintext begins."""

    account: str
    happened: tuple[dt.date | None, dt.date | None]
    place: Place | None
    conduct: str
    capacity: str
    criteria: Sequence[str]
    consent: str
    is_named: bool = True  # whether the appeal gives the person's name
    happened_words: str = ""


@transaction.atomic
def refer(
    *,
    appeal: Appeal,
    sender: Institution,
    receiver: Institution,
    account: Account,
    by: Actor,
    at: dt.datetime,
) -> Referral:
    """Pass an opened appeal to a prosecutor's office with an allegation record.

    Raises NotYetOpenedError, AlreadyClosedError, what `refuse_wrong_receiver` raises,
    CommandingReceiverError, NoConsentError, AlreadyReferredError.
    """
    _refuse_what_may_not_pass(appeal=appeal, receiver=receiver, account=account, by=by, at=at)
    key, allegation_key = uuid.uuid4(), uuid.uuid4()
    for subject in ((KIND, key), ("allegation", allegation_key)):
        give(subject=subject, holder=sender, basis="referral", by=by, at=at)
    give(subject=(KIND, key), holder=receiver, basis="assigned", by=by, at=at)
    allegation = cases.receive_allegation(
        key=allegation_key,
        source_kind="appeal",
        source_key=appeal.key,
        account=account.account,
        happened=account.happened,
        happened_words=account.happened_words,
        place_key=account.place.key if account.place else None,
        conduct=account.conduct,
        capacity=account.capacity,
        criteria=account.criteria,
        consent=account.consent,
        by=by,
        at=at,
    )
    referral = Referral(
        key=key,
        appeal_key=appeal.key,
        allegation_key=allegation.key,
        sender=sender,
        receiver=receiver,
        place_id=allegation.place_id,
        happened_from=allegation.happened_from,
        happened_to=allegation.happened_to,
        happened_words=allegation.happened_words,
        conduct=allegation.conduct,
        criteria=allegation.criteria,
        consent=allegation.consent,
        made_at=at,
        answer_due_at=_register_by(allegation),
    )
    try:
        keep(referral, by=by, at=at)
    except AlreadyPassedError as error:
        raise AlreadyReferredError from error
    appeals.move(appeal=appeal, state=State.PASSED_ON, by=by, at=at)
    ring(referral, receiver, what="arrived", role=PROSECUTOR, by=by, at=at)
    return referral


@transaction.atomic
def accept(
    *,
    crossing: Referral,
    register: str,
    number: str,
    given_day: dt.date,
    issuer: str = "",
    by: Actor,
    at: dt.datetime,
) -> Case:
    """Accept a referral: it becomes a registered case, and its account opens to the receiver.

    Raises AlreadyAnsweredError, and what registering a case raises.
    """
    allegation = _take_up(crossing, Answer.ACCEPTED, "", by=by, at=at)
    case = cases.register(
        allegation=allegation,
        holder=crossing.receiver,
        number_register=register,
        number=number,
        number_day=given_day,
        number_issuer=issuer,
        by=by,
        at=at,
    )
    _open_case(crossing, case.key, by=by, at=at)
    return case


@transaction.atomic
def pass_on(*, crossing: Referral, outcome: Outcome, by: Actor, at: dt.datetime) -> Referral:
    """Pass the matter on to another body without registration; the sender is told why, and how late.

    Raises AlreadyAnsweredError, and what passing an allegation on raises.
    """
    allegation = _take_up(crossing, Answer.PASSED_ON, outcome.reason, by=by, at=at)
    cases.pass_on(
        allegation=allegation, outcome=outcome, seen=0, office=crossing.receiver, by=by, at=at
    )
    return crossing


@transaction.atomic
def join(*, crossing: Referral, outcome: Outcome, by: Actor, at: dt.datetime) -> Referral:
    """Join the matter to an open case of the receiver. That case does not open to the sender.

    Raises AlreadyAnsweredError, and what joining an allegation raises.
    """
    allegation = _take_up(crossing, Answer.JOINED, outcome.reason, by=by, at=at)
    cases.join(
        allegation=allegation, outcome=outcome, seen=0, office=crossing.receiver, by=by, at=at
    )
    return crossing


@transaction.atomic
def refuse(*, crossing: Referral, reason: str, by: Actor, at: dt.datetime) -> Referral:
    """Refuse a referral with a reason from the pack. Raises AlreadyAnsweredError.

    The appeal is not the receiver's to change: the sender's side takes it back (`take_back`).
    """
    answer(crossing, Answer.REFUSED, by=by, at=at, reason=reason)
    return crossing


@transaction.atomic
def take_back(*, by: Actor, at: dt.datetime) -> int:
    """Appeals whose referral was refused are in the sender's hands again. Returns how many."""
    refused = appeals_to_take_back(viewer=by)
    waiting = appeals_open_to(viewer=by, state=State.PASSED_ON).filter(pk__in=refused)
    for appeal in waiting:
        appeals.move(appeal=appeal, state=State.CHECKED, by=by, at=at)
    return len(waiting)


@transaction.atomic
def follow(*, by: Actor, at: dt.datetime) -> int:
    """What was passed on and registered after all opens to its sender, as if accepted at once."""
    found = registered_later(viewer=by)
    for crossing, case_key in found:
        _open_case(crossing, case_key, by=by, at=at)
    return len(found)


def _take_up(
    crossing: Referral, said: Answer, reason: str, *, by: Actor, at: dt.datetime
) -> Allegation:
    """The matter is the receiver's now, and its account opens to them. Raises AlreadyAnsweredError."""
    answer(crossing, said, by=by, at=at, reason=reason)
    account = ("allegation", crossing.allegation_key)
    give(subject=account, holder=crossing.receiver, basis="assigned", by=by, at=at)
    return find_allegation(viewer=by, key=crossing.allegation_key)


def _open_case(crossing: Referral, case_key: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """Whoever referred the matter follows its case."""
    give(subject=("case", case_key), holder=crossing.sender, basis="referral", by=by, at=at)
    crossing.case_key = case_key
    crossing.save(update_fields=["case_key"])


def _refuse_what_may_not_pass(
    *, appeal: Appeal, receiver: Institution, account: Account, by: Actor, at: dt.datetime
) -> None:
    if appeal.opened_day is None:
        raise NotYetOpenedError
    if appeal.outcome:
        raise AlreadyClosedError
    refuse_wrong_receiver(
        viewer=by, appeal=appeal, receiver=receiver, named=account.is_named, at=at
    )
    if account.place is not None:
        # Now, and also when it happened: who commanded then would judge its own people.
        days = {local_day(at), *filter(None, account.happened)}
        refuse_commander(receiver=receiver, place=account.place, days=days, viewer=by)
    if account.consent == AGAINST_CONSENT and account.account:
        raise NoConsentError


def _register_by(allegation: Allegation) -> dt.datetime:
    if allegation.register_by_at is None:
        raise ValueError("the country's pack names no term of registration")
    return allegation.register_by_at
