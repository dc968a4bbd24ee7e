import datetime as dt
import uuid
from collections.abc import Sequence
from functools import partial

from django.db import IntegrityError, transaction

from arasha.access import services as access
from arasha.access.policy import INSTITUTION
from arasha.actors import Actor
from arasha.cases import law
from arasha.cases.errors import (
    AlreadyRegisteredError,
    DecisionInFutureError,
    DecisionOutOfOrderError,
    DecisionTooEarlyError,
    NoNumberError,
    NoPersonsError,
    NumberTakenError,
    TooManyPersonsError,
)
from arasha.cases.models import Allegation, Case, CaseNumber, Deadline, Decision, Number, Stage
from arasha.cases.stages import JUDGMENTS, MOVES, SENT, Move
from arasha.country import country, local_day
from arasha.journal import services as journal
from arasha.people.models import Institution
from arasha.problems import ChangedMeanwhileProblem
from arasha.references import fold_number

# The clock that starts when a case is registered (pack: deadlines).
INVESTIGATION = "investigation"


@transaction.atomic
def receive_allegation(
    *,
    key: uuid.UUID,
    source_kind: str,
    source_key: uuid.UUID,
    account: str,
    happened: tuple[dt.date, dt.date],
    place_key: uuid.UUID | None,
    conduct: str,
    capacity: str,
    criteria: Sequence[str],
    consent: str,
    by: Actor,
    at: dt.datetime,
) -> Allegation:
    """Keep what is said to have happened, as it was received. It is never edited."""
    allegation = Allegation.objects.create(
        key=key,
        source_kind=source_kind,
        source_key=source_key,
        account=account,
        happened_from=happened[0],
        happened_to=happened[1],
        place_id=place_key,
        conduct=conduct,
        capacity=capacity,
        criteria=list(criteria),
        consent=consent,
        received_at=at,
    )
    journal.record(
        act="allegation.received", subject_kind="allegation", subject_key=key, by=by, at=at
    )
    return allegation


@transaction.atomic
def register(
    *,
    allegation: Allegation,
    holder: Institution,
    number_register: str,
    number: str,
    number_day: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Case:
    """Register an allegation as a case, with its number in the national register; clocks start.

    Raises AlreadyRegisteredError, NoNumberError and NumberTakenError.
    """
    locked = Allegation.objects.select_for_update(of=("self",)).get(pk=allegation.pk)
    if locked.case is not None:
        raise AlreadyRegisteredError
    key = uuid.uuid4()
    _open_to_offices(key, holder, by=by, at=at)
    case = Case.objects.create(
        key=key,
        number=_next_number(at=at),
        holder=holder,
        place_id=locked.place_id,
        registered_at=at,
    )
    locked.case = case
    locked.save(update_fields=["case"])
    add_number(
        case=case, register=number_register, number=number, given_day=number_day, by=by, at=at
    )
    start_clock(case=case, allegation=locked, rule=INVESTIGATION, by=by, at=at)
    _store_decision(
        case=case,
        allegation=locked,
        kind="registered",
        day=local_day(at),
        persons=0,
        base_version=0,
        by=by,
        at=at,
    )
    return case


@transaction.atomic
def add_number(
    *, case: Case, register: str, number: str, given_day: dt.date, by: Actor, at: dt.datetime
) -> Number:
    """Enter a number that another body gave. Sent twice, it is entered once.

    Raises NoNumberError and NumberTakenError.
    """
    folded = fold_number(number)
    if not folded:
        raise NoNumberError(number=number)
    try:
        with transaction.atomic():
            added = Number.objects.create(
                case=case,
                register=register,
                number=number.strip(),
                folded=folded,
                given_day=given_day,
            )
    except IntegrityError as error:
        same = case.numbers.filter(register=register, number=number.strip(), given_day=given_day)
        if found := same.first():
            return found
        raise NumberTakenError(number=number) from error
    journal.record(act="case.number_added", subject_kind="case", subject_key=case.key, by=by, at=at)
    return added


@transaction.atomic
def start_clock(
    *, case: Case, allegation: Allegation, rule: str, by: Actor, at: dt.datetime
) -> Deadline:
    """Start a clock of the law; when it is due, and why, is stored with it."""
    asked = law.ask(law.deadline_question(allegation=allegation, rule=rule, start=at))
    due_at = dt.datetime.fromisoformat(asked["answers"][0]["due_at"])
    deadline = Deadline.objects.create(
        case=case, rule=rule, started_at=at, due_at=due_at, law_answer=asked
    )
    _point_to_next_deadline(case)
    journal.record(
        act="case.clock_started", subject_kind="case", subject_key=case.key, by=by, at=at
    )
    return deadline


@transaction.atomic
def decide(
    *,
    case: Case,
    kind: str,
    day: dt.date,
    persons: int,
    base_version: int,
    by: Actor,
    at: dt.datetime,
) -> Decision:
    """Enter a dated decision, with what the rules say on its day. Sent twice, it is entered once.

    `base_version` is the version of the case that the writer saw. Raises ChangedMeanwhileProblem,
    DecisionOutOfOrderError, DecisionTooEarlyError, DecisionInFutureError, NoPersonsError,
    TooManyPersonsError.
    """
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    move = MOVES[kind]
    if locked.version != base_version:
        return _sent_before(locked, kind=kind, day=day, persons=persons, base_version=base_version)
    _refuse_impossible(locked, move, day=day, persons=persons, today=local_day(at))
    allegation = locked.allegations.earliest("received_at")
    locked.stage = _stage_after(locked, move, persons=persons)
    locked.version += 1
    locked.save(update_fields=["stage", "version"])
    locked.deadlines.filter(rule__in=move.meets, met_at__isnull=True).update(met_at=at)
    _point_to_next_deadline(locked)
    return _store_decision(
        case=locked,
        allegation=allegation,
        kind=kind,
        day=day,
        persons=persons,
        base_version=base_version,
        by=by,
        at=at,
    )


def _open_to_offices(key: uuid.UUID, holder: Institution, *, by: Actor, at: dt.datetime) -> None:
    """The office conducts the case; the superior prosecutor's, if there is one, oversees it."""
    give = partial(
        access.grant, subject_kind="case", subject_key=key, holder_kind=INSTITUTION, by=by, at=at
    )
    for basis, office in (("assigned", holder.key), ("supervises", holder.parent_id)):
        if office is not None:
            give(holder_key=office, basis=basis)


def _sent_before(
    case: Case, *, kind: str, day: dt.date, persons: int, base_version: int
) -> Decision:
    """The same decision upon the same version: a double click. Anything else is another editor's."""
    same = case.decisions.filter(
        kind=kind, day=day, persons=persons, base_version=base_version
    ).first()
    if same is None:
        raise ChangedMeanwhileProblem
    return same


def _refuse_impossible(
    case: Case, move: Move, *, day: dt.date, persons: int, today: dt.date
) -> None:
    if case.stage not in move.after:
        raise DecisionOutOfOrderError
    last = case.decisions.latest("base_version").day
    if day < last:
        raise DecisionTooEarlyError(day=last.isoformat())
    if day > today:
        raise DecisionInFutureError
    if move.counts_persons and persons < 1:
        raise NoPersonsError
    if move.judges:
        _refuse_too_many(case, persons=persons)


def _refuse_too_many(case: Case, *, persons: int) -> None:
    sent, judged = _persons(case, SENT), _persons(case, *JUDGMENTS)
    if persons > sent - judged:
        raise TooManyPersonsError(sent=sent, judged=judged, persons=persons, left=sent - judged)


def _stage_after(case: Case, move: Move, *, persons: int) -> Stage:
    """A case stays with the court until everybody who was sent there is judged."""
    judged = _persons(case, *JUDGMENTS) + persons
    return Stage.COURT if move.judges and judged < _persons(case, SENT) else move.leads_to


def _persons(case: Case, *kinds: str) -> int:
    return sum(case.decisions.filter(kind__in=kinds).values_list("persons", flat=True))


def _store_decision(
    *,
    case: Case,
    allegation: Allegation,
    kind: str,
    day: dt.date,
    persons: int,
    base_version: int,
    by: Actor,
    at: dt.datetime,
) -> Decision:
    question = law.question_on(allegation=allegation, day=day)
    asked = law.ask(question)
    decision = Decision.objects.create(
        case=case,
        kind=kind,
        day=day,
        persons=persons,
        base_version=base_version,
        recorded_at=at,
        law_question=question,
        law_answer=asked,
        pack_hash=asked["pack_hash"],
    )
    journal.record(
        act="case.decided",
        subject_kind="case",
        subject_key=case.key,
        by=by,
        at=at,
        reason_code=counted(kind=kind, day=day, persons=persons),
    )
    return decision


def counted(*, kind: str, day: dt.date, persons: int) -> str:
    """What figures count of a decision, as its journal entry commits to it: an auditor recounts it."""
    return f"{kind} {day.isoformat()} {persons}"


def _point_to_next_deadline(case: Case) -> None:
    running = case.deadlines.filter(met_at__isnull=True).order_by("due_at").first()
    case.next_due_at = running.due_at if running else None
    case.next_due_rule = running.rule if running else ""
    case.save(update_fields=["next_due_at", "next_due_rule"])


def _next_number(*, at: dt.datetime) -> str:
    year = local_day(at).year
    CaseNumber.objects.get_or_create(year=year)
    counter = CaseNumber.objects.select_for_update(of=("self",)).get(pk=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{country().code.upper()}-{year}-{counter.last:04d}"
