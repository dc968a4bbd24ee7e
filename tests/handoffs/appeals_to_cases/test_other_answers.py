"""A referral that is neither accepted nor refused: passed on without registration, or joined to a case."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from arasha.access.models import Grant
from arasha.appeals.models import Appeal
from arasha.cases import selectors as cases
from arasha.cases import services as case_services
from arasha.cases.errors.allegations import NoBodyError
from arasha.cases.models import Allegation, AllegationOutcome, Case
from arasha.cases.services import Outcome
from arasha.country import local_day
from arasha.handoffs.appeals_to_cases import selectors, services, tick
from arasha.handoffs.appeals_to_cases.models import Referral
from arasha.handoffs.crossings import Answer
from arasha.handoffs.errors import AlreadyAnsweredError
from arasha.journal.models import Entry
from arasha.notices.models import Notice
from arasha.people.models import Institution, User
from arasha.problems import Problem
from tests.cases.reports import register, take
from tests.desk.signing_in import signed_in
from tests.together import at_once
from tests.walk import DAY, NOW, REGISTERED_AT, WORDS, accept, actor, person

DONE = "done"


def page_of(referral: Referral) -> str:
    return f"/referrals/{referral.key}/"


def pass_on(referral: Referral, by: User, **changes: Any) -> Referral:
    said: dict[str, Any] = {
        "reason": "insufficient_data",
        "body_name": "Audit office",
        "day": local_day(REGISTERED_AT),
    }
    outcome = Outcome(kind="passed_on", **(said | changes))
    return services.pass_on(crossing=referral, outcome=outcome, by=actor(by), at=REGISTERED_AT)


@pytest.fixture
def open_case(prosecution: Institution, prosecutor: User) -> Case:
    return register(take(prosecution, prosecutor), prosecutor, number="26-0800")


def test_passing_on_without_a_body_is_refused_and_the_referral_still_waits(
    referral: Referral, prosecutor: User
) -> None:
    with pytest.raises(NoBodyError):
        pass_on(referral, prosecutor, body_name="")
    assert Referral.objects.get().answer == Answer.WAITING


def test_a_referral_is_answered_once(referral: Referral, prosecutor: User) -> None:
    pass_on(referral, prosecutor)

    with pytest.raises(AlreadyAnsweredError):
        accept(referral, prosecutor)
    assert AllegationOutcome.objects.count() == 1


def test_the_officer_is_told_the_reason_and_whether_the_clock_was_met(
    referral: Referral, prosecutor: User, officer: User
) -> None:
    pass_on(referral, prosecutor)

    page = signed_in(officer).get(page_of(referral)).content.decode()
    assert Notice.objects.filter(kind="referral.answered", user=officer).count() == 1
    assert "Not enough data: an audit or inspection is needed" in page
    assert "Audit office" in page
    assert "In time" in page
    assert Entry.objects.filter(act="referral.passed_on").count() == 1
    assert Entry.objects.filter(
        act="allegation.passed_on", reason_code__endswith="in_time"
    ).exists()


def test_the_account_opens_to_whoever_passed_it_on_and_stands_in_their_register(
    referral: Referral, prosecutor: User
) -> None:
    pass_on(referral, prosecutor)

    [allegation] = cases.allegations_received(viewer=actor(prosecutor), state="passed_on")
    assert allegation.account == WORDS


def test_what_was_passed_on_may_be_referred_to_another_office(
    referral: Referral, prosecutor: User
) -> None:
    viewer = actor(prosecutor)
    pass_on(referral, prosecutor)

    assert not selectors.is_referred(viewer=viewer, appeal_key=referral.appeal_key)


def test_what_is_registered_after_all_opens_to_the_officer_by_the_tick(
    referral: Referral, prosecutor: User, officer: User
) -> None:
    pass_on(referral, prosecutor)
    case = case_services.register(
        allegation=Allegation.objects.get(),
        holder=referral.receiver,
        number_register="erdr",
        number="26-0900",
        number_day=local_day(REGISTERED_AT + DAY),
        by=actor(prosecutor),
        at=REGISTERED_AT + DAY,
    )
    assert not cases.cases(viewer=actor(officer)).exists()

    assert [tick.tick(at=NOW), tick.tick(at=NOW)] == [1, 0]

    assert list(cases.cases(viewer=actor(officer))) == [case]
    assert Referral.objects.get().case_key == case.key


def test_a_referral_is_joined_to_an_open_case_which_does_not_open_to_the_officer(
    referral: Referral, open_case: Case, prosecutor: User, officer: User
) -> None:
    form = {
        "join-number": open_case.number,
        "join-case": str(open_case.key),
        "join-reason": "same_event",
        "join-day": local_day(NOW).isoformat(),
    }

    answer = signed_in(prosecutor).post(page_of(referral) + "join/", form)

    assert answer.status_code == 302
    assert Allegation.objects.get(source_kind="appeal").case == open_case
    page = signed_in(officer).get(page_of(referral)).content.decode()
    assert "The same event" in page
    assert open_case.number not in page
    assert not Grant.objects.filter(subject_key=open_case.key, basis="referral").exists()


def test_a_refused_joining_is_given_back_on_the_page(referral: Referral, prosecutor: User) -> None:
    form = {"join-number": "26-0999", "join-reason": "same_event", "join-day": local_day(NOW)}

    answer = signed_in(prosecutor).post(page_of(referral) + "join/", form)

    assert answer.status_code == 422
    assert "No open case in your hands" in answer.content.decode()
    assert Referral.objects.get().answer == Answer.WAITING


def test_a_passing_on_at_the_desk_is_answered_on_the_referral_s_page(
    referral: Referral, prosecutor: User, recorded: Appeal
) -> None:
    form = {
        "pass_on-reason": "insufficient_data",
        "pass_on-body_name": "Audit office",
        "pass_on-day": local_day(NOW).isoformat(),
    }
    desk = signed_in(prosecutor)

    assert desk.post(page_of(referral) + "pass-on/", form).status_code == 302
    again = desk.post(page_of(referral) + "pass-on/", form)
    assert "already answered" in again.content.decode()
    assert "Audit office" in desk.get(page_of(referral)).content.decode()


def told(act: Callable[[], object]) -> tuple[str, int]:
    try:
        act()
        said = DONE
    except Problem as problem:
        said = problem.code
    return said, AllegationOutcome.objects.count()


@pytest.mark.django_db(transaction=True)
def test_accepted_and_passed_on_at_once_a_referral_has_one_answer(
    referral: Referral, prosecutor: User, prosecution: Institution, tmp_path: Path
) -> None:
    colleague = person("prosecutor", prosecution)
    mine, theirs = partial(accept, referral, prosecutor), partial(pass_on, referral, colleague)

    answers = at_once(tmp_path, partial(told, mine), partial(told, theirs))

    assert sorted(answers) == [("already_answered", 1), (DONE, 1)]
