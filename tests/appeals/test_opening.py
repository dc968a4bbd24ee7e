from datetime import timedelta

import pytest

from arasha.access import services as access
from arasha.actors import WORLD
from arasha.appeals import selectors, services
from arasha.appeals.errors import NotYetOpenedError, OpeningSpentError
from arasha.appeals.models import Appeal, Opening, State
from arasha.country import local_day
from arasha.journal.models import Entry
from arasha.people import services as people
from arasha.people.models import User
from arasha.problems import NotFoundProblem
from tests.walk import DAY, OPENED_AT, actor

SECOND = timedelta(seconds=1)


def begin(appeal: Appeal, officer: User) -> str:
    return services.begin_opening(appeal=appeal, by=actor(officer), at=OPENED_AT)


def bar(appeal: Appeal, user: User) -> None:
    access.bar(
        subject_kind="appeal",
        subject_key=appeal.key,
        user_key=user.pk,
        reason_code="relative",
        by=WORLD,
        at=OPENED_AT,
    )


def test_somebody_who_may_not_open_gets_no_token(appeal: Appeal, prosecutor: User) -> None:
    with pytest.raises(NotFoundProblem):
        begin(appeal, prosecutor)


def test_a_barred_officer_gets_no_token(appeal: Appeal, officer: User) -> None:
    bar(appeal, officer)

    with pytest.raises(NotFoundProblem):
        begin(appeal, officer)


def test_a_token_opens_once(appeal: Appeal, officer: User) -> None:
    token = begin(appeal, officer)
    services.redeem_opening(token=token, at=OPENED_AT)

    with pytest.raises(OpeningSpentError, match="two minutes"):
        services.redeem_opening(token=token, at=OPENED_AT)


def test_a_token_is_dead_after_two_minutes(appeal: Appeal, officer: User) -> None:
    token = begin(appeal, officer)

    with pytest.raises(OpeningSpentError):
        services.redeem_opening(token=token, at=OPENED_AT + services.OPENING_LASTS)
    services.redeem_opening(token=token, at=OPENED_AT + services.OPENING_LASTS - SECOND)


def test_a_token_nobody_made_opens_nothing(appeal: Appeal) -> None:
    with pytest.raises(OpeningSpentError):
        services.redeem_opening(token="somebody-else-s-guess", at=OPENED_AT)


def test_a_token_of_an_officer_who_was_barred_meanwhile_opens_nothing(
    appeal: Appeal, officer: User
) -> None:
    token = begin(appeal, officer)
    bar(appeal, officer)

    with pytest.raises(NotFoundProblem):
        services.redeem_opening(token=token, at=OPENED_AT)
    assert Appeal.objects.get().opened_day is None


def test_a_token_of_an_officer_who_left_meanwhile_opens_nothing(
    appeal: Appeal, officer: User
) -> None:
    token = begin(appeal, officer)
    people.leave(user=officer, by=WORLD, at=OPENED_AT)

    with pytest.raises(NotFoundProblem):
        services.redeem_opening(token=token, at=OPENED_AT)


def test_the_token_itself_is_stored_nowhere(appeal: Appeal, officer: User) -> None:
    token = begin(appeal, officer)

    assert Opening.objects.get().token_hash == services.hash_of(token=token) != token


def test_the_first_opening_is_a_day_and_a_state_and_every_one_is_in_the_journal(
    appeal: Appeal, officer: User, second_officer: User
) -> None:
    first = services.redeem_opening(token=begin(appeal, officer), at=OPENED_AT)
    services.redeem_opening(token=begin(appeal, second_officer), at=OPENED_AT)

    assert (first.state, first.opened_day) == (State.OPENED, local_day(OPENED_AT))
    who = Entry.objects.filter(act="appeal.opened").values_list("actor_key", flat=True)
    assert set(who) == {str(officer.pk), str(second_officer.pk)}


def test_opening_again_does_not_take_a_later_state_back(opened: Appeal, officer: User) -> None:
    services.move(appeal=opened, state=State.CHECKED, by=actor(officer), at=OPENED_AT)

    services.redeem_opening(token=begin(opened, officer), at=OPENED_AT)

    assert Appeal.objects.get().state == State.CHECKED


def test_an_unread_appeal_cannot_be_classified(appeal: Appeal, officer: User) -> None:
    with pytest.raises(NotYetOpenedError, match="Open it in the reader"):
        services.classify(appeal=appeal, category="torture", by=actor(officer), at=OPENED_AT)


def test_what_an_appeal_is_about_is_noted_after_reading(opened: Appeal, officer: User) -> None:
    services.classify(appeal=opened, category="torture", by=actor(officer), at=OPENED_AT)

    assert Appeal.objects.get().category == "torture"
    assert Entry.objects.filter(act="appeal.classified", subject_key=opened.key).exists()


def test_an_appeal_is_overdue_from_the_day_after_its_day(appeal: Appeal, officer: User) -> None:
    due = appeal.answer_by_day
    assert due is not None
    late = OPENED_AT + (due - local_day(OPENED_AT)) + DAY

    assert not selectors.overdue(viewer=actor(officer), at=late - DAY).exists()
    assert selectors.overdue(viewer=actor(officer), at=late).exists()
