"""What a victim reads with a code on the public door: plain words, and nothing that says of whom."""

import datetime as dt
import secrets
from html import unescape
from typing import Any

import pytest
from django.test import Client

from arasha.access.privileges import PUBLIC, privileges_on
from arasha.cases.models import PlainState
from arasha.cases.plain_states import hash_of
from arasha.country import country
from arasha.engines.notes import filing_code, grouped
from arasha.public.following import SIZE

NOW = dt.datetime.now(dt.UTC)
UNKNOWN = filing_code(b"u" * 32)


def a_code(**changes: Any) -> str:
    digits = filing_code(secrets.token_bytes(32))
    state = {
        "stage": "investigation",
        "since_day": dt.date(2026, 3, 7),
        "next_due_at": NOW + dt.timedelta(days=9),
        "next_due_rule": "investigation",
        "told": [["registered", "2026-03-01"]],
        "as_of_at": NOW,
    }
    PlainState.objects.create(code_hash=hash_of(digits), **(state | changes))
    return digits


def follow(door: Client, typed: str, language: str = "en") -> str:
    return unescape(door.post(f"/{language}/case/", {"code": typed}).content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [UNKNOWN, "12", "", "x" * 5_000, "\x00", UNKNOWN[:-1] + "0"])
def test_what_shows_nothing_is_one_answer(door: Client, typed: str) -> None:
    asked, unknown = follow(door, typed), follow(door, UNKNOWN)

    assert asked == unknown
    assert "This code shows nothing" in asked


@pytest.mark.django_db
def test_found_and_unknown_have_one_size_and_are_kept_by_nobody(door: Client) -> None:
    many = [["terminated", "2026-03-01"]] * 20
    answers = [
        door.post("/kk/case/", {"code": each})
        for each in (a_code(), a_code(told=many), UNKNOWN)
    ]  # fmt: skip

    assert {len(each.content) for each in answers} == {SIZE}
    assert {each.headers["Cache-Control"] for each in answers} == {"no-store, no-transform"}
    assert all(not each.cookies for each in answers)


@pytest.mark.django_db
def test_a_code_in_an_address_is_not_read(door: Client) -> None:
    page = unescape(door.get(f"/en/case/?code={a_code()}").content.decode())

    assert "Where it stands" not in page and "<form" in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_it_says_where_the_case_stands_what_comes_next_and_what_was_decided(
    door: Client, language: str
) -> None:
    page = follow(door, grouped(a_code()), language)

    for key in ("stage.investigation.now", "stage.investigation.next", "may.term", "call.office"):
        assert country().text(f"case.{key}", language) in page
    assert country().term("decisions", "registered").in_(language) in page
    assert "<script" not in page


@pytest.mark.django_db
def test_a_term_that_passed_says_what_one_may_do(door: Client) -> None:
    page = follow(door, a_code(next_due_at=NOW - dt.timedelta(days=1)))

    assert country().text("case.clock.late", "en") in page


@pytest.mark.django_db
def test_without_a_clock_it_says_so(door: Client) -> None:
    page = follow(door, a_code(next_due_at=None, next_due_rule=""))

    assert country().text("case.clock.none", "en") in page
    assert country().text("case.may.term", "en") not in page


@pytest.mark.django_db
def test_a_clock_without_words_of_its_own_is_called_by_its_name(door: Client) -> None:
    page = follow(door, a_code(next_due_rule="pass_on"))

    assert country().deadlines["pass_on"].name.in_("en") in page


def test_every_stage_of_the_country_has_plain_words() -> None:
    for stage in country().procedure.stages:
        assert {f"case.stage.{stage}.now", f"case.stage.{stage}.next"} <= country().texts.keys()


def test_the_public_door_may_read_what_codes_show_and_no_other_table_of_a_case() -> None:
    assert privileges_on(table="cases_plainstate", role=PUBLIC) == "SELECT"
    for table in ("cases_case", "cases_viewcode", "cases_decision", "cases_identity"):
        assert privileges_on(table=table, role=PUBLIC) is None


def test_the_address_on_the_slip_leads_to_the_page(door: Client) -> None:
    assert door.get("/case").headers["Location"] == "/ru/case/"
