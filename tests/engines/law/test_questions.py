"""A question that is wrong names the field that is wrong."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.law import QuestionError, read
from arasha.engines.law.questions import AskDeadline, AskRelief
from tests.engines.law.laws import law, version

LAW = law(bar=[version(True, None)])
GOOD: dict[str, Any] = {
    "act": {"from": "2010-06-15", "to": "2010-06-15"},
    "conduct": "torture",
    "capacity": "official",
    "ask": [{"relief": "amnesty", "decision_date": "2020-06-15"}],
}


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
        ({**GOOD, "conduct": "murder"}, "conduct"),
        ({**GOOD, "capacity": None}, "capacity"),
        ({**GOOD, "part": 7}, "part"),
        ({**GOOD, "part": True}, "part"),
        ({**GOOD, "ask": []}, "ask"),
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
