"""Clocks of the law on a case: started, stopped, made to stand and to go on.

All of these are parts of another act, a decision for the most; only the start of a clock is one of its own.
"""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from arasha.actors import USER, Actor
from arasha.cases import law, plain_states
from arasha.cases.clocks import given_term, reckon, reckon_new
from arasha.cases.models import Allegation, Case, Deadline, Extension, Suspension
from arasha.cases.next_due import point_to_next_deadline
from arasha.country import country, local_day
from arasha.journal import services as journal
from arasha.packs.asking import as_step
from arasha.packs.basis import Basis


@transaction.atomic
def start_clock(
    *, case: Case, allegation: Allegation, rule: str, by: Actor, at: dt.datetime
) -> Deadline | None:
    """Start a clock of the law; when it is due, and why, is stored with it.

    None: the rules of that day know no such term, and no clock runs.
    """
    deadline = new_clock(case=case, allegation=allegation, rule=rule, at=at)
    if deadline is None:
        return None
    deadline.save()
    point_to_next_deadline(case)
    plain_states.refresh(case, at)
    journal.record(
        act="case.clock_started", subject_kind="case", subject_key=case.key, by=by, at=at
    )
    return deadline


def new_clock(
    *,
    case: Case,
    allegation: Allegation,
    rule: str,
    at: dt.datetime,
    facts: law.Facts | None = None,
) -> Deadline | None:
    """A clock as it starts, not yet written. None: the rules of that day know no such term.

    `facts`: of a case that is not written either.
    """
    question = law.deadline_question(allegation=allegation, rule=rule, start=at, facts=facts)
    asked = law.ask(question)
    due = asked["answers"][0]["due_at"]
    if due is None:
        return None
    deadline = Deadline(
        case_id=case.key,
        rule=rule,
        started_at=at,
        due_at=dt.datetime.fromisoformat(due),
        law_answer=asked | {"term": given_term(rule, at)},
        moved=1,
    )
    found = reckon_new(deadline, day=local_day(at))
    if found.due_at and found.due_at != deadline.due_at:
        deadline.due_at, deadline.due_since_at = found.due_at, at
    deadline.motion_due_at = found.motion_due_at
    return deadline


def run_as(*, case: Case, allegation: Allegation, by: Actor, at: dt.datetime) -> None:
    """Let the term of the form run in which the case is investigated now, from where another one began.

    What was lengthened, or shall be, goes on as it is.
    """
    for form in country().procedure.forms:
        is_so = form.is_of(case.conduct, case.provision, _investigates(case))
        old, new = (form.instead_of, form.runs) if is_so else (form.runs, form.instead_of)
        why = form.basis if is_so else None
        for running in _running(case, [old]).exclude(extensions__in=_that_lengthen(case)):
            _replace(running, new, allegation, why, by=by, at=at)


def stop_clocks(*, case: Case, rules: Collection[str], by: Actor, at: dt.datetime) -> None:
    """What these clocks were running for is done. One that stands goes on no more."""
    for deadline in _running(case, rules):
        _end_standing(deadline, at)
        deadline.met_at, deadline.is_standing, deadline.motion_due_at = at, False, None
        deadline.save(update_fields=["met_at", "is_standing", "motion_due_at"])
    point_to_next_deadline(case)


def suspend_clocks(
    *, case: Case, rules: Collection[str], reason: str, by: Actor, at: dt.datetime
) -> None:
    """Let running clocks stand from `at`; `reason` is one of the pack's `clock_suspensions`.

    A clock that stands already goes on standing, from now on for this reason.
    """
    for deadline in _running(case, rules):
        _end_standing(deadline, at)
        Suspension.objects.create(
            case=case,
            deadline=deadline,
            reason=reason,
            from_at=at,
            made_by_key=uuid.UUID(by.key) if by.kind == USER else None,
        )
        run_anew(deadline=deadline, by=by, at=at)
    point_to_next_deadline(case)


def resume_clocks(*, case: Case, rules: Collection[str], by: Actor, at: dt.datetime) -> None:
    """Let standing clocks go on from `at`, later by the time for which they stood."""
    for deadline in _running(case, rules):
        _end_standing(deadline, at)
        run_anew(deadline=deadline, by=by, at=at)
    point_to_next_deadline(case)


def run_anew(*, deadline: Deadline, by: Actor, at: dt.datetime) -> None:
    """Reckon a clock from its rows: its end, whether it stands, by when more must be asked.

    While it stands `due_at` keeps its last value: nothing is due.
    """
    found = reckon(deadline, day=local_day(at))
    deadline.is_standing = found.due_at is None
    if found.due_at and found.due_at != deadline.due_at:
        deadline.due_at, deadline.due_since_at = found.due_at, at
    is_asked = deadline.extensions.filter(granted=None).exists()
    deadline.motion_due_at = None if is_asked else found.motion_due_at
    deadline.rung = deadline.extensions.filter(granted=True).count()
    deadline.moved += 1
    deadline.save()


def _replace(
    old: Deadline,
    rule: str,
    allegation: Allegation,
    why: Basis | None,
    *,
    by: Actor,
    at: dt.datetime,
) -> None:
    """One term in place of another, with all the time for which that one stood."""
    began = new_clock(case=old.case, allegation=allegation, rule=rule, at=old.started_at)
    if began is None:
        return
    if why:
        began.law_answer["answers"][0]["steps"].append(as_step(why))
        began.law_answer["answers"][0]["checked"] = why.checked
    old.met_at, old.motion_due_at, old.replaced_by = at, None, rule
    was_standing, old.is_standing = old.is_standing, False
    old.save(update_fields=["met_at", "motion_due_at", "replaced_by", "is_standing"])
    began.save()
    for each in old.suspensions.all():
        Suspension.objects.create(
            case=old.case,
            deadline=began,
            reason=each.reason,
            from_at=each.from_at,
            until_at=each.until_at,
            made_by_key=each.made_by_key,
        )
    if was_standing:
        _end_standing(old, at)
    run_anew(deadline=began, by=by, at=at)
    point_to_next_deadline(old.case)
    plain_states.refresh(old.case, at)
    journal.record(
        act="case.clock_started", subject_kind="case", subject_key=old.case.key, by=by, at=at
    )


def _investigates(case: Case) -> str:
    last = case.classifications.order_by("number").last()
    return last.body_kind if last else ""


def _that_lengthen(case: Case) -> QuerySet[Extension]:
    """What was granted, and what is asked and not answered yet."""
    return case.extensions.exclude(granted=False)


def _end_standing(deadline: Deadline, at: dt.datetime) -> None:
    for standing in deadline.suspensions.filter(until_at=None):
        standing.until_at = max(at, standing.from_at)
        standing.save(update_fields=["until_at"])


def _running(case: Case, rules: Collection[str]) -> QuerySet[Deadline]:
    return case.deadlines.select_for_update(of=("self",)).filter(rule__in=rules, met_at=None)
