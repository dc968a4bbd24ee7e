import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction

from arasha.access import services as access
from arasha.actors import Actor
from arasha.appeals import services as appeals
from arasha.appeals.errors.work import NotYetOpenedError
from arasha.appeals.models import AddedHeader, Appeal, State
from arasha.appeals.selectors import find_appeal
from arasha.appeals.selectors.passing import own_body, sets_added
from arasha.appeals.services.passing import take_over
from arasha.country import country
from arasha.handoffs.appeals_to_appeals import selectors
from arasha.handoffs.appeals_to_appeals.errors import (
    HeaderMissingError,
    NoListError,
    NotInYourHandsError,
)
from arasha.handoffs.appeals_to_appeals.models import Forward
from arasha.handoffs.conflicts import refuse_wrong_receiver
from arasha.handoffs.crossings import Answer
from arasha.handoffs.passing import OFFICER, answer, give, keep, ring
from arasha.journal import services as journal
from arasha.packs import due_at
from arasha.people.models import Institution
from arasha.trust.models import RecipientSet
from arasha.trust.selectors import newest_sets

KIND = Forward.KIND
# The receiver's clock: to accept or to return (pack: deadlines).
CLOCK = "pass_on"


@transaction.atomic
def forward(
    *, appeal: Appeal, receiver: Institution, named: bool, by: Actor, at: dt.datetime
) -> Forward:
    """Forward an opened appeal, whose payload has a header for the receiver's readers already.

    The receiver may read it at once and answers for it once it accepts; until then it is in the
    sender's hands. Raises NotYetOpenedError, NotInYourHandsError, what `refuse_wrong_receiver` raises,
    NoListError, HeaderMissingError, AlreadyPassedError.
    """
    sender = _sender(appeal, receiver, by=by, at=at)
    refuse_wrong_receiver(viewer=by, appeal=appeal, receiver=receiver, named=named, at=at)
    recipient_set = _set_with_header(appeal, receiver, by=by)
    selectors.refuse_second_offices(viewer=by, appeal=appeal, recipient_set=recipient_set, at=at)
    made = Forward(
        key=uuid.uuid4(),
        appeal_key=appeal.key,
        sender=sender,
        receiver=receiver,
        recipient_set=recipient_set,
        is_named=named,
        made_at=at,
        made_by_key=uuid.UUID(by.key),
        answer_due_at=_answer_due(at),
    )
    give(subject=(KIND, made.key), holder=sender, basis="referral", by=by, at=at)
    give(subject=(KIND, made.key), holder=receiver, basis="assigned", by=by, at=at)
    give(subject=("appeal", appeal.key), holder=receiver, basis="referral", by=by, at=at)
    keep(made, by=by, at=at)
    appeals.move(appeal=appeal, state=State.PASSED_ON, by=by, at=at)
    ring(made, receiver, what="arrived", role=OFFICER, by=by, at=at)
    return made


@transaction.atomic
def add_readers(
    *, appeal: Appeal, set_code: str, headers: Mapping[str, bytes], by: Actor, at: dt.datetime
) -> list[AddedHeader]:
    """Keep the headers for the readers of a body that may receive the appeal.

    It opens nothing to them before it is forwarded. Raises NotYetOpenedError, NotInYourHandsError,
    NoListError, what `refuse_set` raises, and what `appeals.add_headers` raises.
    """
    newest = next((each for each in newest_sets(viewer=by) if each.code == set_code), None)
    if newest is None:
        raise NoListError
    _sender(appeal, newest.institution, by=by, at=at)
    selectors.refuse_set(viewer=by, appeal=appeal, recipient_set=newest, at=at)
    return appeals.add_headers(appeal=appeal, headers=headers, set_code=set_code, by=by, at=at)


@transaction.atomic
def accept(*, crossing: Forward, by: Actor, at: dt.datetime) -> Forward:
    """The appeal is in the receiver's hands; the sender follows it. Raises AlreadyAnsweredError."""
    answer(crossing, Answer.ACCEPTED, by=by, at=at)
    sender, receiver = crossing.sender, _receiver(crossing)
    subject = ("appeal", crossing.appeal_key)
    give(subject=subject, holder=receiver, basis="assigned", by=by, at=at, reason_code=KIND)
    give(subject=subject, holder=sender, basis="referral", by=by, at=at, reason_code=KIND)
    _end(crossing.appeal_key, receiver, "referral", by=by, at=at)
    _end(crossing.appeal_key, sender, "assigned", by=by, at=at)
    appeal = find_appeal(viewer=by, key=crossing.appeal_key)
    take_over(appeal=appeal, body=receiver, by=by, at=at)
    return crossing


@transaction.atomic
def send_back(*, crossing: Forward, reason: str, by: Actor, at: dt.datetime) -> Forward:
    """Return it with a reason from the pack: the receiver's access ends. Raises AlreadyAnsweredError.

    What its readers have opened they have read: a header takes nothing back.
    """
    answer(crossing, Answer.RETURNED, by=by, at=at, reason=reason)
    _end(crossing.appeal_key, _receiver(crossing), "referral", by=by, at=at)
    return crossing


@transaction.atomic
def take_back(*, by: Actor, at: dt.datetime) -> int:
    """Appeals that a receiver returned wait for their sender again. Returns how many."""
    returned = list(selectors.to_take_back(viewer=by))
    for each in returned:
        appeal = find_appeal(viewer=by, key=each.appeal_key)
        if appeal.state == State.PASSED_ON:
            appeals.move(appeal=appeal, state=State.CHECKED, by=by, at=at)
        each.taken_back_at = at
        each.save(update_fields=["taken_back_at"])
        journal.record(
            act="forward.taken_back", subject_kind=KIND, subject_key=each.key, by=by, at=at
        )
    return len(returned)


def _sender(appeal: Appeal, receiver: Institution, *, by: Actor, at: dt.datetime) -> Institution:
    if appeal.opened_day is None:
        raise NotYetOpenedError
    sender = own_body(viewer=by, appeal=appeal, at=at)
    if sender is None or sender == receiver:
        raise NotInYourHandsError
    return sender


def _set_with_header(appeal: Appeal, receiver: Institution, *, by: Actor) -> RecipientSet:
    newest = {each.institution_id: each for each in newest_sets(viewer=by)}
    if receiver.pk not in newest:
        raise NoListError
    if newest[receiver.pk].pk not in set(sets_added(viewer=by, appeal=appeal)):
        raise HeaderMissingError
    return newest[receiver.pk]


def _answer_due(at: dt.datetime) -> dt.datetime | None:
    return due_at(country(), CLOCK, at) if CLOCK in country().deadlines else None


def _receiver(forward: Forward) -> Institution:
    if forward.receiver is None:
        raise NoListError
    return forward.receiver


def _end(
    appeal_key: uuid.UUID, holder: Institution, basis: str, *, by: Actor, at: dt.datetime
) -> None:
    access.withdraw_from(
        subject_kind="appeal",
        subject_key=appeal_key,
        holder_key=holder.key,
        basis=basis,
        reason_code=KIND,
        by=by,
        at=at,
    )
