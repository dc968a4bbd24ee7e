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
from arasha.cases import law
from arasha.cases import services as cases
from arasha.cases.models import Allegation, Case
from arasha.cases.selectors import find_allegation
from arasha.country import local_day
from arasha.handoffs.appeals_to_cases.errors import AlreadyReferredError, NoConsentError
from arasha.handoffs.appeals_to_cases.models import Referral
from arasha.handoffs.appeals_to_cases.selectors import appeals_to_take_back
from arasha.handoffs.conflicts import refuse_commander, refuse_wrong_receiver
from arasha.handoffs.crossings import Answer
from arasha.handoffs.errors import AlreadyPassedError
from arasha.handoffs.passing import answer, give, keep, ring
from arasha.people.models import Institution
from arasha.places.models import Place

KIND, PROSECUTOR = Referral.KIND, "prosecutor"
# The clock on the receiver: from receipt to an entry in the national register (pack: deadlines).
REGISTRATION = "registration"
AGAINST_CONSENT = "none"


@dataclass(frozen=True, slots=True)
class Account:
    """What the officer writes down after reading: where plaintext begins."""

    account: str
    happened: tuple[dt.date, dt.date]
    place: Place | None
    conduct: str
    capacity: str
    criteria: Sequence[str]
    consent: str
    is_named: bool = True  # whether the appeal gives the person's name


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
        conduct=allegation.conduct,
        criteria=allegation.criteria,
        consent=allegation.consent,
        made_at=at,
        answer_due_at=_register_by(allegation, at=at),
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
    by: Actor,
    at: dt.datetime,
) -> Case:
    """Accept a referral: it becomes a registered case, and its account opens to the receiver.

    Raises AlreadyAnsweredError, and what registering a case raises.
    """
    answer(crossing, Answer.ACCEPTED, by=by, at=at)
    sender, receiver = crossing.sender, crossing.receiver
    account = ("allegation", crossing.allegation_key)
    give(subject=account, holder=receiver, basis="assigned", by=by, at=at)
    case = cases.register(
        allegation=find_allegation(viewer=by, key=crossing.allegation_key),
        holder=receiver,
        number_register=register,
        number=number,
        number_day=given_day,
        by=by,
        at=at,
    )
    give(subject=("case", case.key), holder=sender, basis="referral", by=by, at=at)
    crossing.case_key = case.key
    crossing.save(update_fields=["case_key"])
    return case


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
        days = {local_day(at), *account.happened}
        refuse_commander(receiver=receiver, place=account.place, days=days, viewer=by)
    if account.consent == AGAINST_CONSENT and account.account:
        raise NoConsentError


def _register_by(allegation: Allegation, *, at: dt.datetime) -> dt.datetime:
    question = law.deadline_question(allegation=allegation, rule=REGISTRATION, start=at)
    return dt.datetime.fromisoformat(law.ask(question)["answers"][0]["due_at"])
