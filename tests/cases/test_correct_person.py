"""What is known of somebody is written anew; the code stays."""

from typing import Any

import pytest

from arasha.cases import services
from arasha.cases.errors.people import NamesakeError
from arasha.cases.models import Case, Identity, Person
from arasha.cases.telling_apart import About
from arasha.journal.models import Entry
from arasha.people.models import User
from arasha.problems import ChangedMeanwhileProblem
from tests.cases.people import add, version, who
from tests.walk import NOW, actor


def correct(person: Person, by: User, name: str, **more: Any) -> Person:
    given: dict[str, Any] = {
        "base_version": version(person.case),
        "about": About(role="suspect"),
    } | more
    return services.correct_person(person=person, who=who(name), by=actor(by), at=NOW, **given)


def test_a_correction_upon_an_old_version_is_refused(case: Case, prosecutor: User) -> None:
    made = add(case, prosecutor, "Серік Ахметов")

    with pytest.raises(ChangedMeanwhileProblem):
        correct(made, prosecutor, "Серік Омаров", base_version=case.version)
    assert Identity.objects.get().name == "Серік Ахметов"


def test_nobody_is_given_the_name_of_another(case: Case, prosecutor: User) -> None:
    add(case, prosecutor, "Серік Ахметов")
    other = add(case, prosecutor, role="suspect")

    with pytest.raises(NamesakeError, match="V1"):
        correct(other, prosecutor, "Серик Ахметов")


def test_a_witness_who_becomes_a_suspect_keeps_the_code(case: Case, prosecutor: User) -> None:
    made = add(case, prosecutor, "Серік Ахметов", role="witness")

    corrected = correct(made, prosecutor, "Серік Омаров")

    assert (corrected.code, corrected.role, corrected.state) == ("P1", "suspect", "alleged")
    assert Identity.objects.get().folded == "omarov serik"
    assert Entry.objects.filter(act="case.person_corrected").count() == 1
