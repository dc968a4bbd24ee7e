"""Somebody is entered into a case, with a name or without one."""

import datetime as dt

import pytest

from arasha.cases import selectors, services
from arasha.cases.errors.people import BornLaterError, NamesakeError
from arasha.cases.models import Case, Identity, Person
from arasha.cases.naming import FOLDING
from arasha.cases.telling_apart import About
from arasha.engines.names import fold
from arasha.journal.models import Entry
from arasha.people.models import User
from arasha.problems import ChangedMeanwhileProblem
from tests.cases.people import add, version, who
from tests.walk import NOW, actor


def test_a_namesake_is_refused_until_something_tells_them_apart(
    case: Case, prosecutor: User
) -> None:
    add(case, prosecutor, "Серік Ахметов")

    with pytest.raises(NamesakeError, match=r"already: V1.*birth date or marks\. Both stay"):
        add(case, prosecutor, "AKHMETOV Serik", role="witness")
    other = add(case, prosecutor, "AKHMETOV Serik", role="witness", marks="a scar on the chin")

    assert (other.code, Person.objects.count()) == ("P1", 2)


@pytest.mark.parametrize(
    ("first", "second", "are_apart"),
    [
        ("March 2001", "2002", True),
        ("2001", "March 2001", False),
        ("2001", "", False),
        ("", "", False),
    ],
)
def test_births_tell_namesakes_apart_only_if_they_cannot_be_one(
    first: str, second: str, are_apart: bool, case: Case, prosecutor: User
) -> None:
    add(case, prosecutor, "Серік Ахметов", born=first)

    if are_apart:
        assert add(case, prosecutor, "Серик Ахметов", born=second).code == "V2"
    else:
        with pytest.raises(NamesakeError):
            add(case, prosecutor, "Серик Ахметов", born=second)


def test_a_birth_date_in_the_future_is_refused(case: Case, prosecutor: User) -> None:
    with pytest.raises(BornLaterError, match="a month or a year"):
        add(case, prosecutor, "Серік", born=str((NOW + dt.timedelta(days=800)).year))


def test_who_saves_upon_an_old_version_is_told(case: Case, prosecutor: User) -> None:
    add(case, prosecutor, "Серік Ахметов")

    with pytest.raises(ChangedMeanwhileProblem):
        add(case, prosecutor, "Дана Ахметова", base_version=case.version)
    assert Person.objects.count() == 1


def test_a_double_click_enters_one_person(case: Case, prosecutor: User) -> None:
    once = add(case, prosecutor, "Серік Ахметов", base_version=case.version)
    again = add(case, prosecutor, "Серік Ахметов", base_version=case.version)

    assert once == again
    assert Entry.objects.filter(act="case.person_added").count() == 1


def test_people_without_a_name_stand_side_by_side(case: Case, prosecutor: User) -> None:
    codes = [add(case, prosecutor, role="suspect", marks="a tall man").code for _ in range(2)]

    assert codes == ["S1", "S2"]
    assert set(Identity.objects.values_list("name", "folded")) == {("", "")}


def test_a_name_is_folded_and_the_folding_is_known(case: Case, prosecutor: User) -> None:
    made = add(case, prosecutor, "Әбілқасымов Нұрлан", born="March 1990")

    known = Identity.objects.get(person=made)
    assert (known.folded, known.folded_by) == (fold("Абилкасимов Нурлан"), FOLDING)
    assert (known.born_first, known.born_last) == (dt.date(1990, 3, 1), dt.date(1990, 3, 31))
    assert version(case) == case.version + 1


def test_what_only_a_suspect_has_is_kept_of_a_suspect_alone(case: Case, prosecutor: User) -> None:
    def added(role: str) -> Person:
        return services.add_person(
            case=case,
            about=About(role=role, capacity="official", sex="male", is_minor=False),
            who=who(),
            base_version=version(case),
            by=actor(prosecutor),
            at=NOW,
        )

    suspect, witness = added("suspect"), added("witness")

    assert (suspect.capacity, suspect.state) == ("official", "alleged")
    assert (witness.capacity, witness.state, witness.sex) == ("", "", "male")


def test_whom_the_names_are_not_open_sees_codes(
    case: Case, prosecutor: User, officer: User
) -> None:
    made = add(case, prosecutor, "Серік Ахметов")

    assert list(selectors.persons(viewer=actor(officer), case=case)) == [made]
    assert selectors.identities(viewer=actor(officer), case=case) == {}
    assert made.key in selectors.identities(viewer=actor(prosecutor), case=case)
