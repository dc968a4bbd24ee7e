"""The same event, told twice: suggested with reasons, linked by a person, never merged."""

import datetime as dt

import pytest

from arasha.actors import TICK
from arasha.cases import panels, selectors, services, tick
from arasha.cases.errors.people import NoWordsError, SettledBeforeError
from arasha.cases.models import Case, SameEvent
from arasha.cases.people_panel import pairs
from arasha.journal.models import Entry
from arasha.people.models import Institution, User
from arasha.places.models import Place
from tests.access import rows
from tests.access.cast import give
from tests.cases.people import add, happen, version
from tests.desk.signing_in import signed_in
from tests.walk import NOW, REGISTERED_AT, actor

WHEN = "05.03.2021"
SERIK = "Серік Болатұлы Ахметов"


@pytest.fixture
def again(
    case: Case,
    place: Place,
    prosecutor: User,
    prosecution: Institution,
    other_prosecution: Institution,
) -> Case:
    """Another case of the same event, open to the same office; its names are written in Russian."""
    add(case, prosecutor, SERIK)
    happen(case, prosecutor, place=place, when=WHEN)
    made = rows.case()
    give("case", made.key, prosecution, "assigned")
    give("case", made.key, other_prosecution, "referral")
    add(made, prosecutor, "Ахметов Серик Болатович")
    happen(made, prosecutor, place=place, when="06.03.2021")
    return made


def settle(case: Case, by: User, answer: str, words: str = "") -> SameEvent:
    pair = SameEvent.objects.get(case=case)
    return services.settle(
        pair=pair,
        answer=answer,
        words=words,
        base_version=version(case),
        by=actor(by),
        at=NOW,
    )


def test_what_was_answered_is_not_answered_otherwise(
    case: Case, again: Case, prosecutor: User
) -> None:
    tick.compare(at=NOW)
    settle(case, prosecutor, "linked")

    with pytest.raises(SettledBeforeError, match="Open the case anew"):
        settle(again, prosecutor, "not_the_same", "another man")
    assert settle(case, prosecutor, "linked").state == "linked"
    assert Entry.objects.filter(act="case.same_event_linked").count() == 2


def test_not_the_same_needs_a_word_why(case: Case, again: Case, prosecutor: User) -> None:
    tick.compare(at=NOW)

    with pytest.raises(NoWordsError):
        settle(case, prosecutor, "not_the_same", "  ")
    settle(case, prosecutor, "not_the_same", "Another man of that name.")

    assert not selectors.same_events(viewer=actor(prosecutor), case=case).exists()
    assert tick.compare(at=NOW) == 0


def test_two_tellings_are_suggested_once_on_both_sides(case: Case, again: Case) -> None:
    assert (tick.compare(at=NOW), tick.compare(at=NOW)) == (1, 0)

    found = SameEvent.objects.values_list("case_id", "other_id", "state")
    assert set(found) == {(case.key, again.key, "suggested"), (again.key, case.key, "suggested")}
    assert Entry.objects.filter(act="case.same_event_suggested").count() == 2


def test_an_unchanged_case_is_not_compared_again_and_a_changed_one_is(
    case: Case, again: Case, prosecutor: User
) -> None:
    tick.compare(at=NOW)
    SameEvent.objects.all().delete()

    assert tick.compare(at=NOW) == 0
    happen(case, prosecutor, where="the yard")
    assert tick.compare(at=NOW) == 1


def test_a_suggestion_goes_when_nothing_speaks_for_it_any_more(
    case: Case, again: Case, prosecutor: User
) -> None:
    tick.compare(at=NOW)
    again.identities.update(name="Дана Омарова", folded="dana omarova")
    again.events.update(first_day=dt.date(2010, 1, 1), last_day=dt.date(2010, 1, 1))

    services.compare(case=again, by=TICK, at=NOW)

    assert not SameEvent.objects.exists()


def test_its_reasons_are_words_that_name_nobody(case: Case, again: Case, prosecutor: User) -> None:
    tick.compare(at=NOW)

    [pair] = pairs(viewer=actor(prosecutor), case=case)

    assert pair.reasons == [
        "The names of V1 here and V1 there are alike.",
        "It is the same place.",
        "The days lie close together.",
    ]
    assert "ahmetov" not in str(pair.row.reasons)


def test_nobody_learns_of_a_case_that_is_not_open_to_them(
    case: Case, again: Case, officer: User, other_prosecutor: User
) -> None:
    tick.compare(at=NOW)

    for viewer, own in ((officer, case), (other_prosecutor, again)):
        assert not selectors.same_events(viewer=actor(viewer), case=own).exists()
        pair = SameEvent.objects.get(case=own)
        assert signed_in(viewer).get(f"/cases/{own.key}/same/{pair.key}/").status_code == 404
    assert again.number not in signed_in(officer).get(f"/cases/{case.key}/").content.decode()


def test_linked_cases_stand_in_each_other_s_timeline(
    case: Case, again: Case, prosecutor: User
) -> None:
    tick.compare(at=NOW)
    desk, pair = signed_in(prosecutor), SameEvent.objects.get(case=case)
    page = desk.get(f"/cases/{case.key}/").content.decode()
    assert "may tell of the same event" in page

    sent = {"answer": "linked", "words": "", "base_version": version(case)}
    assert desk.post(f"/cases/{case.key}/same/{pair.key}/", sent).status_code == 302

    moments = panels.timeline(viewer=actor(prosecutor), case=case, at=REGISTERED_AT, language="en")
    assert again.number in {moment.note for moment in moments}
    assert SERIK in desk.get(f"/cases/{case.key}/people/").content.decode()
    assert case.version < Case.objects.get(pk=case.pk).version  # by the people alone


def test_a_refusal_without_words_is_given_back(case: Case, again: Case, prosecutor: User) -> None:
    tick.compare(at=NOW)
    pair = SameEvent.objects.get(case=case)

    answer = signed_in(prosecutor).post(
        f"/cases/{case.key}/same/{pair.key}/",
        {"answer": "not_the_same", "words": "", "base_version": version(case)},
    )

    assert answer.status_code == 422
    assert "why the two are not the same" in answer.content.decode()
