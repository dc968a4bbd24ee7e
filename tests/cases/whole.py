"""One case with a row of everything on which somebody may act: for tables over all acts."""

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, reverse

from arasha.cases import services
from arasha.cases.compartments import Kept
from arasha.cases.models import (
    Act,
    Allegation,
    Case,
    Charge,
    Deadline,
    Decision,
    Event,
    Extension,
    Identity,
    Involvement,
    LawChange,
    LegalHold,
    Person,
    Proceeding,
    SameEvent,
    TermRequest,
    ViewCode,
)
from arasha.cases.urls import desk as urls
from arasha.country import local_day
from arasha.people.models import Institution, User
from tests.access import rows
from tests.access.cast import give
from tests.cases.keeping import hold
from tests.cases.papers import put
from tests.cases.people import do, happen, version
from tests.cases.test_charge import charge
from tests.cases.test_terms import motion
from tests.walk import NOW, REGISTERED_AT, actor

__all__ = ["whole"]

TODAY = local_day(NOW)
SOMEBODY = uuid.UUID("0b6f3c1e-0000-4000-8000-000000000001")


@dataclass(frozen=True)
class Whole:
    case: Case
    allegation: Allegation
    victim: Person
    suspect: Person
    event: Event
    act: Act
    part: Involvement
    clock: Deadline
    motion: Extension
    request: TermRequest
    hold: LegalHold
    code: ViewCode
    document: Kept
    decision: Decision
    charge: Charge
    proceeding: Proceeding
    change: LawChange
    pair: SameEvent


@pytest.fixture
def whole(case: Case, prosecutor: User, prosecution: Institution) -> Whole:
    victim, suspect = _person(case, "V1", "victim"), _person(case, "S1", "suspect")
    event = happen(case, prosecutor, when="05.03.2021")
    act = do(event, prosecutor, to=victim)
    clock = case.deadlines.get(rule="investigation")
    return Whole(
        case=case,
        allegation=case.allegations.get(),
        victim=victim,
        suspect=suspect,
        event=event,
        act=act,
        part=_part(act, suspect, prosecutor),
        clock=clock,
        motion=motion(clock, prosecutor),
        request=TermRequest.objects.create(case=case, asked_day=TODAY, made_by_key=SOMEBODY),
        hold=hold(case, prosecutor),
        code=services.make_code(person=victim, by=actor(prosecutor), at=NOW).row,
        document=put(case, prosecutor),
        decision=case.decisions.get(),
        charge=charge(suspect, prosecutor),
        proceeding=_proceeding(case, prosecutor),
        change=_change(case),
        pair=_pair(case, prosecution),
    )


def addresses() -> dict[str, str]:
    """Every address of a case by its name, as the URLconf has it: a new one is here at once."""
    found = {}
    for each in _patterns(urls.urlpatterns):
        route = str(each.pattern)
        if route.startswith("<uuid:key>/"):
            found[str(each.name)] = route
    return found


def address_of(name: str, whole: Whole) -> str:
    known: dict[str, Any] = {
        **{each.name: getattr(whole, each.name) for each in fields(Whole)},
        "key": whole.case,
        "kind": "terminated",
        "form": "victim_notice",
        "language": "kk",
        "what": "account",
        "asked": whole.request,
        "change_key": whole.change,
        "person": whole.victim,
        "hold_key": whole.hold,
        "code_key": whole.code,
    }
    wanted = re.findall(r"<(?:\w+:)?(\w+)>", addresses()[name])
    return reverse(f"cases:{name}", kwargs={each: _key(known[each]) for each in wanted})


def _key(row: Any) -> Any:
    return row if isinstance(row, str) else row.pk


def _patterns(patterns: Iterable[Any]) -> Iterator[URLPattern]:
    for each in patterns:
        yield from _patterns(each.url_patterns) if isinstance(each, URLResolver) else [each]


def _person(case: Case, code: str, role: str) -> Person:
    made = Person.objects.create(case=case, code=code, role=role, added_at=REGISTERED_AT)
    Identity.objects.create(case=case, person=made, name=f"Somebody {code}")
    return made


def _part(act: Act, person: Person, by: User) -> Involvement:
    return services.involve(
        act=act,
        person=person,
        degree="did",
        capacity="official",
        state="alleged",
        since_day=local_day(REGISTERED_AT),
        base_version=version(act.case),
        by=actor(by),
        at=NOW,
    )


def _proceeding(case: Case, by: User) -> Proceeding:
    return services.open_proceeding(
        case=case,
        kind="disciplinary",
        body_name="The department",
        opened_day=local_day(REGISTERED_AT),
        base_version=version(case),
        by=actor(by),
        at=NOW,
    )


def _change(case: Case) -> LawChange:
    return LawChange.objects.create(
        case=case,
        of_kind="decision",
        of_key=case.decisions.get().key,
        old_pack_hash="0" * 64,
        new_pack_hash="1" * 64,
        differences=[],
        found_at=NOW,
    )


def _pair(case: Case, office: Institution) -> SameEvent:
    other = rows.case()
    give("case", other.key, office, "assigned")
    said = {"state": "suggested", "score": 1.0, "reasons": [], "found_at": NOW}
    SameEvent.objects.create(case=other, other=case, **said)
    return SameEvent.objects.create(case=case, other=other, **said)
