"""Two people at the same moment: one of them acts, the other is told."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from arasha.cases.models import Case, Decision
from arasha.handoffs.appeals_to_cases import services
from arasha.handoffs.appeals_to_cases.models import Referral
from arasha.people.models import Institution, User
from arasha.problems import Problem
from tests.together import at_once
from tests.walk import REGISTERED_AT, accept, actor, decide, person

pytestmark = pytest.mark.django_db(transaction=True)
DONE = "done"


@pytest.fixture
def colleague(prosecution: Institution) -> User:
    return person("prosecutor", prosecution)


def outcome(act: Callable[[], object]) -> tuple[str, int, int]:
    """What the person was told, and how many cases and decisions they see afterwards."""
    try:
        act()
        told = DONE
    except Problem as problem:
        told = problem.code
    return told, Case.objects.count(), Decision.objects.count()


def test_of_two_who_accept_a_referral_one_registers_the_case_and_the_other_is_told(
    referral: Referral, prosecutor: User, colleague: User, tmp_path: Path
) -> None:
    mine = partial(accept, referral, prosecutor, number="26-0131")
    theirs = partial(accept, referral, colleague, number="26-0132")

    answers = at_once(tmp_path, partial(outcome, mine), partial(outcome, theirs))

    assert sorted(answers) == [("already_answered", 1, 1), (DONE, 1, 1)]


def test_a_referral_that_is_accepted_and_refused_at_once_has_one_answer(
    referral: Referral, prosecutor: User, colleague: User, tmp_path: Path
) -> None:
    refusal = partial(
        services.refuse,
        crossing=referral,
        reason="insufficient",
        by=actor(colleague),
        at=REGISTERED_AT,
    )

    answers = at_once(
        tmp_path, partial(outcome, partial(accept, referral, prosecutor)), partial(outcome, refusal)
    )

    (first, *seen_first), (second, *seen_second) = answers
    assert {first, second} == {"already_answered", DONE}
    assert seen_first == seen_second


def test_of_two_decisions_on_a_case_one_is_entered_and_the_other_writer_is_told(
    case: Case, prosecutor: User, colleague: User, tmp_path: Path
) -> None:
    mine = partial(decide, case, "sent_to_court", prosecutor, persons=2, base_version=1)
    theirs = partial(decide, case, "terminated", colleague, base_version=1)

    answers = at_once(tmp_path, partial(outcome, mine), partial(outcome, theirs))

    assert sorted(answers) == [("changed_meanwhile", 1, 2), (DONE, 1, 2)]


def test_a_decision_sent_twice_at_once_is_entered_once_and_nobody_is_refused(
    case: Case, prosecutor: User, tmp_path: Path
) -> None:
    click = partial(decide, case, "sent_to_court", prosecutor, persons=2, base_version=1)

    answers = at_once(tmp_path, partial(outcome, click), partial(outcome, click))

    assert answers == [(DONE, 1, 2), (DONE, 1, 2)]
