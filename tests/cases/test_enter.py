"""A clerk enters cases from paper, one page after another."""

import datetime as dt
import uuid

import pytest

from arasha.cases.models import Case, Classification
from arasha.country import local_day
from arasha.people.models import Institution, User
from arasha.places.models import Place
from tests.cases.test_import import clerk
from tests.desk.signing_in import signed_in
from tests.walk import at_most

__all__ = ["clerk"]
PAGE = "/cases/enter/"
MOST_QUERIES = 75


def sheet(to: Institution, **changes: object) -> dict[str, object]:
    return {
        "sheet": str(uuid.uuid4()),
        "number": "24-77",
        "registered_day": "05032024",
        "place": "pris",
        "happened": "03.2024",
        "conduct": "torture",
        "criteria": ["punishment"],
        "capacity": "official",
        "register": "erdr",
        "issuer": "",
        "institution": str(to.pk),
        "name_0": "Иванов Иван",
        "role_0": "victim",
        "name_1": "Петров Пётр",
        "role_1": "suspect",
        "name_2": "",
        "role_2": "victim",
    } | changes


def test_who_is_no_clerk_finds_no_such_page(officer: User) -> None:
    assert signed_in(officer).get(PAGE).status_code == 404


@pytest.mark.parametrize("day", ["31022024", "1", "0", "99999999999999999999", "x" * 30, "٣"])
def test_a_decision_on_no_day_is_said_at_its_field(
    clerk: User, prosecution: Institution, place: Place, day: str
) -> None:
    told = sheet(prosecution, decision="terminated", decision_day=day)

    answer = signed_in(clerk).post(PAGE, told)

    assert answer.status_code == 422
    assert "decision_day" in answer.context["form"].errors
    assert not Case.objects.exists()


def test_a_case_is_entered_and_the_next_one_is_asked_for(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    sent = signed_in(clerk).post(PAGE, sheet(prosecution, issuer="Samal"))

    case = Case.objects.get()
    assert sent.headers["Location"].startswith(PAGE)
    assert "issuer=Samal" in sent.headers["Location"]
    assert (case.number, case.place, case.conduct) == ("KZ-2024-0001", place, "")
    assert local_day(case.registered_at) == dt.date(2024, 3, 5)
    assert case.allegations.get().criteria == ["punishment"]
    assert {person.code for person in case.persons.all()} == {"V1", "S1"}
    assert Classification.objects.count() == 0


def test_the_first_decision_is_entered_with_the_case(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    told = {"decision": "sent_to_court", "decision_day": "06052024", "decision_persons": "2"}

    signed_in(clerk).post(PAGE, sheet(prosecution, **told))

    assert Case.objects.get().stage == "court"
    assert Case.objects.get().decisions.get(kind="sent_to_court").persons == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", ""),
        ("registered_day", "5.3.24"),
        ("registered_day", "01012090"),
        ("place", "zzz"),
        ("happened", "06.03.2024"),
        ("decision", "convicted"),
    ],
)
def test_a_fault_is_named_and_what_was_typed_stays(
    field: str, value: str, clerk: User, prosecution: Institution, place: Place
) -> None:
    refused = signed_in(clerk).post(PAGE, sheet(prosecution, **{field: value}))

    assert refused.status_code == 422
    assert "Петров Пётр" in refused.content.decode()
    assert Case.objects.count() == 0


def test_a_double_click_enters_one_case(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    told, desk = sheet(prosecution), signed_in(clerk)

    answers = [desk.post(PAGE, told).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Case.objects.count() == 1


def test_a_number_that_is_taken_is_refused_before_anything_is_saved(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    desk = signed_in(clerk)
    desk.post(PAGE, sheet(prosecution))

    again = desk.post(PAGE, sheet(prosecution, number="24/77"))

    assert again.status_code == 422
    assert "is in the register already" in again.content.decode()


def test_the_same_people_place_and_time_warn_and_may_be_another_case(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    desk = signed_in(clerk)
    desk.post(PAGE, sheet(prosecution))
    twin = sheet(prosecution, number="24-78", happened="07.2023/03.2024", name_0="Ivanov Ivan")

    warned = desk.post(PAGE, twin)
    assert warned.status_code == 422
    assert "KZ-2024-0001" in warned.content.decode()
    assert desk.post(PAGE, twin | {"anyway": "on"}).status_code == 302
    assert Case.objects.count() == 2


def test_entering_a_case_asks_the_tables_few_questions(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    desk = signed_in(clerk)

    with at_most(MOST_QUERIES):
        desk.post(PAGE, sheet(prosecution))
