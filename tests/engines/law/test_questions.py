"""A question that is wrong names the field that is wrong."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.law import QuestionError, read
from arasha.engines.law.questions import AskDeadline, AskInvestigator, AskRelief
from tests.engines.law.laws import law, version

LAW = law(bar=[version(True, None)])
GOOD: dict[str, Any] = {
    "act": {"from": "2010-06-15", "to": "2010-06-15"},
    "conduct": "torture",
    "capacity": "official",
    "ask": [{"relief": "amnesty", "decision_date": "2020-06-15"}],
}


MOMENT = "2024-03-07T17:30:00+05:00"
BACKWARDS = {"from": MOMENT, "to": "2024-03-06T17:30:00+05:00"}


def with_ask(**ask: object) -> dict[str, Any]:
    return {**GOOD, "ask": [ask]}


def test_a_question_is_read_in_its_order() -> None:
    asks = [*GOOD["ask"], {"deadline": "term", "from": "2024-03-07T17:30:00+05:00"}]

    assert [type(ask) for ask in read({**GOOD, "ask": asks}, LAW)] == [AskRelief, AskDeadline]


def test_a_deadline_needs_no_act() -> None:
    [ask] = read({"ask": [{"deadline": "term", "from": "2024-03-07T17:30:00+05:00"}]}, LAW)

    assert isinstance(ask, AskDeadline)


def test_days_after_the_decision_are_no_days_of_the_act() -> None:
    uncertain = {**GOOD, "act": {"from": "2010-06-15", "to": "2025-06-15"}}
    [ask] = read(uncertain, LAW)

    assert isinstance(ask, AskRelief)
    assert ask.facts.act_to == dt.date(2020, 6, 15)


def test_a_decision_before_its_act_is_refused_in_a_sentence() -> None:
    with pytest.raises(QuestionError) as refused:
        read(with_ask(relief="amnesty", decision_date="2010-06-14"), LAW)

    assert str(refused.value) == (
        "ask[0].decision_date: 2010-06-14 is before the act, which ended on 2010-06-15 at the earliest"
    )


def test_a_step_before_the_act_is_answered_by_the_law_of_its_day() -> None:
    [ask] = read(with_ask(investigator=True, step_date="2010-06-14"), LAW)

    assert isinstance(ask, AskInvestigator)
    assert ask.step_day == dt.date(2010, 6, 14)


def test_what_was_given_is_shown_only_as_far_as_it_helps() -> None:
    with pytest.raises(QuestionError) as refused:
        read({**GOOD, "conduct": "x" * 10_000}, LAW)

    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ([], "question"),
        ({**GOOD, "acts": 1}, "question.acts"),
        ({**GOOD, "act": None}, "act"),
        ({**GOOD, "act": {"from": "2010-06-15"}}, "act.to"),
        ({**GOOD, "act": {"from": "2010-06-15", "to": "2009-06-15"}}, "act.to"),
        ({**GOOD, "act": {"from": "2010-06-15T10:00:00", "to": "2010-06-15"}}, "act.from"),
        ({**GOOD, "act": {"from": "20100615", "to": "20100615"}}, "act.from"),
        ({**GOOD, "act": {"from": "2010-02-30", "to": "2010-06-15"}}, "act.from"),
        ({**GOOD, "act": {"from": "2010-W10-4", "to": "2010-06-15"}}, "act.from"),
        ({**GOOD, "act": {"from": "٢٠١٠-٠٦-١٥", "to": "2010-06-15"}}, "act.from"),
        ({**GOOD, "act": {"from": "0999-12-31", "to": "2010-06-15"}}, "act.from"),
        ({**GOOD, "act": {"from": "2010-06-15", "to": "9999-12-31"}}, "act.to"),
        ({**GOOD, "act": {"from": 20100615, "to": "2010-06-15"}}, "act.from"),
        ({**GOOD, "act": "2010-06-15"}, "act"),
        ({**GOOD, "act": {"from": "2010-06-15", "to": "2010-06-15", "at": 1}}, "act.at"),
        ({**GOOD, "conduct": ["torture"]}, "conduct"),
        ({**GOOD, "capacity": False}, "capacity"),
        ({**GOOD, "part": "1"}, "part"),
        ({**GOOD, "part": 1.0}, "part"),
        ({**GOOD, "part": 10**400}, "part"),
        ({**GOOD, "conduct": "murder"}, "conduct"),
        ({**GOOD, "capacity": None}, "capacity"),
        ({**GOOD, "part": 7}, "part"),
        ({**GOOD, "part": True}, "part"),
        ({**GOOD, "ask": []}, "ask"),
        ({**GOOD, "ask": {"provision": True}}, "ask"),
        ({**GOOD, "ask": None}, "ask"),
        ({**GOOD, "ask": [{}]}, "ask[0]"),
        ({**GOOD, "ask": [None]}, "ask[0]"),
        ({**GOOD, "ask": [*GOOD["ask"], {"provision": None}]}, "ask[1].provision"),
        ({**GOOD, "ask": ["relief"]}, "ask[0]"),
        (with_ask(relief="amnesty", provision=True), "ask[0]"),
        (with_ask(relief="forgiveness", decision_date="2020-06-15"), "ask[0].relief"),
        (with_ask(relief="amnesty"), "ask[0].decision_date"),
        (with_ask(relief="amnesty", decision_date="2010-06-14"), "ask[0].decision_date"),
        (with_ask(relief="amnesty", decision_date="2020-06-15", day=1), "ask[0].day"),
        (with_ask(investigator=True), "ask[0].step_date"),
        (with_ask(investigator=False, step_date="2020-06-15"), "ask[0].investigator"),
        (with_ask(provision=1), "ask[0].provision"),
        (with_ask(deadline="never", **{"from": "2024-03-07T17:30:00Z"}), "ask[0].deadline"),
        (with_ask(deadline="term", **{"from": "2024-03-07T17:30:00"}), "ask[0].from"),
        (with_ask(deadline="term", **{"from": "2024-03-07"}), "ask[0].from"),
        (with_ask(deadline="term", **{"from": "2024-W10-4T17:30:00Z"}), "ask[0].from"),
        (with_ask(deadline="term", **{"from": "3000-01-01T00:00:00Z"}), "ask[0].from"),
        (with_ask(deadline="term", **{"from": "2024-03-07T24:30:00Z"}), "ask[0].from"),
        (with_ask(deadline="term", **{"from": 1709830800}), "ask[0].from"),
        (with_ask(deadline=True, **{"from": "2024-03-07T17:30:00Z"}), "ask[0].deadline"),
        (with_ask(deadline="term", **{"from": MOMENT, "suspended": {}}), "ask[0].suspended"),
        (with_ask(deadline="term", **{"from": MOMENT, "suspended": [1]}), "ask[0].suspended[0]"),
        (with_ask(deadline="term", **{"from": MOMENT, "until": 1}), "ask[0].until"),
        (
            with_ask(deadline="term", **{"from": MOMENT, "suspended": [BACKWARDS]}),
            "ask[0].suspended[0].to",
        ),
        (with_ask(report="rumour", step_date="2020-06-15"), "ask[0].report"),
        (with_ask(report="anonymous_opens_case"), "ask[0].step_date"),
        ({**with_ask(deadline="term", **{"from": MOMENT}), "act": {"from": "x"}}, "act.from"),
        ({**with_ask(deadline="term", **{"from": MOMENT}), "conduct": "murder"}, "conduct"),
        ({**with_ask(deadline="term", **{"from": MOMENT}), "part": 9}, "part"),
    ],
)
def test_the_field_that_is_wrong_is_named(question: object, field: str) -> None:
    with pytest.raises(QuestionError) as refused:
        read(question, LAW)
    assert refused.value.field == field
    assert str(refused.value).startswith(f"{field}: ")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(GOOD, json_values)))
def test_nothing_else_than_a_named_field_comes_out_of_nonsense(question: dict[str, Any]) -> None:
    with pytest.raises(QuestionError):
        read(question, LAW)
