"""After a pack update: which stored answers would be different now, and in what."""

import json
from pathlib import Path
from typing import Any

import pytest

from arasha.packs import Pack, ask, differences, load
from tests.packs.breaking import QAMAR, change

QUESTION: dict[str, Any] = {
    "jurisdiction": "qamar",
    "act": {"from": "2015-05-05", "to": "2016-05-05"},
    "conduct": "torture",
    "capacity": "official",
    "ask": [
        {"provision": True},
        {"relief": "amnesty", "decision_date": "2020-05-05"},
        {"deadline": "registration", "from": "2018-03-07T10:00:00+04:00"},
    ],
}


@pytest.fixture(scope="module")
def old() -> Pack:
    return load(QAMAR)


@pytest.fixture
def answered(old: Pack) -> dict[str, Any]:
    """As a register stores it."""
    found: dict[str, Any] = json.loads(json.dumps(ask(old, QUESTION)))
    return found


def test_under_the_same_law_nothing_is_different(old: Pack, answered: dict[str, Any]) -> None:
    assert differences(old, QUESTION, answered) == ()


def test_a_new_wording_of_a_step_or_a_stronger_source_changes_nothing(
    pack: Path, answered: dict[str, Any]
) -> None:
    change(pack, "texts/law.toml", "On {day} this conduct fell", "This conduct fell on {day}")
    change(pack, "law/torment.toml", 'checked = "official"', 'checked = "secondary"')
    new = load(pack)

    assert new.hash != answered["pack_hash"]
    assert differences(new, QUESTION, answered) == ()


def test_a_changed_answer_is_told_with_what_it_was_and_is(
    pack: Path, answered: dict[str, Any]
) -> None:
    change(pack, "deadlines.toml", "amount = 48", "amount = 72")
    [found] = differences(load(pack), QUESTION, answered)

    assert (found.index, found.reason) == (2, "")
    assert found.before is not None
    assert found.after is not None
    assert found.before["due_at"] == "2018-03-09T06:00:00+00:00"
    assert found.after["due_at"] == "2018-03-10T06:00:00+00:00"


def test_a_moved_day_of_an_uncertain_act_is_a_difference(
    pack: Path, answered: dict[str, Any]
) -> None:
    change(pack, "law/torment.toml", "to = 2015-12-31", "to = 2016-01-31")
    change(pack, "law/torment.toml", "from = 2016-01-01", "from = 2016-02-01")

    [found] = differences(load(pack), QUESTION, answered)

    assert found.index == 1
    assert found.before != found.after


def test_a_moment_is_the_same_however_its_offset_is_written(
    old: Pack, answered: dict[str, Any]
) -> None:
    answered["answers"][2]["due_at"] = "2018-03-09T06:00:00Z"

    assert differences(old, QUESTION, answered) == ()


def test_what_can_no_longer_be_asked_is_a_difference_with_its_reason(
    old: Pack, answered: dict[str, Any]
) -> None:
    asked = [QUESTION["ask"][0], {"relief": "mercy", "decision_date": "2020-05-05"}]
    [found, lost] = differences(old, {**QUESTION, "ask": asked}, answered)

    assert (found.index, found.after) == (1, None)
    assert found.reason.startswith("ask[1].relief: must be one of amnesty")
    assert (lost.index, lost.after) == (2, None)


@pytest.mark.parametrize("stored", [None, [], {}, {"answers": None}, {"answers": [None, 1, "x"]}])
def test_answers_that_were_stored_otherwise_are_differences(old: Pack, stored: Any) -> None:
    found = differences(old, QUESTION, stored)

    assert [difference.index for difference in found] == [0, 1, 2]
    assert all(difference.before is None for difference in found)


@pytest.mark.parametrize("stored", [None, 1, [], {}, {"ask": 1}, {**QUESTION, "conduct": None}])
def test_a_question_that_cannot_be_read_is_no_crash(old: Pack, stored: Any) -> None:
    found = differences(old, stored, {})

    assert found[0].reason
