"""How many questions the pages of people ask, however many people there are."""

from django.urls import reverse

from arasha.cases.models import Case
from arasha.people.models import User
from tests.cases.people import add, do, happen
from tests.desk.signing_in import signed_in
from tests.walk import at_most


def test_people_and_events_of_a_large_case_cost_few_queries(case: Case, prosecutor: User) -> None:
    people = [add(case, prosecutor, "Ахметов Серік", born=f"March {1970 + n}") for n in range(12)]
    for victim in people[:4]:
        do(happen(case, prosecutor, when="March 2021"), prosecutor, to=victim)
    desk, address = signed_in(prosecutor), reverse("cases:people", args=[case.key])
    desk.get(address)

    with at_most(queries=26):
        page = desk.get(address).content.decode()
    assert page.count("Ахметов Серік") >= 12


def test_the_form_of_one_person_costs_few_queries(case: Case, prosecutor: User) -> None:
    people = [add(case, prosecutor, "Ахметов Серік", born=f"March {1970 + n}") for n in range(12)]
    desk = signed_in(prosecutor)
    address = reverse("cases:correct_person", args=[case.key, people[0].key])
    desk.get(address)

    with at_most(queries=18):
        assert "Ахметов Серік" in desk.get(address).content.decode()
