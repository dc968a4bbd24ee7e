"""The law of Kazakhstan as it is asked by other parts: extensions, reports, and questions of any kind."""

import datetime as dt
import json
from itertools import product
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arasha.engines.law import (
    QuestionError,
    Suspension,
    anonymous_opens_case,
    extended_due,
    ladder,
    motion_due,
    must_warn_of_false_denunciation,
)
from arasha.engines.law.rules import CAPACITIES, CONDUCTS, REPORTS, Report, Version
from arasha.packs import Pack, ask, load

TODAY = dt.date(2026, 11, 23)
ON_THE_DECISIONS_CLOCK = {"parole", "milder_penalty", "limitation_of_sentence", "amnesty", "pardon"}
KZ = load("kz")  # for hypothesis, which wants no fixture


@pytest.fixture(scope="module")
def kz() -> Pack:
    return KZ


def test_an_investigation_is_extended_by_three_officers_in_turn(kz: Pack) -> None:
    rungs = ladder(kz.law, "investigation", TODAY)

    assert [(r.grantor, r.up_to and r.up_to.amount, r.motion_before.amount) for r in rungs] == [
        ("head_of_district_office", 3, 5),
        ("head_of_oblast_office", 12, 5),
        ("prosecutor_general", None, 10),
    ]
    assert {(r.step.article, r.step.checked) for r in rungs} == {("CPC 192", "secondary")}
    assert all(set(r.step.text) == {"kk", "ru", "en"} for r in rungs)
    assert all(kz.term("grantors", r.grantor)["kk"] for r in rungs)


def test_that_an_inquiry_is_extended_likewise_is_not_checked(kz: Pack) -> None:
    assert {rung.step.checked for rung in ladder(kz.law, "inquiry", TODAY)} == {"unverified"}


def test_other_terms_have_no_ladder(kz: Pack) -> None:
    assert [code for code in kz.deadlines if ladder(kz.law, code, TODAY)] == [
        "inquiry",
        "investigation",
    ]


def test_a_motion_is_due_five_days_before_the_term_and_the_term_keeps_its_suspensions(
    kz: Pack,
) -> None:
    start = dt.datetime(2026, 12, 31, 9, tzinfo=kz.timezone)
    district, _, general = ladder(kz.law, "investigation", TODAY)
    stop = Suspension(start + dt.timedelta(days=10), start + dt.timedelta(days=14))
    clock: Any = {"zone": kz.timezone, "is_working": kz.calendar.is_working}
    due = extended_due(district, start, **clock)
    stopped = extended_due(district, start, suspensions=[stop], **clock)

    assert due is not None
    assert stopped is not None
    assert (due.isoformat(), stopped.isoformat()) == (
        "2027-03-31T23:59:59+05:00",
        "2027-04-04T23:59:59+05:00",
    )
    assert motion_due(district, due, **clock).isoformat() == "2027-03-26T23:59:59+05:00"
    assert motion_due(general, due, **clock).isoformat() == "2027-03-21T23:59:59+05:00"


def test_a_message_without_a_name_opens_no_case_and_whoever_reports_is_warned(kz: Pack) -> None:
    nameless = anonymous_opens_case(kz.law, TODAY)
    warned = must_warn_of_false_denunciation(kz.law, TODAY)

    assert (nameless.holds, nameless.step.article) == (False, "CPC 181(6)")
    assert (warned.holds, warned.step.article) == (True, "CPC 181(4)-(6)")


def test_the_clock_of_each_way_out_is_the_acts_or_the_decisions(kz: Pack) -> None:
    rules = [
        (relief, rule)
        for relief, by_conduct in kz.law.bars.items()
        for found in by_conduct.values()
        for rule in found
    ]

    assert len(kz.law.bars) == 11
    assert {relief for relief, rule in rules if rule.clock == "decision"} == ON_THE_DECISIONS_CLOCK
    assert {relief for relief, rule in rules if rule.clock == "act"} == (
        set(kz.law.bars) - ON_THE_DECISIONS_CLOCK
    )


def test_every_way_out_answers_for_every_part_of_both_conducts(kz: Pack) -> None:
    for relief, conduct in product(kz.law.bars, CONDUCTS):
        for part in kz.law.parts_of(conduct):
            rules = kz.law.bars[relief][conduct]
            assert [rule.covers(part) for rule in rules].count(True) == 1, (relief, conduct, part)


def test_the_lawyers_cases_ask_every_cell_of_the_law(kz: Pack) -> None:
    asked = [(case.question, case.question["ask"][0]) for case in kz.cases]  # type: ignore[index]
    reliefs = {(q.get("conduct"), a["relief"]) for q, a in asked if "relief" in a}
    deadlines = {a["deadline"] for _, a in asked if "deadline" in a}
    assert len(kz.cases) >= 100
    assert reliefs == set(product(CONDUCTS, kz.law.bars))
    assert {a["report"] for _, a in asked if "report" in a} == set(REPORTS)
    assert deadlines == set(kz.deadlines)


def test_nobody_is_named_as_a_verifier_who_has_not_verified(kz: Pack) -> None:
    law = kz.law
    terms = [version for rule in law.deadlines.values() for version in rule.versions]
    ladders = [version for rule in law.ladders.values() for version in rule.versions]
    reports = [version for rule in law.reports.values() for version in rule.versions]
    versions: list[Version[Any]] = [*law.offences.versions, *terms, *ladders, *reports]

    assert {(version.verified_by, version.verified_on) for version in versions} == {("", None)}


days = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)).map(str)
near = st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)).map(str)
any_day = days | near
moments = st.datetimes(
    dt.datetime(1000, 1, 1),  # noqa: DTZ001
    dt.datetime(2999, 12, 31),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
).map(dt.datetime.isoformat)
asks = st.one_of(
    st.fixed_dictionaries(
        {"relief": st.sampled_from(sorted(KZ.law.bars)), "decision_date": any_day}
    ),
    st.fixed_dictionaries({"investigator": st.just(True), "step_date": any_day}),
    st.fixed_dictionaries({"provision": st.just(True)}, optional={"decision_date": any_day}),
    st.fixed_dictionaries({"report": st.sampled_from(get_args(Report)), "step_date": any_day}),
    st.fixed_dictionaries(
        {"deadline": st.sampled_from(sorted(KZ.law.deadlines)), "from": moments},
        optional={
            "suspended": st.lists(
                st.fixed_dictionaries({"from": moments, "to": moments | st.none()}), max_size=3
            )
        },
    ),
)
questions = st.fixed_dictionaries(
    {
        "jurisdiction": st.just("kz"),
        "act": st.fixed_dictionaries({"from": any_day, "to": any_day}),
        "conduct": st.sampled_from(CONDUCTS),
        "capacity": st.sampled_from(CAPACITIES),
        "ask": st.lists(asks, min_size=1, max_size=3),
    },
    optional={"part": st.integers(1, 4)},
)


@settings(max_examples=400)
@given(questions)
def test_any_question_is_answered_by_the_contract_or_its_field_is_named(
    question: dict[str, Any],
) -> None:
    try:
        found = ask(KZ, question)
    except QuestionError as error:
        assert error.field.split(".")[0].split("[")[0] in {"act", "part", "ask"}
        return
    assert json.loads(json.dumps(found)) == found
    assert len(found["answers"]) == len(question["ask"])
    for asked, answer in zip(question["ask"], found["answers"], strict=True):
        assert answer["steps"]
        if answer["depends"]:
            assert (answer["value"], answer["barred"], answer["needs_review"]) == (None, None, True)
        assert (answer["barred"] is None) or "relief" in asked
        assert (answer["due_at"] is None) or "deadline" in asked


def test_the_police_investigate_graver_ill_treatment_only_without_torture(kz: Pack) -> None:
    question = {
        "jurisdiction": "kz",
        "act": {"from": "2024-05-10", "to": "2024-05-10"},
        **{"conduct": "ill_treatment", "part": 3, "capacity": "official"},
        "ask": [{"investigator": True, "step_date": "2024-06-01"}],
    }
    told = ask(kz, question)["answers"][0]["steps"][0]["text"]

    for language, words in {"kk": "Азаптаумен", "ru": "с пытками", "en": "torture"}.items():
        assert words in told[language]
