import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from arasha.actors import Actor
from arasha.appeals import services as appeals
from arasha.appeals.errors.work import NotYetOpenedError
from arasha.appeals.models import Appeal, State
from arasha.appeals.selectors import appeals as appeals_open_to
from arasha.cases import law
from arasha.cases import services as cases
from arasha.cases.models import Allegation, Case
from arasha.cases.selectors import find_allegation
from arasha.country import local_day
from arasha.handoffs.appeals_to_cases.errors import (
    AlreadyAnsweredError,
    AlreadyReferredError,
    NoConsentError,
)
from arasha.handoffs.appeals_to_cases.models import Answer, Referral
from arasha.handoffs.appeals_to_cases.selectors import appeals_to_take_back
from arasha.handoffs.conflicts import refuse_commander, refuse_wrong_receiver
from arasha.handoffs.passing import give, ring
from arasha.journal import services as journal
from arasha.notices import services as notices
from arasha.people.models import Institution
from arasha.places.models import Place

KIND, PROSECUTOR, OFFICER = "referral", "prosecutor", "officer"
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

    Raises NotYetOpenedError, what `refuse_wrong_receiver` raises, CommandingReceiverError,
    NoConsentError, AlreadyReferredError.
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
    referral = _insert(
        key=key, appeal=appeal, allegation=allegation, sender=sender, receiver=receiver, at=at
    )
    appeals.move(appeal=appeal, state=State.PASSED_ON, by=by, at=at)
    journal.record(act="referral.made", subject_kind=KIND, subject_key=key, by=by, at=at)
    ring(referral, receiver, what="referral.arrived", role=PROSECUTOR, by=by, at=at)
    return referral


@transaction.atomic
def accept(
    *,
    referral: Referral,
    number_register: str,
    number: str,
    number_day: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Case:
    """Accept a referral: it becomes a registered case, and its account opens to the receiver.

    Raises AlreadyAnsweredError, and what registering a case raises.
    """
    locked = _waiting(referral)
    account = ("allegation", locked.allegation_key)
    give(subject=account, holder=locked.receiver, basis="assigned", by=by, at=at)
    allegation = find_allegation(viewer=by, key=locked.allegation_key)
    case = cases.register(
        allegation=allegation,
        holder=locked.receiver,
        number_register=number_register,
        number=number,
        number_day=number_day,
        by=by,
        at=at,
    )
    give(subject=("case", case.key), holder=locked.sender, basis="referral", by=by, at=at)
    locked.case_key = case.key
    _answer(locked, Answer.ACCEPTED, by=by, at=at)
    return case


@transaction.atomic
def refuse(*, referral: Referral, refusal_code: str, by: Actor, at: dt.datetime) -> Referral:
    """Refuse a referral with a reason from the pack. Raises AlreadyAnsweredError.

    The appeal is not the receiver's to change: the sender's side takes it back (`take_back`).
    """
    locked = _waiting(referral)
    locked.refusal_code = refusal_code
    _answer(locked, Answer.REFUSED, by=by, at=at)
    return locked


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
    refuse_wrong_receiver(
        viewer=by, appeal=appeal, receiver=receiver, named=account.is_named, at=at
    )
    if account.place is not None:
        # Now, and also when it happened: who commanded then would judge its own people.
        days = {local_day(at), *account.happened}
        refuse_commander(receiver=receiver, place=account.place, days=days, viewer=by)
    if account.consent == AGAINST_CONSENT and account.account:
        raise NoConsentError


def _insert(
    *,
    key: uuid.UUID,
    appeal: Appeal,
    allegation: Allegation,
    sender: Institution,
    receiver: Institution,
    at: dt.datetime,
) -> Referral:
    question = law.deadline_question(allegation=allegation, rule=REGISTRATION, start=at)
    due_at = dt.datetime.fromisoformat(law.ask(question)["answers"][0]["due_at"])
    try:
        with transaction.atomic():
            return Referral.objects.create(
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
                answer_due_at=due_at,
            )
    except IntegrityError as error:
        raise AlreadyReferredError from error


def _waiting(referral: Referral) -> Referral:
    locked = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    if locked.answer != Answer.WAITING:
        raise AlreadyAnsweredError
    return locked


def _answer(referral: Referral, answer: Answer, *, by: Actor, at: dt.datetime) -> None:
    referral.answer = answer
    referral.answered_at = at
    referral.save(update_fields=["answer", "answered_at", "refusal_code", "case_key"])
    journal.record(
        act=f"referral.{answer}", subject_kind=KIND, subject_key=referral.key, by=by, at=at
    )
    notices.handled(
        subject_kind=KIND, subject_key=referral.key, kind="referral.arrived", by=by, at=at
    )
    ring(referral, referral.sender, what="referral.answered", role=OFFICER, by=by, at=at)
