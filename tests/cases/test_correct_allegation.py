"""An allegation stays as it was received; what turned out otherwise stands beside it."""

from typing import Any

import pytest

from arasha.cases import selectors, services
from arasha.cases.errors.people import NothingToCorrectError
from arasha.cases.models import Allegation, Case, Correction
from arasha.cases.services.events import Happened
from arasha.engines.dates import read
from arasha.people.models import User
from arasha.problems import ChangedMeanwhileProblem
from tests.cases.people import version
from tests.desk.signing_in import signed_in
from tests.walk import NOW, WORDS, actor


def correct(case: Case, by: User, what: str, **more: Any) -> Correction:
    given: dict[str, Any] = {"base_version": version(case), "reason": "the victim said so"} | more
    return services.correct_allegation(
        allegation=case.allegations.get(), what=what, by=actor(by), at=NOW, **given
    )


def test_what_it_says_already_is_no_correction(case: Case, prosecutor: User) -> None:
    with pytest.raises(NothingToCorrectError, match="turned out otherwise"):
        correct(case, prosecutor, "account", account=WORDS)
    with pytest.raises(NothingToCorrectError):
        correct(case, prosecutor, "conduct", code="torture")


def test_a_correction_may_be_taken_back_by_another(case: Case, prosecutor: User) -> None:
    correct(case, prosecutor, "conduct", code="ill_treatment")
    with pytest.raises(NothingToCorrectError):
        correct(case, prosecutor, "conduct", code="ill_treatment", reason="again")

    correct(case, prosecutor, "conduct", code="torture", reason="a mistake of mine")

    assert [each.code for each in selectors.corrections(viewer=actor(prosecutor), case=case)] == [
        "ill_treatment",
        "torture",
    ]


def test_the_allegation_is_never_edited(case: Case, prosecutor: User) -> None:
    before = Allegation.objects.values().get()

    correct(case, prosecutor, "happened", happened=Happened(day=read("May 2021"), words="May 2021"))
    correct(case, prosecutor, "place", happened=Happened())

    assert Allegation.objects.values().get() == before
    assert set(Correction.objects.values_list("what", "happened_words")) == {
        ("happened", "May 2021"),
        ("place", ""),
    }


def test_a_double_click_corrects_once_and_another_editor_is_told(
    case: Case, prosecutor: User
) -> None:
    seen = {"base_version": case.version, "account": "They used a belt."}
    assert correct(case, prosecutor, "account", **seen) == correct(
        case, prosecutor, "account", **seen
    )

    with pytest.raises(ChangedMeanwhileProblem):
        correct(case, prosecutor, "account", base_version=case.version, account="Otherwise.")
    assert Correction.objects.count() == 1


def test_the_page_shows_both(case: Case, prosecutor: User) -> None:
    correct(case, prosecutor, "account", account="They used a belt.")

    page = signed_in(prosecutor).get(f"/cases/{case.key}/").content.decode()

    assert WORDS in page
    assert "They used a belt." in page
    assert "the victim said so" in page


@pytest.mark.parametrize("what", ["account", "happened", "place", "conduct", "capacity"])
def test_each_correction_has_its_form(what: str, case: Case, prosecutor: User) -> None:
    allegation = case.allegations.get()
    desk, address = signed_in(prosecutor), f"/cases/{case.key}/said/{allegation.key}/{what}/"
    assert desk.get(address).status_code == 200

    said = {"account": "Otherwise.", "happened": "2020", "place": "", "conduct": "ill_treatment"}
    sent = {what: said.get(what, "instigated"), "reason": "heard", "base_version": case.version}

    assert desk.post(address, sent).status_code == 302
    assert Correction.objects.get().what == what
