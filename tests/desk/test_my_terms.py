"""The page "My terms" and the calendar of one person, as signed-in people and calendar programs see them."""

import re
from collections.abc import Iterator
from typing import Any

import icalendar
import pytest
from django.core.cache import cache
from django.test import Client

from arasha.actors import WORLD
from arasha.cases.models import CalendarFeed, Case, Deadline
from arasha.country import local_day
from arasha.people.models import User
from tests.access.cast import give
from tests.cases.test_terms import clock, motion, resume, suspend
from tests.desk.signing_in import signed_in
from tests.walk import *  # noqa: F403
from tests.walk import DAY, NOW, at_most

__all__ = ["clock"]
PAGE = "/cases/terms/"


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def page(user: User, address: str = PAGE) -> str:
    return signed_in(user).get(address).content.decode()


def address_of(user: User, **said: object) -> str:
    made = signed_in(user).post(f"{PAGE}calendar/make/", said).content.decode()
    found = re.search(r"/calendar/[\w-]+\.ics", made)
    assert found
    return found[0]


def events(body: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(body).walk("VEVENT"))


def test_whoever_holds_no_case_reads_that_nothing_runs(
    clock: Deadline, officer: User, other_prosecutor: User
) -> None:
    for stranger in (officer, other_prosecutor):
        shown = page(stranger)
        assert clock.case.number not in shown
        assert "No clock runs in your hands" in shown


def test_the_end_and_the_last_day_to_ask_stand_in_their_order(
    clock: Deadline, prosecutor: User
) -> None:
    shown = page(prosecutor)

    assert shown.count(clock.case.number) == 2
    assert shown.index("Last day to ask for more time") < shown.rindex(clock.case.number)


def test_once_more_time_is_asked_the_last_day_to_ask_is_gone(
    clock: Deadline, prosecutor: User
) -> None:
    motion(clock, prosecutor)

    assert page(prosecutor).count(clock.case.number) == 1


def test_what_stands_is_a_group_of_its_own(clock: Deadline, prosecutor: User) -> None:
    suspend(clock, prosecutor)

    assert "Standing" in page(prosecutor)
    assert "Not while it stands" in page(prosecutor)


def test_a_referral_that_waits_is_a_term_too(referral: object, prosecutor: User) -> None:
    assert "Not registered yet" in page(prosecutor)


def test_sixty_terms_cost_few_queries(clock: Deadline, prosecutor: User) -> None:
    for number in range(2, 62):
        made = Case.objects.create(
            number=f"KZ-2020-{number:04}", holder=clock.case.holder, registered_at=NOW
        )
        Deadline.objects.create(
            case=made,
            rule="investigation",
            started_at=NOW,
            due_at=NOW + number * DAY,
            law_answer=clock.law_answer,
        )
        give("case", made.key, clock.case.holder, "assigned", by=WORLD)
    desk = signed_in(prosecutor)
    desk.get(PAGE)

    with at_most(queries=18):
        assert "KZ-2020-0031" in desk.get(PAGE).content.decode()
    assert "KZ-2020-0061" in desk.get(f"{PAGE}?page=3").content.decode()


def test_an_unknown_and_a_revoked_address_answer_alike(clock: Deadline, prosecutor: User) -> None:
    old = address_of(prosecutor)
    newer = address_of(prosecutor)
    signed_in(prosecutor).post(f"{PAGE}calendar/revoke/")

    answers = [Client().get(each) for each in (old, newer, "/calendar/unknown.ics")]
    assert [each.status_code for each in answers] == [404, 404, 404]
    assert CalendarFeed.objects.count() == 0


def test_who_left_has_no_calendar(clock: Deadline, prosecutor: User) -> None:
    address = address_of(prosecutor)
    User.objects.filter(pk=prosecutor.pk).update(left_at=NOW)

    assert Client().get(address).status_code == 404


def test_guessing_addresses_is_slowed_down(db: None) -> None:
    answers = {Client().get("/calendar/guess.ics").status_code for _ in range(25)}

    assert answers == {404, 429}


def test_the_calendar_without_numbers_tells_no_case(clock: Deadline, prosecutor: User) -> None:
    body = Client().get(address_of(prosecutor)).content

    assert clock.case.number.encode() not in body
    assert str(clock.case_id).encode() not in body
    assert [str(each["SUMMARY"]) for each in events(body)] == [
        "Last day to ask for more time: Investigation",
        "Investigation",
    ]


def test_a_program_reads_ends_alarms_and_changes(clock: Deadline, prosecutor: User) -> None:
    address = address_of(prosecutor, has_numbers="on")
    [_asking, before] = events(Client().get(address).content)
    suspend(clock, prosecutor)
    assert events(Client().get(address).content) == []

    resume(clock, prosecutor, days=5)
    [_asking, after] = events(Client().get(address).content)

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert local_day(after["DTSTART"].dt) == local_day(before["DTSTART"].dt) + 3 * DAY
    assert len(after.walk("VALARM")) == 4
    assert clock.case.number in after["SUMMARY"]
