"""What becomes of an allegation: registered, passed on without registration, or joined to a case."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from arasha.actors import USER, Actor
from arasha.cases.errors.allegations import (
    CaseNotOpenError,
    NoBodyError,
    OutcomeDayError,
    OutcomeOutOfOrderError,
    PassedToCommanderError,
    PassedToItselfError,
    ReasonMissingError,
)
from arasha.cases.models import Allegation, AllegationOutcome, Case, Complainant
from arasha.cases.versions import locked as locked_case
from arasha.cases.versions import raise_version, refuse_erased
from arasha.country import country, local_day
from arasha.journal import services as journal
from arasha.people.hierarchy import with_those_above
from arasha.people.models import Institution
from arasha.people.selectors import commanders_of
from arasha.problems import ChangedMeanwhileProblem

REGISTERED: Final = "registered"
PASSED_ON: Final = "passed_on"
JOINED: Final = "joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of it. `day`: on which it was done. `to`, `body_name`: to whom it was passed on."""

    kind: str
    day: dt.date
    reason: str = ""
    words: str = ""
    to: Institution | None = None
    body_name: str = ""
    case: Case | None = None

    def says(self, row: AllegationOutcome) -> bool:
        mine = (self.kind, self.day, self.reason, self.words.strip(), self.body_name.strip())
        stands = (row.kind, row.day, row.reason, row.reason_words, row.body_name)
        return mine == stands and (self.to, self.case) == (row.passed_to, row.case)


@transaction.atomic
def pass_on(
    *,
    allegation: Allegation,
    outcome: Outcome,
    seen: int,
    office: Institution,
    by: Actor,
    at: dt.datetime,
) -> AllegationOutcome:
    """Pass an allegation on without registration. Sent twice, it is entered once.

    `seen`: how many outcomes the writer saw. `office`: whose act it is. Raises ReasonMissingError,
    NoBodyError, PassedToItselfError, PassedToCommanderError, and what `settle` raises.
    """
    locked = locked_allegation(allegation=allegation)
    if same := _entered_before(locked, outcome, seen, by=by):
        return same
    if not outcome.reason:
        raise ReasonMissingError
    _refuse_receiver(locked, outcome, office, by=by, at=at)
    _take(locked, office)
    return settle(locked=locked, outcome=outcome, by=by, at=at)


@transaction.atomic
def join(
    *,
    allegation: Allegation,
    outcome: Outcome,
    seen: int,
    office: Institution,
    by: Actor,
    at: dt.datetime,
) -> AllegationOutcome:
    """Join an allegation to an open case, with which it opens from now on. Sent twice, it is entered once.

    Raises ReasonMissingError, CaseNotOpenError, and what `settle` raises.
    """
    locked = locked_allegation(allegation=allegation)
    if same := _entered_before(locked, outcome, seen, by=by):
        return same
    if not outcome.reason:
        raise ReasonMissingError
    if outcome.case is None:
        raise CaseNotOpenError
    into = locked_case(outcome.case)
    if into.stage not in country().procedure.open_stages or into.joined_to is not None:
        raise CaseNotOpenError
    _take(locked, office)
    joined = settle(locked=locked, outcome=outcome, by=by, at=at)
    raise_version(into)
    journal.record(
        act="case.allegation_joined", subject_kind="case", subject_key=into.key, by=by, at=at
    )
    return joined


def locked_allegation(*, allegation: Allegation) -> Allegation:
    """The allegation as it stands now, held until the transaction ends. Raises ErasedError."""
    refuse_erased(allegation.case_id)
    return Allegation.objects.select_for_update(of=("self",)).get(pk=allegation.pk)


def settle(
    *, locked: Allegation, outcome: Outcome, by: Actor, at: dt.datetime
) -> AllegationOutcome:
    """Write an outcome beside those before it. Raises OutcomeOutOfOrderError and OutcomeDayError."""
    last = locked.outcomes.order_by("number").last()
    _refuse_order(locked, outcome, last)
    _refuse_day(locked, outcome, at=at)
    due_at = None if last else _clock(locked, outcome)
    row = AllegationOutcome.objects.create(
        allegation=locked,
        number=last.number + 1 if last else 1,
        case=outcome.case,
        kind=outcome.kind,
        reason=outcome.reason,
        reason_words=outcome.words.strip(),
        passed_to=outcome.to,
        body_name=outcome.body_name.strip(),
        day=outcome.day,
        due_at=due_at,
        is_late=_is_late(due_at, outcome.day, at=at),
        made_at=at,
        made_by_key=uuid.UUID(by.key) if by.kind == USER else None,
    )
    locked.outcome = row
    locked.case = outcome.case or locked.case
    locked.save(update_fields=["outcome", "case"])
    if outcome.case is not None:
        _open_with(outcome.case, locked)
    journal.record(
        act=f"allegation.{outcome.kind}",
        subject_kind="allegation",
        subject_key=locked.key,
        by=by,
        at=at,
        reason_code=counted_outcome(row=row),
    )
    return row


def counted_outcome(*, row: AllegationOutcome) -> str:
    """What figures count of an outcome, as its journal entry commits to it: "<kind> <day> <in time or late>"."""
    timely = {None: "no_clock", False: "in_time", True: "late"}[row.is_late]
    return f"{row.kind} {row.day.isoformat()} {timely}"


def _entered_before(
    locked: Allegation, outcome: Outcome, seen: int, *, by: Actor
) -> AllegationOutcome | None:
    """The same act upon the same state: a double click. Anything else meanwhile is somebody else's."""
    last = locked.outcomes.select_related("passed_to", "case").order_by("number").last()
    if last is None or last.number == seen:
        return None
    if last.number == seen + 1 and str(last.made_by_key) == by.key and outcome.says(last):
        return last
    raise ChangedMeanwhileProblem


def _take(locked: Allegation, office: Institution) -> None:
    """What came with a referral is from now on in the register of the office that settled it."""
    if locked.receiver is None:
        locked.receiver = office
        locked.save(update_fields=["receiver"])


def _refuse_order(locked: Allegation, outcome: Outcome, last: AllegationOutcome | None) -> None:
    """Once it is a case, what follows are decisions of that case."""
    procedure = country().procedure
    stage = procedure.kinds[last.kind].leads_to if last else procedure.begins
    if locked.case is not None or stage not in procedure.kinds[outcome.kind].after:
        raise OutcomeOutOfOrderError


def _refuse_day(locked: Allegation, outcome: Outcome, *, at: dt.datetime) -> None:
    received = local_day(locked.received_at)
    if not received <= outcome.day <= local_day(at):
        raise OutcomeDayError(day=received.isoformat())


def _refuse_receiver(
    locked: Allegation, outcome: Outcome, office: Institution, *, by: Actor, at: dt.datetime
) -> None:
    if outcome.to is None:
        if not outcome.body_name.strip():
            raise NoBodyError
        return
    if outcome.to == office:
        raise PassedToItselfError
    if locked.place is None or outcome.words.strip():
        return
    days = {local_day(at), outcome.day, locked.happened_from or outcome.day}
    for day in days:
        commanders = commanders_of(viewer=by, place_key=locked.place.key, day=day)
        if outcome.to.pk in with_those_above(commanders.select_related("parent")):
            raise PassedToCommanderError


def _clock(locked: Allegation, outcome: Outcome) -> dt.datetime | None:
    """What is passed on has the longer clock; what becomes a case had to be entered by the shorter one."""
    return locked.pass_on_by_at if outcome.kind == PASSED_ON else locked.register_by_at


def _is_late(due_at: dt.datetime | None, day: dt.date, *, at: dt.datetime) -> bool | None:
    """Entered on the day itself it counts to the minute; of an earlier day nobody knows the hour."""
    if due_at is None:
        return None
    return at > due_at if day == local_day(at) else day > local_day(due_at)


def _open_with(case: Case, locked: Allegation) -> None:
    """What belongs to an allegation opens with its case, each to whom that compartment is open."""
    locked.numbers.update(case=case)
    Complainant.objects.filter(allegation=locked).update(case=case)
