"""Charges: a person under a provision in the wording that the rules name."""

import datetime as dt

import pytest

from arasha.cases import services
from arasha.cases.deciding.errors import (
    ActDayNeededError,
    ActDayOutsideError,
    ChargedAlreadyError,
    ChargeWithdrawnError,
    DayInFutureError,
    DayTooEarlyError,
    NotCoveredError,
    NotSuspectError,
)
from arasha.cases.models import Allegation, Case, Charge, Person
from arasha.country import country, local_day
from arasha.people.models import User
from arasha.problems import ChangedMeanwhileProblem
from tests.cases.conftest import Enter
from tests.desk.signing_in import signed_in
from tests.walk import DAY, REGISTERED_AT, actor

TODAY = local_day(REGISTERED_AT)


def charge(person: Person, by: User, **changes: object) -> Charge:
    asked: dict[str, object] = {
        "conduct": "torture",
        "part": 2,
        "day": TODAY + DAY,
        "base_version": Case.objects.get().version,
        "at": REGISTERED_AT + 2 * DAY,
    }
    return services.charge(person=person, by=actor(by), **(asked | changes))  # type: ignore[arg-type]


def test_a_victim_is_not_charged(prosecutor: User, enter: Enter) -> None:
    with pytest.raises(NotSuspectError):
        charge(enter("V1", "victim"), prosecutor)


def test_no_charge_is_of_tomorrow_nor_from_before_the_act(prosecutor: User, enter: Enter) -> None:
    person = enter("S1")

    with pytest.raises(DayInFutureError):
        charge(person, prosecutor, day=TODAY + 9 * DAY)
    with pytest.raises(DayTooEarlyError):
        charge(person, prosecutor, day=TODAY - 300 * DAY)


def test_over_a_border_of_wordings_the_charge_names_its_day(prosecutor: User, enter: Enter) -> None:
    Allegation.objects.update(happened_from=dt.date(2022, 12, 1), happened_to=dt.date(2023, 4, 30))
    person = enter("S1")

    with pytest.raises(ActDayNeededError, match="Write the last day of the act"):
        charge(person, prosecutor)
    with pytest.raises(ActDayOutsideError, match="2022-12-01 to 2023-04-30"):
        charge(person, prosecutor, act_day=dt.date(2021, 1, 1))
    made = charge(person, prosecutor, act_day=dt.date(2022, 12, 31))

    assert made.provision == "146.1"


def test_what_no_provision_covered_then_is_not_charged(prosecutor: User, enter: Enter) -> None:
    """Before 2023 the article named torture alone."""
    Allegation.objects.update(happened_from=dt.date(2022, 5, 1), happened_to=dt.date(2022, 5, 1))

    with pytest.raises(NotCoveredError, match="no provision covered"):
        charge(enter("S1"), prosecutor, conduct="ill_treatment", part=1)


def test_a_charge_keeps_provision_wording_and_answer(prosecutor: User, enter: Enter) -> None:
    person = enter("S1", state="suspect")

    made = charge(person, prosecutor)

    person.refresh_from_db()
    assert (made.provision, made.state, person.state) == ("146.2", "charged", "charged")
    assert made.provision_from_day is not None
    assert made.law_answer["pack_hash"] == made.pack_hash == country().hash


def test_a_double_click_charges_once_and_the_same_charge_is_refused(
    prosecutor: User, enter: Enter
) -> None:
    person = enter("S1")
    made = charge(person, prosecutor, base_version=1)
    person = Person.objects.get()

    assert charge(person, prosecutor, base_version=1) == made
    with pytest.raises(ChargedAlreadyError, match="Withdraw the charge"):
        charge(Person.objects.get(), prosecutor)


def test_the_second_of_two_editors_is_refused(prosecutor: User, enter: Enter) -> None:
    charge(enter("S1"), prosecutor, base_version=1)

    with pytest.raises(ChangedMeanwhileProblem):
        charge(enter("S2"), prosecutor, base_version=1)


def test_a_charge_is_withdrawn_once_and_stays_in_the_register(
    prosecutor: User, enter: Enter
) -> None:
    made = charge(enter("S1", state="suspect"), prosecutor)
    withdraw = {"charge": made, "by": actor(prosecutor), "at": REGISTERED_AT + 5 * DAY}

    with pytest.raises(DayTooEarlyError):
        services.withdraw_charge(day=TODAY, base_version=2, **withdraw)  # type: ignore[arg-type]
    services.withdraw_charge(day=TODAY + 3 * DAY, base_version=2, **withdraw)  # type: ignore[arg-type]

    assert Charge.objects.get().withdrawn_day == TODAY + 3 * DAY
    assert Person.objects.get().state == "suspect"
    with pytest.raises(ChargeWithdrawnError):
        services.withdraw_charge(day=TODAY + 3 * DAY, base_version=3, **withdraw)  # type: ignore[arg-type]


def test_a_charge_is_entered_on_its_page(case: Case, prosecutor: User, enter: Enter) -> None:
    person, desk = enter("S1"), signed_in(prosecutor)
    sent = {"person": person.pk, "conduct": "torture", "part": 2, "base_version": 1}

    answer = desk.post(f"/cases/{case.key}/charge/", sent | {"day": (TODAY + DAY).isoformat()})

    assert answer.status_code == 302
    assert "146.2" in desk.get(f"/cases/{case.key}/decisions/").content.decode()
