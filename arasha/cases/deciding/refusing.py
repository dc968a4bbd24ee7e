"""What a decision may not be: out of its order, of an impossible day, without what its kind needs."""

import datetime as dt
import uuid

from arasha.cases import law
from arasha.cases.deciding.content import Content, OnPerson
from arasha.cases.deciding.court import BeforeCourt, before_court, comes_again, named_before_court
from arasha.cases.deciding.errors import (
    MISSING,
    DecisionBeforeActError,
    JoinedToItselfError,
    MonthsWithoutSentenceError,
    NotBeforeCourtError,
    NothingToApproveError,
    NotJudgedError,
    NotSuspectError,
    PersonsDisagreeError,
    TwiceBeforeCourtError,
    UnknownCodeError,
)
from arasha.cases.errors import (
    DecisionInFutureError,
    DecisionOutOfOrderError,
    DecisionTooEarlyError,
    NoPersonsError,
    TooManyPersonsError,
)
from arasha.cases.errors.allegations import CaseNotOpenError
from arasha.cases.models import Allegation, Case
from arasha.country import country
from arasha.packs.procedure import DecisionKind, Need


def refuse_impossible(
    case: Case,
    allegation: Allegation,
    kind: DecisionKind,
    content: Content,
    *,
    day: dt.date,
    persons: int,
    today: dt.date,
) -> None:
    """Raise what a person can correct, the first fault first."""
    if case.stage not in kind.after:
        raise DecisionOutOfOrderError
    if not has_what_it_approves(case, kind):
        raise NothingToApproveError
    _refuse_day(case, allegation, day=day, today=today)
    _refuse_missing(kind, content)
    _refuse_unknown(kind, content)
    if kind.counts_persons and persons < 1:
        raise NoPersonsError
    _refuse_persons(case, kind, content, persons=persons)


def has_what_it_approves(case: Case, kind: DecisionKind) -> bool:
    """Whether the last decision waits for this one; what approves nothing waits for none."""
    if not kind.approves:
        return True
    last = case.decisions.order_by("base_version").last()
    return last is not None and last.kind in kind.approves


def _refuse_day(case: Case, allegation: Allegation, *, day: dt.date, today: dt.date) -> None:
    last = case.decisions.order_by("base_version").last()
    if last is not None and day < last.day:
        raise DecisionTooEarlyError(day=last.day.isoformat())
    if day > today:
        raise DecisionInFutureError
    ended = law.last_day_of_act(allegation)
    if day < ended:
        raise DecisionBeforeActError(day=ended.isoformat())


def _refuse_missing(kind: DecisionKind, content: Content) -> None:
    said: dict[Need, object] = {
        "ground": content.ground,
        "reason": content.reason.strip(),
        "court": content.body_name.strip(),
        "body": content.body_name.strip(),
        "number": content.number.strip(),
        "case": content.into,
        "sentence": any(each.sentence for each in content.on_persons),
    }
    for need in kind.needs:
        if need in MISSING and not said[need]:
            raise MISSING[need]


def _refuse_unknown(kind: DecisionKind, content: Content) -> None:
    codes = [
        (kind.grounds, content.ground),
        ("reliefs", content.relief),
        *(("sentences", each.sentence) for each in content.on_persons),
        *(("reliefs", each.relief) for each in content.on_persons),
    ]
    for vocabulary, code in codes:
        known = country().vocabularies[vocabulary].terms if vocabulary else {}
        if code and code not in known:
            raise UnknownCodeError(code=code)


def refuse_joining(case: Case, into: Case | None) -> None:
    """A case is joined to another one that is still there, and not to one that was joined to it."""
    if into is not None and into.erased_at is not None:
        raise CaseNotOpenError
    seen: set[uuid.UUID] = set()
    while into is not None and into.pk not in seen:
        if into.pk == case.pk:
            raise JoinedToItselfError
        seen.add(into.pk)
        into = into.joined_to


def _refuse_persons(case: Case, kind: DecisionKind, content: Content, *, persons: int) -> None:
    named = content.on_persons
    for each in named:
        _refuse_stranger(case, each)
    if named and persons != len({each.person.pk for each in named}):
        raise PersonsDisagreeError(named=len(named), persons=persons)
    stands = before_court(case)
    if kind.court == "leaves" and persons > stands.waiting:
        raise TooManyPersonsError(
            sent=stands.sent, judged=stands.judged, persons=persons, left=stands.waiting
        )
    if comes_again(kind) and persons > stands.judged:
        raise NotJudgedError(judged=stands.judged, persons=persons)
    if kind.court and named:
        _refuse_wrong_side(case, kind, named, stands)


def _refuse_stranger(case: Case, on_person: OnPerson) -> None:
    suspects = country().vocabularies["person_roles"].meaning("suspect")
    person = on_person.person
    if person.case_id != case.pk or person.role not in suspects:
        raise NotSuspectError(code=person.code)
    if on_person.months is not None and not on_person.sentence:
        raise MonthsWithoutSentenceError(code=person.code)


def _refuse_wrong_side(
    case: Case, kind: DecisionKind, named: tuple[OnPerson, ...], stands: BeforeCourt
) -> None:
    """Who comes before the court is not there yet; who leaves it is there, by name or in the number."""
    inside = named_before_court(case)
    unnamed = stands.waiting - len(inside)
    for each in named:
        if kind.court == "enters" and each.person.pk in inside:
            raise TwiceBeforeCourtError(code=each.person.code)
        if kind.court == "leaves" and each.person.pk not in inside:
            unnamed -= 1
            if unnamed < 0:
                raise NotBeforeCourtError(code=each.person.code)
