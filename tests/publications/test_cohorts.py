"""Cohorts of a release: every case in exactly one ending, and an outsider counts them again."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arasha.actors import ANONYMOUS, FIGURES
from arasha.cases import cohorts as register
from arasha.cases import services as cases
from arasha.cases.deciding.content import Content
from arasha.cases.deciding.court import BeforeCourt, stage_after
from arasha.cases.models import Case, Classification, Decision
from arasha.cases.services.classifying import Finding
from arasha.country import country, local_day, midnight
from arasha.engines.figures import funnel
from arasha.packs.procedure import DecisionKind
from arasha.people.models import Institution, User
from arasha.programs.audit.cohorts import recounted
from arasha.programs.audit.openings import CellOf, Classified, Decided, Opened, read_cohorts
from arasha.publications import cohorts, selectors, services
from arasha.publications.cohorts import BY_ENDING, Cell
from arasha.publications.errors import NotAnAnalystError, TotalsDisagreeError
from arasha.publications.models import Release
from tests.cases.test_classify import ILL_TREATMENT, TORTURE
from tests.walk import DAY, NOW, REGISTERED_AT, actor, at_work, decide, needed_by

head_of_office = at_work("supervisor", "prosecution")
TODAY = local_day(NOW)
# Every way of a case by kinds that a prosecutor may enter one after another.
COURSES = [
    [],
    ["investigation_opened"],
    ["interrupted"],
    ["terminated"],
    ["investigation_opened", "plea_agreement"],
    ["sent_to_court"],
    ["sent_to_court", "returned"],
    ["sent_to_court", "returned", "terminated"],
    ["sent_to_court", "withdrawn"],
    ["sent_to_court", "court_terminated"],
    ["sent_to_court", "acquitted", "appealed", "appeal_upheld", "in_force"],
    ["sent_to_court", "convicted", "appealed", "appeal_reversed", "acquitted"],
    ["sent_to_court", "convicted", "in_force", "execution_begun"],
]


def endings(until: dt.date = TODAY) -> dict[str, int]:
    found = Counter[str]()
    for each in register.standings(viewer=FIGURES, until=until):
        found[each.ending] += each.cases
    return dict(found)


def follow(case: Case, by: User, *kinds: str) -> None:
    for days_later, kind in enumerate(kinds, start=1):
        needs = "persons" in country().procedure.kinds[kind].needs
        decide(case, kind, by, days_later=days_later, persons=int(needs))


def sign(case: Case, by: User, finding: Finding) -> None:
    version = Case.objects.get(pk=case.pk).version
    cases.classify(
        case=case, finding=finding, factor_at=NOW, base_version=version, by=actor(by), at=NOW
    )


def test_nobody_without_the_post_counts_cohorts(officer: User) -> None:
    for who in (ANONYMOUS, FIGURES, actor(officer)):
        with pytest.raises(NotAnAnalystError):
            services.count_cohorts(until=TODAY, by=who, at=NOW)


@pytest.mark.parametrize("course", COURSES, ids=lambda course: "-".join(course) or "none")
def test_a_case_has_the_ending_of_its_last_decision_that_says_one(
    course: list[str], case: Case, prosecutor: User
) -> None:
    follow(case, prosecutor, *course)

    kinds = country().procedure.kinds
    ends = [kinds[kind].ends for kind in ["registered", *course] if kinds[kind].ends]
    assert endings() == {ends[-1]: 1}


def test_a_case_that_was_revived_is_pending_and_then_stands_by_its_last_decision(
    case: Case, prosecutor: User, head_of_office: User
) -> None:
    follow(case, prosecutor, "terminated")
    decide(case, "termination_reversed", head_of_office, days_later=2)
    revived = endings()
    decide(case, "terminated", prosecutor, days_later=3)

    assert (revived, endings()) == ({"pending": 1}, {"terminated": 1})


def test_on_an_earlier_day_it_stood_as_it_did_then(case: Case, prosecutor: User) -> None:
    follow(case, prosecutor, "sent_to_court", "convicted")
    registered = local_day(REGISTERED_AT)

    assert endings(registered - DAY) == {}
    assert endings(registered) == {"pending": 1}
    assert endings(registered + DAY) == {"with_court": 1}
    assert endings() == {"convicted": 1}


def test_a_joined_case_is_joined_and_counts_once(
    case: Case, other_case: Case, prosecutor: User
) -> None:
    ground = needed_by("joined").ground
    decide(case, "joined", prosecutor, content=Content(ground=ground, into=other_case))

    assert endings() == {"joined": 1, "pending": 1}


@pytest.fixture
def other_case(case: Case) -> Case:
    """A second case of the same office, as a register brings it."""
    first = Decision.objects.get()
    key = Case.objects.create(
        number="KZ-0000-0002", holder=case.holder, registered_at=REGISTERED_AT
    ).key
    Decision.objects.create(
        case_id=key, kind="registered", day=first.day, base_version=0, recorded_at=NOW,
        law_question={}, law_answer={}, pack_hash=first.pack_hash,
    )  # fmt: skip
    return Case.objects.get(pk=key)


def test_a_case_that_nobody_classified_is_its_own_row(case: Case, prosecutor: User) -> None:
    (before,) = register.standings(viewer=FIGURES, until=TODAY)
    sign(case, prosecutor, TORTURE)
    (after,) = register.standings(viewer=FIGURES, until=TODAY)

    assert before.group == register.NOT_CLASSIFIED
    since = Case.objects.get().provision_from_day
    assert str(after.group) == f"torture 146.2 {since}"


def test_opened_as_torture_and_reclassified_stays_visible(case: Case, prosecutor: User) -> None:
    sign(case, prosecutor, TORTURE)
    assert _of("cases_opened_as_torture_reclassified") == 0
    sign(case, prosecutor, replace(ILL_TREATMENT, reason="purpose_not_found"))

    assert _of("cases_opened_as_torture") == 1
    assert _of("cases_opened_as_torture_reclassified") == 1


def test_a_case_that_came_back_from_court_was_there_all_the_same(
    case: Case, prosecutor: User
) -> None:
    follow(case, prosecutor, "sent_to_court", "returned", "terminated")

    assert endings() == {"terminated": 1}
    assert _of("cases_ever_in_court") == 1


def test_a_relief_that_the_law_bars_is_counted(case: Case, prosecutor: User) -> None:
    follow(case, prosecutor, "terminated")
    assert _of("cases_with_barred_relief") == 0
    Decision.objects.filter(kind="terminated").update(was_barred=True, relief="amnesty")

    assert _of("cases_with_barred_relief") == 1


def _of(indicator: str) -> int:
    cells = cohorts.counted(until=TODAY)
    return sum(cell.value for cell in cells if cell.indicator == indicator)


def test_cohorts_that_do_not_add_up_are_not_released(
    analyst: User, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "registered", lambda **asked: 2)

    with pytest.raises(TotalsDisagreeError, match="add up to 1"):
        services.release(by=actor(analyst), at=NOW)
    assert not Release.objects.exists()


def test_a_release_keeps_its_cohorts_when_cases_go_on(
    analyst: User, case: Case, prosecutor: User
) -> None:
    released = services.release(by=actor(analyst), at=NOW)
    before = selectors.cohort_cells(viewer=ANONYMOUS, release=released)
    follow(case, prosecutor, "terminated")

    year = local_day(REGISTERED_AT).year
    assert before == [Cell(BY_ENDING, year, register.NOT_CLASSIFIED, "pending", 1)]
    assert selectors.cohort_cells(viewer=ANONYMOUS, release=released) == before
    assert services.release(by=actor(analyst), at=NOW).number == 2


def test_a_release_of_before_the_cohorts_still_opens_its_leaf(release_before: Release) -> None:
    figures = selectors.download(viewer=ANONYMOUS, release=release_before)["figures"]

    assert isinstance(figures, dict)
    assert "cohorts" not in figures


@pytest.fixture
def release_before(db: None) -> Release:
    return Release.objects.create(
        number=1, as_of_day=TODAY, released_at=NOW, salt=b"s" * 32, leaf_hash=b"h" * 32
    )


@dataclass(frozen=True)
class History:
    """Decisions as (kind, day) and classifications as (conduct, day), both in the order of entry."""

    decided: list[tuple[str, dt.date]]
    signed: list[tuple[str, dt.date]]


@st.composite
def histories(draw: st.DrawFn) -> History:
    """A random walk through the country's procedure, with one person in the case."""
    stage, stands, day = "received", BeforeCourt(), TODAY
    decided: list[tuple[str, dt.date]] = []
    for _ in range(draw(st.integers(1, 9))):
        open_now = [
            kind
            for kind in country().procedure.kinds_after(stage)
            if not (kind.court == "leaves" and not stands.waiting)
        ]
        kind = draw(st.sampled_from(open_now)) if decided else registration()
        stands = stands.after(kind, 1)
        stage = stage_after(stage, kind, stands)
        decided.append((kind.code, day))
        day += draw(st.integers(0, 3)) * DAY
        if not country().procedure.kinds_after(stage):
            break
    conducts = draw(st.lists(st.sampled_from(["torture", "ill_treatment"]), max_size=3))
    return History(decided, [(each, TODAY + 2 * n * DAY) for n, each in enumerate(conducts)])


def registration() -> DecisionKind:
    return country().procedure.kinds["registered"]


def enter(office: Institution, history: History, number: int) -> None:
    """As rows: what is tested is the counting, and services would refuse days to come."""
    case = Case.objects.create(number=f"C-{number}", holder=office, registered_at=NOW)
    law: dict[str, object] = {"law_question": {}, "law_answer": {}, "pack_hash": "0" * 64}
    Decision.objects.bulk_create(
        Decision(case=case, kind=kind, day=day, persons=1, base_version=n, recorded_at=NOW, **law)
        for n, (kind, day) in enumerate(history.decided)
    )
    Classification.objects.bulk_create(
        Classification(
            case=case,
            number=n,
            conduct=conduct,
            capacity="official",
            criteria=[],
            provision="146.2",
            provision_from_day=dt.date(2023, 3, 29),
            body_kind="prosecutor",
            signed_at=midnight(day),
            base_version=n,
            **law,
        )
        for n, (conduct, day) in enumerate(history.signed, start=1)
    )


def outsider(told: list[History], as_of: dt.date) -> dict[CellOf, int]:
    """The same histories, counted by the program that auditors run."""
    opened = Opened()
    for n, history in enumerate(told):
        opened.courses[str(n)] = [
            *(Decided(kind, day, 1) for kind, day in history.decided),
            *(
                Classified(midnight(day), f"{conduct} 146.2 2023-03-29")
                for conduct, day in history.signed
            ),
        ]
    rule = {"rule": cohorts.rule(until=as_of), "cells": []}
    return dict(recounted(read_cohorts(rule), opened, as_of=as_of))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=st.lists(histories(), min_size=1, max_size=5), later=st.integers(0, 12))
def test_whatever_was_decided_every_case_has_one_ending_and_an_outsider_counts_the_same(
    prosecution: Institution, told: list[History], later: int
) -> None:
    Classification.objects.all().delete()
    Decision.objects.all().delete()
    Case.objects.all().delete()
    for number, history in enumerate(told):
        enter(prosecution, history, number)
    as_of = TODAY + later * DAY

    cells = cohorts.counted(until=as_of)

    stand = cohorts.by_ending(cells)
    bars = [bar.count.number for bar in funnel(stand, cohorts.STAGES) if bar.is_stage]
    assert sum(count.number for count in stand.values()) == len(told) == bars[0]
    assert bars == sorted(bars, reverse=True)
    assert {plain(cell): cell.value for cell in cells} == outsider(told, as_of)


def plain(cell: Cell) -> CellOf:
    return cell.indicator, cell.year, str(cell.group) if cell.ending else "", cell.ending
