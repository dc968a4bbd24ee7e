"""The clocks of an appeal: begun by its filing, stopped, made longer, met."""

import datetime as dt
import uuid

from django.db import transaction

from arasha.access.selectors import holders
from arasha.actors import Actor
from arasha.appeals import clocks
from arasha.appeals.errors.work import (
    ExtendedBeforeError,
    MuchLongerError,
    NotLongerError,
    TermMetError,
    TermRanOutError,
    TermRunsError,
    TermStandsError,
)
from arasha.appeals.locking import locked
from arasha.appeals.models import Appeal, Extension, Suspension, Term
from arasha.appeals.recording import record
from arasha.country import local_day
from arasha.people.models import Institution


def begin_terms(*, appeal: Appeal, body: Institution, by: Actor, at: dt.datetime) -> list[Term]:
    """Store what the rules say to a body that has an appeal from today. Part of another act."""
    day = local_day(at)
    return Term.objects.bulk_create(
        _term(appeal, clock, day) for clock in clocks.at_filing(body, day)
    )


@transaction.atomic
def suspend(*, term: Term, reason_code: str, by: Actor, at: dt.datetime) -> Suspension:
    """Let a clock stand still from today. Raises TermMetError, TermStandsError, AlreadyErasedError."""
    appeal, held = _running(term)
    if held.suspensions.filter(until_day=None).exists():
        raise TermStandsError
    made = Suspension.objects.create(
        appeal=appeal, term=held, reason_code=reason_code, from_day=local_day(at)
    )
    _keep_in_step(appeal, held, answer_by=None)
    record("appeal.term_suspended", appeal.pk, reason_code, by=by, at=at)
    return made


@transaction.atomic
def resume(*, term: Term, by: Actor, at: dt.datetime) -> Term:
    """Let a clock go on from today, later by the time it stood. Raises TermMetError, TermRunsError."""
    appeal, held = _running(term)
    standing = held.suspensions.filter(until_day=None).first()
    if standing is None:
        raise TermRunsError
    standing.until_day = local_day(at)
    standing.save(update_fields=["until_day"])
    held.due_day = _due(held)
    held.save(update_fields=["due_day"])
    _keep_in_step(appeal, held, answer_by=held.due_day)
    record("appeal.term_resumed", appeal.pk, standing.reason_code, by=by, at=at)
    return held


@transaction.atomic
def extend(
    *,
    term: Term,
    reason_code: str,
    until_day: dt.date,
    is_meant: bool = False,
    by: Actor,
    at: dt.datetime,
) -> Extension:
    """Make a clock longer, before it has run out, once for each reason.

    `is_meant`: also by more than the whole term, as the rules give it. Raises TermMetError,
    TermStandsError, TermRanOutError, NotLongerError, ExtendedBeforeError, MuchLongerError.
    """
    appeal, held = _running(term)
    _refuse_to_extend(held, reason_code, until_day, local_day(at))
    if not is_meant and until_day > _twice(held):
        raise MuchLongerError
    made = Extension.objects.create(
        appeal=appeal,
        term=held,
        reason_code=reason_code,
        until_day=until_day,
        on_day=local_day(at),
        by_key=uuid.UUID(by.key),
    )
    held.due_day = until_day
    held.save(update_fields=["due_day"])
    _keep_in_step(appeal, held, answer_by=until_day)
    record("appeal.term_extended", appeal.pk, reason_code, by=by, at=at)
    return made


def follow_state(*, appeal: Appeal, by: Actor, at: dt.datetime) -> None:
    """What was answered or passed on has met its clocks; what comes back has them running again.

    Part of another act, which records it.
    """
    held = list(appeal.terms.exclude(code__in=clocks.keeping_codes()))
    newest = max((term.from_day for term in held), default=None)
    for term in held:
        if not appeal.waits:
            _meet(term, term.met_day or local_day(at))
        elif term.from_day == newest:  # what an earlier body had to meet stays met
            _meet(term, None)


def start_retention(*, appeal: Appeal, by: Actor, at: dt.datetime) -> None:
    """Start the clock of keeping an appeal that has ended, by the rules of whoever has it now."""
    day = local_day(at)
    bodies = holders(viewer=by, kind="appeal", key=appeal.key, at=at)
    clock = clocks.at_end(bodies, day)
    if clock and clock.due_day:
        _term(appeal, clock, day).save()


def stop_retention(*, appeal: Appeal, by: Actor, at: dt.datetime) -> None:
    """An appeal that goes on is not yet waiting to be destroyed."""
    for term in appeal.terms.filter(code__in=clocks.keeping_codes(), met_day=None):
        _meet(term, local_day(at))


def _term(appeal: Appeal, clock: clocks.Clock, day: dt.date) -> Term:
    return Term(
        appeal=appeal,
        code=clock.code,
        from_day=day,
        due_day=clock.due_day or day,
        pack_hash=clock.pack_hash,
        needs_review=clock.needs_review,
    )


def _meet(term: Term, day: dt.date | None) -> None:
    term.met_day = day
    term.save(update_fields=["met_day"])


def _running(term: Term) -> tuple[Appeal, Term]:
    appeal = locked(term.appeal)
    held = Term.objects.select_for_update(of=("self",)).get(pk=term.pk)
    if held.met_day is not None:
        raise TermMetError
    return appeal, held


def _refuse_to_extend(term: Term, reason_code: str, until_day: dt.date, today: dt.date) -> None:
    if term.suspensions.filter(until_day=None).exists():
        raise TermStandsError
    if term.due_day < today:
        raise TermRanOutError
    if until_day <= term.due_day:
        raise NotLongerError
    if term.extensions.filter(reason_code=reason_code).exists():
        raise ExtendedBeforeError


def _twice(term: Term) -> dt.date:
    """The day on which as much time again has passed as the rules give."""
    by_rule = _by_rule(term, _stood(term))
    return by_rule + (by_rule - term.from_day)


def _stood(term: Term) -> list[clocks.Interval]:
    return [(each.from_day, each.until_day) for each in term.suspensions.order_by("from_day")]


def _by_rule(term: Term, stood: list[clocks.Interval]) -> dt.date:
    [clock] = clocks.run([term.code], term.from_day, stood)
    return clock.due_day or term.due_day


def _due(term: Term) -> dt.date:
    """The rules' day with all the time it stood, or the extended day with the time it stood since."""
    stood = _stood(term)
    by_rule = _by_rule(term, stood)
    longest = term.extensions.order_by("-until_day").first()
    if longest is None:
        return by_rule
    since = [until - start for start, until in stood if until and start >= longest.on_day]
    return max(by_rule, longest.until_day + sum(since, dt.timedelta()))


def _keep_in_step(appeal: Appeal, term: Term, *, answer_by: dt.date | None) -> None:
    """The day by which the writer is answered is the day of the answer's clock; none while it stands."""
    if clocks.is_for_answer(term.code):
        appeal.answer_by_day = answer_by
        appeal.save(update_fields=["answer_by_day"])
