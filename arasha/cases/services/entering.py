"""Many cases enter the register at once, each with its numbers, people, decisions and clocks; or none does."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from django.db import IntegrityError, transaction

from arasha.access.policy import INSTITUTION
from arasha.access.services import Granted, grant_many
from arasha.actors import Actor
from arasha.cases.errors import NumbersTakenMeanwhileError
from arasha.cases.importing.lines import Decided
from arasha.cases.importing.rows import Rows
from arasha.cases.models import (
    Allegation,
    Case,
    CaseNumber,
    Classification,
    Deadline,
    Decision,
    Identity,
    Number,
    Person,
)
from arasha.cases.services.clocks import (
    new_clock,
    resume_clocks,
    start_clock,
    stop_clocks,
    suspend_clocks,
)
from arasha.cases.services.deciding import counted
from arasha.country import country, local_day, midnight
from arasha.journal import services as journal

ROWS_AT_ONCE = 100
DAY, SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)


@transaction.atomic
def enter(*, rows: Sequence[Rows], act: str, by: Actor, at: dt.datetime) -> list[Case]:
    """Write cases as they were made ready. `act`: what the journal calls it.

    Raises NumbersTakenMeanwhileError, and then nothing is in.
    """
    _give_numbers(rows)
    clocks = [clock for each in rows if _runs_by_itself(each) for clock in _new_clocks(each, at)]
    grant_many(grants=[grant for each in rows for grant in _grants(each.case, at)], by=by)
    Case.objects.bulk_create([each.case for each in rows], ROWS_AT_ONCE)
    Allegation.objects.bulk_create([each.allegation for each in rows], ROWS_AT_ONCE)
    try:
        with transaction.atomic():
            numbers = [number for each in rows for number in each.numbers]
            Number.objects.bulk_create(numbers, ROWS_AT_ONCE)
    except IntegrityError as error:
        raise NumbersTakenMeanwhileError from error
    Person.objects.bulk_create([one for each in rows for one in each.persons], ROWS_AT_ONCE)
    Identity.objects.bulk_create([one for each in rows for one in each.identities], ROWS_AT_ONCE)
    Decision.objects.bulk_create([one for each in rows for one in each.decisions], ROWS_AT_ONCE)
    Classification.objects.bulk_create(
        [each.classification for each in rows if each.classification], ROWS_AT_ONCE
    )
    Deadline.objects.bulk_create(clocks, ROWS_AT_ONCE)
    acts = [said for each in rows for said in _acts(each, act, by, at)]
    journal.record_many(acts=[*acts, *_starts(clocks, by)])
    for each in rows:
        if not _runs_by_itself(each):
            _run_clocks(each, by=by, at=at)
    return [each.case for each in rows]


def _give_numbers(rows: Sequence[Rows]) -> None:
    """Our own numbers, year by year, in the order of the lines."""
    years = Counter(local_day(each.case.registered_at).year for each in rows)
    given = {year: _take(year, count) for year, count in sorted(years.items())}
    code = country().code.upper()
    for each in rows:
        year = local_day(each.case.registered_at).year
        each.case.number = f"{code}-{year}-{next(given[year]):04d}"


def _take(year: int, count: int) -> Iterator[int]:
    CaseNumber.objects.get_or_create(year=year)
    counter = CaseNumber.objects.select_for_update(of=("self",)).get(pk=year)
    counter.last += count
    counter.save(update_fields=["last"])
    return iter(range(counter.last - count + 1, counter.last + 1))


def _grants(case: Case, at: dt.datetime) -> Iterator[Granted]:
    """The office conducts the case; the superior one, if there is one, oversees it."""
    for basis, office in (("assigned", case.holder_id), ("supervises", case.holder.parent_id)):
        if office is not None:
            yield Granted(
                subject_kind="case",
                subject_key=case.key,
                holder_kind=INSTITUTION,
                holder_key=office,
                basis=basis,
                at=at,
            )


def _acts(rows: Rows, act: str, by: Actor, at: dt.datetime) -> Iterator[journal.Act]:
    yield journal.Act(act=act, subject_kind="case", subject_key=rows.case.key, by=by, at=at)
    for each in rows.decisions:
        yield journal.Act(
            act="case.decided",
            subject_kind="case",
            subject_key=rows.case.key,
            by=by,
            at=at,
            reason_code=counted(kind=each.kind, day=each.day, persons=each.persons),
        )


def _runs_by_itself(rows: Rows) -> bool:
    """Nothing stood still in it: all that its clocks do is known before it is written."""
    kinds = country().procedure.kinds
    moves = [kinds[each.kind] for each in rows.line.decisions]
    return not any(kind.suspends or kind.resumes for kind in moves)


def _new_clocks(rows: Rows, at: dt.datetime) -> list[Deadline]:
    """Its clocks as its decisions moved them, each on its own day; the case points to the next."""
    made: list[Deadline] = []
    for decided in _that_move_clocks(rows):
        kind, moment = country().procedure.kinds[decided.kind], _end_of(decided, at)
        for each in made:
            if each.rule in kind.meets and each.met_at is None:
                each.met_at, each.motion_due_at = moment, None
        started = (
            new_clock(
                case=rows.case,
                allegation=rows.allegation,
                rule=rule,
                at=moment,
                facts=rows.facts,
            )
            for rule in kind.starts
        )
        made += [each for each in started if each is not None]
    _point_to_next(rows.case, made)
    return made


def _point_to_next(case: Case, clocks: Sequence[Deadline]) -> None:
    running = [each for each in clocks if each.met_at is None]
    if running:
        first = min(running, key=lambda each: each.due_at)
        case.next_due_at, case.next_due_rule = first.due_at, first.rule


def _starts(clocks: Sequence[Deadline], by: Actor) -> Iterator[journal.Act]:
    for each in clocks:
        yield journal.Act(
            act="case.clock_started",
            subject_kind="case",
            subject_key=each.case_id,
            by=by,
            at=each.started_at,
        )


def _run_clocks(rows: Rows, *, by: Actor, at: dt.datetime) -> None:
    """The same where a clock stood still: one step after another, as at the desk."""
    runs = False  # no clock to stop before the first one started
    for decided in _that_move_clocks(rows):
        _move_clocks(rows, decided, runs=runs, by=by, at=_end_of(decided, at))
        runs = runs or bool(country().procedure.kinds[decided.kind].starts)


def _that_move_clocks(rows: Rows) -> list[Decided]:
    """All decisions of a case that is still open; none where no clock runs any more."""
    stages, kinds = country().procedure.stages, country().procedure.kinds
    if not stages[rows.case.stage].is_open:
        return []
    if kinds[rows.line.decisions[-1].kind].court == "enters":
        return []  # what ran before is met, and nothing runs in court
    return rows.line.decisions


def _end_of(decided: Decided, at: dt.datetime) -> dt.datetime:
    return min(at, midnight(decided.day + DAY) - SECOND)


def _move_clocks(rows: Rows, decided: Decided, *, runs: bool, by: Actor, at: dt.datetime) -> None:
    kind, case = country().procedure.kinds[decided.kind], rows.case
    if kind.meets and runs:
        stop_clocks(case=case, rules=kind.meets, by=by, at=at)
    for rule in kind.starts:
        start_clock(case=case, allegation=rows.allegation, rule=rule, by=by, at=at)
    if kind.suspends:
        suspend_clocks(case=case, rules=kind.suspends, reason=kind.code, by=by, at=at)
    if kind.resumes:
        resume_clocks(case=case, rules=kind.resumes, by=by, at=at)
