"""POST /law/ask: the JSON of `arasha law ask` for the portals of others, on the public door."""

import datetime as dt
import json
import time
from collections.abc import Iterator
from importlib import import_module
from itertools import count
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arasha.cases.asking import MOST_ASKED, MOST_BYTES
from arasha.country import country
from arasha.programs import law as program

ADDRESSES = count(1)
RELIEF = {"relief": "suspended_sentence", "decision_date": "2024-02-01"}
QUESTION: dict[str, Any] = {
    "jurisdiction": "kz",
    "act": {"from": "2022-05-10", "to": "2022-05-10"},
    "conduct": "torture",
    "part": 2,
    "capacity": "official",
    "ask": [
        RELIEF,
        {"investigator": True, "step_date": "2023-02-01"},
        {"provision": True},
        {"deadline": "registration", "from": "2024-03-07T17:30:00+05:00"},
    ],
}


@pytest.fixture(autouse=True)
def door(settings, db) -> Iterator[None]:
    settings.ROOT_URLCONF = "arasha.config.urls.public"
    settings.MIDDLEWARE = [
        name
        for name in import_module("arasha.config.settings.public").MIDDLEWARE
        if "whitenoise" not in name
    ]
    settings.ARASHA_DOOR = "public"
    with translation.override("en"):
        yield


def posted(body: bytes | str) -> HttpResponse:
    # Each from an address of its own: how often one may ask is not asked here.
    address = f"2001:db8:{next(ADDRESSES):x}::1"
    door = Client(raise_request_exception=False, REMOTE_ADDR=address)
    answer: HttpResponse = door.post("/law/ask", body, content_type="application/json")  # type: ignore[assignment]
    return answer


def asked(**changes: object) -> HttpResponse:
    return posted(json.dumps({**QUESTION, **changes}))


def test_it_answers_what_the_command_answers(capsys, tmp_path) -> None:
    file = tmp_path / "question.json"
    file.write_text(json.dumps(QUESTION))

    assert program.main(["ask", str(file)]) == 0
    answer = asked()

    assert answer.status_code == 200
    assert json.loads(answer.content) == json.loads(capsys.readouterr().out)
    assert json.loads(answer.content)["pack_hash"] == country().hash


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"jurisdiction": "mn"}, "jurisdiction"),
        ({"conduct": "theft"}, "conduct"),
        ({"act": {"from": "2022-05-10"}}, "act.to"),
        ({"act": {"from": "2022-05-10", "to": "2021-05-10"}}, "act.to"),
        ({"ask": [{**RELIEF, "decision_date": "2020-01-01"}]}, "ask[0].decision_date"),
        ({"ask": []}, "ask"),
        ({"ask": [{"provision": True}] * (MOST_ASKED + 1)}, "ask"),
        ({"ask": [{"deadline": "inquiry", "from": "2150-12-31T23:59:00+00:00"}]}, "ask[0]"),
        ({"part": 10**400}, "part"),
        ({"who": "\ud800"}, "question.who"),
    ],
)
def test_a_bad_question_is_refused_by_the_name_of_its_field(
    changes: dict[str, object], field: str
) -> None:
    answer = asked(**changes)

    told = json.loads(answer.content)
    assert (answer.status_code, told["field"], told["problem"]) == (422, field, "question_wrong")
    assert told["happened"]
    assert field in told["next"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("{", 400),
        (b"\xff\xfe\x00", 400),
        ("[" * 9_000, 400),
        ("9" * 9_000, 400),
        ("[]", 422),
        ("null", 422),
        ("NaN", 422),
        (" " * (MOST_BYTES + 1), 413),
    ],
)
def test_what_is_no_question_is_refused(body: bytes | str, status: int) -> None:
    answer = posted(body)

    assert (answer.status_code, json.loads(answer.content)["field"]) == (status, "question")


def test_long_suspensions_do_not_keep_the_door_busy() -> None:
    stop = {"from": "1950-01-01T00:00:00+00:00", "to": "2099-12-31T00:00:00+00:00"}
    ask = {"deadline": "dispatch", "from": "1950-01-01T00:00:00+00:00", "suspended": [stop] * 5}
    began = time.monotonic()

    assert asked(ask=[ask]).status_code == 200
    assert asked(ask=[ask, ask]).status_code == 422
    assert time.monotonic() - began < 5


def test_a_page_of_another_country_may_ask_and_nothing_is_kept() -> None:
    answer, before = asked(), Client().options("/law/ask")

    for each in (answer, before):
        assert each.headers["Access-Control-Allow-Origin"] == "*"
        assert each.headers["Cache-Control"] == "no-store"
        assert not each.cookies
    assert "POST" in before.headers["Access-Control-Allow-Methods"]
    assert Client().get("/law/ask").status_code == 405


words = st.sampled_from(
    ["torture", "official", "suspended_sentence", "registration", "2022-05-10", "0001-01-01",
     "9999-12-31", "2024-03-07T17:30:00+05:00", "0001-01-01T00:00:00+14:00", "kz", "\ud800"]
)  # fmt: skip
keys = st.sampled_from(
    ["relief", "decision_date", "investigator", "step_date", "provision", "deadline", "from", "to",
     "suspended", "x"]
)  # fmt: skip
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
questions = st.fixed_dictionaries(
    {}, optional={key: st.just(value) | values for key, value in QUESTION.items()}
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(questions | values)
def test_whatever_is_posted_it_is_answered_or_refused_and_never_breaks(question: object) -> None:
    answer = posted(json.dumps(question))

    assert answer.status_code in (200, 422)
    assert {"answers", "field"} & json.loads(answer.content).keys()


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=200))
def test_whatever_bytes_come_nothing_breaks(body: bytes) -> None:
    assert posted(body).status_code in (400, 422)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dates(), st.dates(), st.datetimes(timezones=st.sampled_from([dt.UTC])), st.booleans())
def test_any_days_of_the_calendar_are_answered_or_refused(
    act: dt.date, other: dt.date, start: dt.datetime, torture: bool
) -> None:
    conduct = "torture" if torture else "ill_treatment"
    ask = [
        {**RELIEF, "decision_date": other.isoformat()},
        {"investigator": True, "step_date": other.isoformat()},
        {"deadline": "inquiry", "from": start.isoformat()},
    ]
    days = {"from": act.isoformat(), "to": max(act, other).isoformat()}

    assert asked(act=days, ask=ask, conduct=conduct, part=None).status_code in (200, 422)
