"""An allegation becomes a case: its number, its clocks, the offices to which it is open."""

import datetime as dt
import uuid
from functools import partial

from django.db import transaction

from arasha.access import services as access
from arasha.access.policy import INSTITUTION
from arasha.actors import Actor
from arasha.cases.clocks import moment_of
from arasha.cases.errors import AlreadyRegisteredError
from arasha.cases.errors.allegations import AnonymousOpensNothingError, NotWarnedError
from arasha.cases.models import Allegation, Case, CaseNumber
from arasha.cases.receiving import CITIZEN, bars_anonymous, demands_warning
from arasha.cases.services.clocks import start_clock
from arasha.cases.services.deciding import store_decision
from arasha.cases.services.numbers import add_number
from arasha.cases.services.settling import REGISTERED, Outcome, locked_allegation, settle
from arasha.country import country, local_day
from arasha.people.models import Institution
from arasha.references import fold_number


@transaction.atomic
def register(
    *,
    allegation: Allegation,
    holder: Institution,
    number_register: str,
    number: str,
    number_day: dt.date,
    number_issuer: str = "",
    by: Actor,
    at: dt.datetime,
) -> Case:
    """Register an allegation as a case, with its number in the national register; clocks start.

    It is registered on `number_day`, however late that is entered. Sent twice, it is registered once.
    Raises AlreadyRegisteredError, AnonymousOpensNothingError, NotWarnedError, NoNumberError,
    NumberTakenError, and what `settle` raises.
    """
    locked = locked_allegation(allegation=allegation)
    if locked.case is not None:
        return _registered_before(locked, locked.case, number_register, number, by=by)
    _refuse_groundless(locked, day=local_day(at))
    entered = max(number_day, local_day(locked.received_at))
    registered_at = max(locked.received_at, moment_of(day=entered, at=at))
    key = uuid.uuid4()
    _open_to_offices(key, holder, by=by, at=at)
    case = Case.objects.create(
        key=key,
        number=_next_number(at=registered_at),
        holder=holder,
        place_id=locked.place_id,
        registered_at=registered_at,
    )
    if locked.receiver is None:
        locked.receiver = holder
        locked.save(update_fields=["receiver"])
    settle(
        locked=locked,
        outcome=Outcome(kind=REGISTERED, day=entered, case=case),
        by=by,
        at=at,
    )
    add_number(
        case=case,
        register=number_register,
        number=number,
        given_day=number_day,
        issuer=number_issuer,
        by=by,
        at=at,
    )
    for rule in country().procedure.kinds[REGISTERED].starts:
        start_clock(case=case, allegation=locked, rule=rule, by=by, at=registered_at)
    store_decision(
        case=case,
        allegation=locked,
        kind=REGISTERED,
        day=entered,
        persons=0,
        base_version=0,
        by=by,
        at=at,
    )
    return case


def _registered_before(
    locked: Allegation, case: Case, number_register: str, number: str, *, by: Actor
) -> Case:
    """The same number from the same hand: a double click. Raises AlreadyRegisteredError."""
    outcome, folded = locked.outcome, fold_number(number)
    is_mine = outcome is not None and str(outcome.made_by_key) == by.key
    if is_mine and case.numbers.filter(register=number_register, folded=folded).exists():
        return case
    raise AlreadyRegisteredError


def _refuse_groundless(locked: Allegation, *, day: dt.date) -> None:
    """What the rules of the day call no ground, or ask for first."""
    if locked.is_anonymous and (article := bars_anonymous(day)):
        raise AnonymousOpensNothingError(article=article)
    is_complaint = locked.source_kind == CITIZEN and locked.warned_day is None
    if is_complaint and (article := demands_warning(day)):
        raise NotWarnedError(article=article)


def _open_to_offices(key: uuid.UUID, holder: Institution, *, by: Actor, at: dt.datetime) -> None:
    """The office conducts the case; the superior prosecutor's, if there is one, oversees it."""
    give = partial(
        access.grant, subject_kind="case", subject_key=key, holder_kind=INSTITUTION, by=by, at=at
    )
    for basis, office in (("assigned", holder.key), ("supervises", holder.parent_id)):
        if office is not None:
            give(holder_key=office, basis=basis)


def _next_number(*, at: dt.datetime) -> str:
    year = local_day(at).year
    CaseNumber.objects.get_or_create(year=year)
    counter = CaseNumber.objects.select_for_update(of=("self",)).get(pk=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{country().code.upper()}-{year}-{counter.last:04d}"
