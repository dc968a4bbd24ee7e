"""What a person does about a clock of a case: suspends it, asks for more time, answers, lets it go on."""

import datetime as dt
import uuid

from django.db import transaction

from arasha.actors import Actor
from arasha.cases import plain_states
from arasha.cases.clocks import Reckoned, asked_of, moment_of, reckon, term_of
from arasha.cases.errors import (
    AmountOutsideRungError,
    ClockMetError,
    ClockRunsError,
    ClockStandsError,
    DayOutsideTermError,
    MotionAnsweredError,
    MotionOpenError,
    NobodyMayExtendError,
)
from arasha.cases.models import Case, Deadline, Extension, Suspension
from arasha.cases.next_due import point_to_next_deadline
from arasha.cases.services.clocks import run_anew
from arasha.cases.versions import locked, raise_version
from arasha.country import local_day
from arasha.journal import services as journal
from arasha.problems import ChangedMeanwhileProblem


@transaction.atomic
def suspend_term(
    *,
    deadline: Deadline,
    reason: str,
    day: dt.date,
    base_version: int,
    by: Actor,
    at: dt.datetime,
) -> Suspension:
    """Let one clock stand from a day; `reason` is one of the pack's `clock_suspensions`.

    Sent twice, it is entered once. Raises ChangedMeanwhileProblem, ClockMetError, ClockStandsError,
    DayOutsideTermError.
    """
    case, held = _locked(deadline)
    same = held.suspensions.filter(reason=reason, until_at=None, made_by_key=by.key).first()
    if same and local_day(same.from_at) == day:
        return same
    _refuse_old(case, held, base_version)
    _refuse_day(day, first=local_day(held.started_at), at=at)
    for each in held.suspensions.all():
        if each.until_at is None or local_day(each.until_at) > day:
            raise ClockStandsError
    made = Suspension.objects.create(
        case=case,
        deadline=held,
        reason=reason,
        from_at=moment_of(day=day, at=at),
        made_by_key=uuid.UUID(by.key),
    )
    _moved("case.clock_suspended", case, held, by=by, at=at, reason_code=reason)
    return made


@transaction.atomic
def resume_term(
    *, deadline: Deadline, day: dt.date, base_version: int, by: Actor, at: dt.datetime
) -> Deadline:
    """Let a clock that stands go on from a day, later by the days for which it stood.

    Raises ChangedMeanwhileProblem, ClockMetError, ClockRunsError, DayOutsideTermError.
    """
    case, held = _locked(deadline)
    _refuse_old(case, held, base_version)
    standing = held.suspensions.filter(until_at=None).first()
    if standing is None:
        raise ClockRunsError
    _refuse_day(day, first=local_day(standing.from_at), at=at)
    standing.until_at = max(moment_of(day=day, at=at), standing.from_at)
    standing.save(update_fields=["until_at"])
    _moved("case.clock_resumed", case, held, by=by, at=at, reason_code=standing.reason)
    return held


@transaction.atomic
def file_motion(
    *,
    deadline: Deadline,
    amount: int,
    reason: str,
    day: dt.date,
    base_version: int,
    by: Actor,
    at: dt.datetime,
) -> Extension:
    """Ask for more time: `amount` is the whole term from its first day, filed on `day`.

    Whoever the next rung names may grant it. A motion after its own last day is taken, and its row says
    that it is late. Sent twice, it is entered once. Raises ChangedMeanwhileProblem, ClockMetError,
    MotionOpenError, NobodyMayExtendError, AmountOutsideRungError, DayOutsideTermError.
    """
    case, held = _locked(deadline)
    same = held.extensions.filter(granted=None, amount=amount, reason=reason).first()
    if same and str(same.filed_by_key) == by.key:
        return same
    _refuse_old(case, held, base_version)
    _refuse_day(day, first=local_day(held.started_at), at=at)
    if held.extensions.filter(granted=None).exists():
        raise MotionOpenError
    found = reckon(held, day=day)
    _refuse_amount(found, amount, so_far=term_of(held).amount)
    if found.rung is None:
        raise NobodyMayExtendError
    made = Extension.objects.create(
        case=case,
        deadline=held,
        rung=found.number,
        grantor=found.rung.grantor,
        amount=amount,
        reason=reason,
        filed_at=moment_of(day=day, at=at),
        filed_by_key=uuid.UUID(by.key),
        motion_due_at=found.motion_due_at,
        due_before_at=held.due_at,
        law_answer=asked_of(found.rung),
    )
    _moved("case.motion_filed", case, held, by=by, at=at)
    return made


@transaction.atomic
def answer_motion(
    *,
    extension: Extension,
    granted: bool,
    day: dt.date,
    amount: int | None = None,
    base_version: int,
    by: Actor,
    at: dt.datetime,
) -> Extension:
    """Enter what was decided on a motion, on which day; `amount`: what was granted, if less than asked.

    Sent twice, it is entered once. Raises ChangedMeanwhileProblem, MotionAnsweredError, ClockMetError,
    AmountOutsideRungError, DayOutsideTermError.
    """
    case, held = _locked(extension.deadline)
    asked = Extension.objects.get(pk=extension.pk)
    given = (amount or asked.amount) if granted else None
    if asked.granted is not None:
        if (asked.granted, asked.answered_day, asked.granted_amount) == (granted, day, given):
            return asked
        raise MotionAnsweredError
    _refuse_old(case, held, base_version)
    _refuse_day(day, first=local_day(asked.filed_at), at=at)
    so_far = term_of(held).amount
    if given is not None and not so_far < given <= asked.amount:
        raise AmountOutsideRungError(amount=given, least=so_far + 1, most=asked.amount)
    asked.granted, asked.answered_day, asked.granted_amount = granted, day, given
    asked.save(update_fields=["granted", "answered_day", "granted_amount"])
    act = "case.motion_granted" if granted else "case.motion_refused"
    _moved(act, case, held, by=by, at=at)
    asked.due_after_at = None if held.is_standing else held.due_at
    asked.save(update_fields=["due_after_at"])
    return asked


def _locked(deadline: Deadline) -> tuple[Case, Deadline]:
    """The case first: every act takes its locks in this order."""
    case = locked(deadline.case)
    return case, Deadline.objects.select_for_update(of=("self",)).get(pk=deadline.pk)


def _refuse_old(case: Case, deadline: Deadline, base_version: int) -> None:
    if case.version != base_version:
        raise ChangedMeanwhileProblem
    if deadline.met_at is not None:
        raise ClockMetError


def _refuse_day(day: dt.date, *, first: dt.date, at: dt.datetime) -> None:
    if not first <= day <= local_day(at):
        raise DayOutsideTermError(
            day=day.isoformat(), first=first.isoformat(), last=local_day(at).isoformat()
        )


def _refuse_amount(found: Reckoned, amount: int, *, so_far: int) -> None:
    if found.rung is None:
        raise NobodyMayExtendError
    limit = found.rung.up_to
    if amount <= so_far or (limit and amount > limit.amount):
        raise AmountOutsideRungError(
            amount=amount, least=so_far + 1, most=limit.amount if limit else "…"
        )


def _moved(
    act: str, case: Case, deadline: Deadline, *, by: Actor, at: dt.datetime, reason_code: str = ""
) -> None:
    """A clock was moved: it is reckoned anew, the case points to its next end, and the act is written."""
    run_anew(deadline=deadline, by=by, at=at)
    point_to_next_deadline(case)
    raise_version(case)
    plain_states.refresh(case, at)
    journal.record(
        act=act,
        subject_kind="case",
        subject_key=case.key,
        by=by,
        at=at,
        reason_code=reason_code,
    )
