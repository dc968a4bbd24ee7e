"""Legal holds: placed and lifted with a reason, in the journal, stronger than two people's word."""

import uuid

import pytest

from arasha.cases import services
from arasha.cases.errors import HeldError
from arasha.cases.errors.keeping import HoldLiftedError, NoReasonError
from arasha.cases.holds import held, refuse_held
from arasha.cases.models import Case, LegalHold
from arasha.journal.models import Entry
from arasha.people.models import User
from tests.cases.keeping import YEARS_LATER, hold
from tests.desk.signing_in import signed_in
from tests.walk import actor


def lift(placed: LegalHold, by: User, words: str = "it is over") -> LegalHold:
    return services.lift_hold(hold=placed, words=words, by=actor(by), at=YEARS_LATER)


@pytest.mark.parametrize("page", ["keeping/", "keeping/hold/", "notes/", "codes/"])
def test_a_stranger_gets_the_same_answer_as_for_an_unknown_key(
    page: str, case: Case, other_prosecutor: User
) -> None:
    desk = signed_in(other_prosecutor)

    assert desk.get(f"/cases/{case.pk}/{page}").status_code == 404
    assert desk.get(f"/cases/{uuid.uuid4()}/{page}").status_code == 404


def test_the_sender_reads_why_and_places_nothing(case: Case, officer: User) -> None:
    desk = signed_in(officer)

    assert desk.get(f"/cases/{case.pk}/keeping/").status_code == 200
    assert desk.post(f"/cases/{case.pk}/keeping/hold/", {"reason": "court"}).status_code == 404
    assert not LegalHold.objects.exists()


def test_while_a_hold_stands_nothing_is_destroyed(case: Case, prosecutor: User) -> None:
    hold(case, prosecutor)

    with pytest.raises(HeldError, match="who placed the hold"):
        refuse_held([case.pk])


def test_a_hold_without_a_reason_to_lift_it_stays(case: Case, prosecutor: User) -> None:
    with pytest.raises(NoReasonError):
        lift(hold(case, prosecutor), prosecutor, words=" ")

    assert held([case.pk]) == {case.pk}


def test_lifted_once_it_is_lifted(case: Case, prosecutor: User) -> None:
    placed = hold(case, prosecutor)
    lift(placed, prosecutor)

    with pytest.raises(HoldLiftedError):
        lift(placed, prosecutor)
    assert held([case.pk]) == set()


def test_two_holds_are_lifted_one_by_one(case: Case, prosecutor: User) -> None:
    first = hold(case, prosecutor)
    hold(case, prosecutor, words="another one")

    lift(first, prosecutor)

    assert held([case.pk]) == {case.pk}


def test_a_double_click_places_one(case: Case, prosecutor: User) -> None:
    assert hold(case, prosecutor) == hold(case, prosecutor)


def test_both_acts_stand_in_the_journal_with_their_reason(case: Case, prosecutor: User) -> None:
    lift(hold(case, prosecutor), prosecutor)

    found = Entry.objects.filter(act__startswith="case.hold_").order_by("recorded_at")
    assert [(each.act, each.reason_code) for each in found] == [
        ("case.hold_placed", "inspection"),
        ("case.hold_lifted", "inspection"),
    ]


def test_the_page_places_and_lifts(case: Case, prosecutor: User) -> None:
    desk, page = signed_in(prosecutor), f"/cases/{case.pk}/keeping/"

    desk.post(f"{page}hold/", {"reason": "court", "words": "letter 7"})
    placed = LegalHold.objects.get()
    assert "letter 7" in desk.get(page).content.decode()
    desk.post(f"{page}hold/{placed.pk}/lift/", {"words": "judged"})

    shown = desk.get(page).content.decode()
    assert "judged" in shown and "Lift this hold" not in shown
