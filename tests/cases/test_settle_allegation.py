"""What becomes of an allegation: passed on, joined, registered after all."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from arasha.cases import law, panels, selectors
from arasha.cases.errors import AlreadyRegisteredError
from arasha.cases.errors.allegations import (
    CaseNotOpenError,
    NoBodyError,
    OutcomeDayError,
    OutcomeOutOfOrderError,
    PassedToCommanderError,
    PassedToItselfError,
    ReasonMissingError,
)
from arasha.cases.models import Allegation, AllegationOutcome, Case
from arasha.cases.receiving import ANONYMOUS
from arasha.country import local_day
from arasha.journal.models import Entry
from arasha.people.models import Institution, User
from arasha.places.models import Place
from arasha.problems import ChangedMeanwhileProblem, Problem
from tests.cases.reports import RECEIVED_AT, join, pass_on, register, take
from tests.together import at_once
from tests.walk import DAY, REGISTERED_AT, actor, decide, person

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def taken(prosecution: Institution, prosecutor: User) -> Allegation:
    return take(prosecution, prosecutor)


def counted() -> list[str]:
    acts = Entry.objects.filter(act__startswith="allegation.").exclude(reason_code="")
    return list(acts.order_by("at").values_list("reason_code", flat=True))


def test_what_is_passed_on_has_a_reason_and_somebody_to_whom_it_goes(
    taken: Allegation, prosecutor: User, prosecution: Institution
) -> None:
    with pytest.raises(ReasonMissingError):
        pass_on(taken, prosecutor, reason="")
    with pytest.raises(NoBodyError, match="not in the register"):
        pass_on(taken, prosecutor, body_name=" ")
    with pytest.raises(PassedToItselfError):
        pass_on(taken, prosecutor, to=prosecution)
    assert not AllegationOutcome.objects.exists()


@pytest.mark.parametrize("days", [-1, 1])
def test_an_outcome_is_of_no_day_before_the_receipt_and_of_none_to_come(
    days: int, taken: Allegation, prosecutor: User
) -> None:
    with pytest.raises(OutcomeDayError, match="Correct the day"):
        pass_on(taken, prosecutor, day=local_day(RECEIVED_AT) + days * DAY)


def test_whoever_commands_the_place_gets_it_only_with_a_reason_in_words(
    prosecution: Institution, prosecutor: User, place: Place, administration: Institution
) -> None:
    taken = take(prosecution, prosecutor, place=place)

    with pytest.raises(PassedToCommanderError, match="say why in words"):
        pass_on(taken, prosecutor, to=administration)

    made = pass_on(taken, prosecutor, to=administration, words="Only they may audit it.")
    assert made.passed_to == administration


@pytest.mark.parametrize(("hours", "timely"), [(1, "in_time"), (71, "in_time"), (24 * 5, "late")])
def test_passed_on_is_an_outcome_that_says_whether_its_clock_was_met(
    hours: int, timely: str, taken: Allegation, prosecutor: User
) -> None:
    at = RECEIVED_AT + hours * HOUR
    made = pass_on(taken, prosecutor, at=at)

    assert made.due_at == taken.pass_on_by_at
    assert made.is_late == (timely == "late")
    assert counted() == [f"passed_on {local_day(at).isoformat()} {timely}"]
    assert not selectors.allegations_waiting(viewer=actor(prosecutor)).exists()


def test_of_an_act_entered_days_later_the_day_counts_and_no_hour(
    taken: Allegation, prosecutor: User
) -> None:
    made = pass_on(
        taken, prosecutor, at=RECEIVED_AT + 9 * DAY, day=local_day(RECEIVED_AT + 3 * DAY)
    )

    assert made.is_late is False


def test_a_double_click_passes_on_once_and_another_hand_is_told(
    taken: Allegation, prosecutor: User, prosecution: Institution
) -> None:
    assert pass_on(taken, prosecutor) == pass_on(taken, prosecutor)
    with pytest.raises(ChangedMeanwhileProblem):
        pass_on(taken, person("prosecutor", prosecution), reason="private_charge")
    with pytest.raises(OutcomeOutOfOrderError, match="may still be registered"):
        pass_on(taken, prosecutor, seen=1)
    assert AllegationOutcome.objects.count() == 1


def test_what_was_passed_on_may_be_registered_after_all_and_both_stay_visible(
    taken: Allegation, prosecutor: User
) -> None:
    pass_on(taken, prosecutor)

    case = register(taken, prosecutor, at=RECEIVED_AT + DAY)

    rows = selectors.outcomes(viewer=actor(prosecutor), allegation=taken)
    assert [(row.number, row.kind, row.is_late) for row in rows] == [
        (1, "passed_on", False),
        (2, "registered", None),
    ]
    assert Allegation.objects.get().case == case
    assert counted()[1].endswith("no_clock")


def test_a_registered_one_is_registered_once_by_a_double_click_and_by_nobody_else(
    taken: Allegation, prosecutor: User, prosecution: Institution
) -> None:
    assert register(taken, prosecutor) == register(taken, prosecutor)
    with pytest.raises(AlreadyRegisteredError):
        register(taken, prosecutor, number="26-0701")
    with pytest.raises(AlreadyRegisteredError):
        register(taken, person("prosecutor", prosecution))
    assert Case.objects.count() == AllegationOutcome.objects.count() == 1


@pytest.mark.parametrize(("hours", "is_late"), [(24, False), (25, True)])
def test_registration_is_in_time_within_a_day_and_a_night(
    hours: int, is_late: bool, taken: Allegation, prosecutor: User
) -> None:
    register(taken, prosecutor, at=RECEIVED_AT + hours * HOUR)

    assert AllegationOutcome.objects.get().is_late is is_late


def test_a_report_is_joined_to_an_open_case_only(
    taken: Allegation, case: Case, prosecutor: User
) -> None:
    with pytest.raises(CaseNotOpenError):
        join(taken, None, prosecutor)
    decide(case, "terminated", prosecutor)
    with pytest.raises(CaseNotOpenError, match="Find the case that is open"):
        join(taken, case, prosecutor)
    with pytest.raises(ReasonMissingError):
        join(taken, case, prosecutor, reason="")
    assert not AllegationOutcome.objects.filter(kind="joined").exists()


def test_a_registered_report_is_not_joined_to_its_own_case(
    taken: Allegation, prosecutor: User
) -> None:
    own = register(taken, prosecutor)

    with pytest.raises(OutcomeOutOfOrderError):
        join(taken, own, prosecutor, seen=1)


def test_what_was_joined_opens_with_the_case_and_stands_on_its_timeline(
    taken: Allegation, case: Case, prosecutor: User
) -> None:
    joined = join(taken, case, prosecutor)

    viewer, now = actor(prosecutor), REGISTERED_AT + DAY
    case.refresh_from_db()
    assert joined.case == case
    assert taken in selectors.allegations(viewer=viewer, case=case)
    moments = panels.timeline(viewer=viewer, case=case, at=now, language="en")
    assert "A report was joined" in [moment.title for moment in moments]
    assert case.version == 2
    assert Entry.objects.filter(act="case.allegation_joined", subject_key=case.key).exists()


def test_a_message_without_a_name_may_be_joined_though_it_opens_no_case(
    prosecution: Institution, prosecutor: User, case: Case
) -> None:
    taken = take(prosecution, prosecutor, source=ANONYMOUS, teller=None, warned_day=None)

    assert join(taken, case, prosecutor, reason="told_twice").kind == "joined"


def test_what_was_joined_moves_no_answer_of_the_law(
    taken: Allegation, case: Case, prosecutor: User
) -> None:
    founding = law.founding(case)
    Allegation.objects.filter(pk=taken.pk).update(received_at=founding.received_at - 9 * DAY)

    join(taken, case, prosecutor)

    assert law.founding(case) == founding


DONE = "done"


def told(act: Callable[[], object]) -> tuple[str, int]:
    try:
        act()
        said = DONE
    except Problem as problem:
        said = problem.code
    return said, AllegationOutcome.objects.filter(allegation__source_kind="citizen").count()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_passes_it_on_and_the_other_is_told(
    taken: Allegation, prosecutor: User, prosecution: Institution, tmp_path: Path
) -> None:
    colleague = person("prosecutor", prosecution)
    mine = partial(pass_on, taken, prosecutor)
    theirs = partial(register, taken, colleague)

    answers = at_once(tmp_path, partial(told, mine), partial(told, theirs))

    # Any order is lawful: what was passed on may be registered; what is a case is not passed on.
    refused = [("changed_meanwhile", 1), (DONE, 1)]
    both = [[(DONE, 1), (DONE, 2)], [(DONE, 2), (DONE, 2)]]
    assert sorted(answers) in (refused, *both)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_once_passes_it_on_once(
    taken: Allegation, prosecutor: User, tmp_path: Path
) -> None:
    click = partial(pass_on, taken, prosecutor)

    answers = at_once(tmp_path, partial(told, click), partial(told, click))

    assert answers == [(DONE, 1), (DONE, 1)]
