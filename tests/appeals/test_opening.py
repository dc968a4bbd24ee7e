"""From the desk to the reader: an errand once, a session for a while, and no longer."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from arasha.access import services as access
from arasha.actors import WORLD
from arasha.appeals import selectors, services
from arasha.appeals.errors.reader import ErrandSpentError, SessionOverError
from arasha.appeals.errors.work import AlreadyErasedError, NotYetOpenedError
from arasha.appeals.models import Appeal, DutyCall, Errand, ErrandKind, ReaderSession, State
from arasha.appeals.services import duty
from arasha.country import local_day
from arasha.journal.models import Entry
from arasha.people import services as people
from arasha.people.models import User
from arasha.problems import NotFoundProblem
from tests.desk.signing_in import signed_in
from tests.walk import DAY, OPENED_AT, actor

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def begin(appeal: Appeal, officer: User) -> str:
    return services.begin_errand(
        kind=ErrandKind.OPEN, appeal=appeal, by=actor(officer), at=OPENED_AT
    )


def session_of(officer: User) -> str:
    token = services.begin_errand(kind=ErrandKind.INBOX, by=actor(officer), at=OPENED_AT)
    return services.redeem_errand(token=token, at=OPENED_AT)[1]


def open_(appeal: Appeal, officer: User) -> Appeal:
    return services.open_appeal(appeal=appeal, by=actor(officer), at=OPENED_AT)


def bar(appeal: Appeal, user: User) -> None:
    access.bar(
        subject_kind="appeal",
        subject_key=appeal.key,
        user_key=user.pk,
        reason_code="relative",
        by=WORLD,
        at=OPENED_AT,
    )


@pytest.mark.parametrize("kind", list(ErrandKind))
def test_who_reads_no_appeals_gets_no_errand(kind: ErrandKind, prosecutor: User) -> None:
    with pytest.raises(NotFoundProblem):
        services.begin_errand(kind=kind, by=actor(prosecutor), at=OPENED_AT)


def test_a_barred_officer_gets_no_errand_for_the_appeal(appeal: Appeal, officer: User) -> None:
    bar(appeal, officer)

    with pytest.raises(NotFoundProblem):
        begin(appeal, officer)


def test_an_errand_is_run_once(appeal: Appeal, officer: User) -> None:
    token = begin(appeal, officer)
    services.redeem_errand(token=token, at=OPENED_AT)

    with pytest.raises(ErrandSpentError, match="two minutes"):
        services.redeem_errand(token=token, at=OPENED_AT)


def test_an_errand_is_dead_after_two_minutes(appeal: Appeal, officer: User) -> None:
    token = begin(appeal, officer)

    with pytest.raises(ErrandSpentError):
        services.redeem_errand(token=token, at=OPENED_AT + 2 * MINUTE)
    services.redeem_errand(token=token, at=OPENED_AT + 2 * MINUTE - SECOND)


def test_a_token_nobody_made_begins_nothing(appeal: Appeal) -> None:
    with pytest.raises(ErrandSpentError):
        services.redeem_errand(token="somebody-else-s-guess", at=OPENED_AT)


def test_an_errand_of_an_officer_who_left_meanwhile_begins_nothing(
    appeal: Appeal, officer: User
) -> None:
    token = begin(appeal, officer)
    people.leave(user=officer, by=WORLD, at=OPENED_AT)

    with pytest.raises(NotFoundProblem):
        services.redeem_errand(token=token, at=OPENED_AT)


def test_neither_token_is_stored_anywhere(appeal: Appeal, officer: User) -> None:
    token = begin(appeal, officer)
    _errand, session = services.redeem_errand(token=token, at=OPENED_AT)

    assert Errand.objects.get().token_hash == services.hash_of(token=token) != token
    assert ReaderSession.objects.get().token_hash == services.hash_of(token=session) != session


def test_a_session_ends_after_fifteen_idle_minutes(officer: User) -> None:
    session = session_of(officer)

    services.use_session(token=session, at=OPENED_AT + 15 * MINUTE - SECOND)
    services.use_session(token=session, at=OPENED_AT + 30 * MINUTE - 2 * SECOND)
    with pytest.raises(SessionOverError):
        services.use_session(token=session, at=OPENED_AT + 45 * MINUTE)


def test_a_session_ends_after_a_working_day_however_busy(officer: User) -> None:
    session = session_of(officer)
    for minutes in range(10, 480, 10):
        services.use_session(token=session, at=OPENED_AT + minutes * MINUTE)

    with pytest.raises(SessionOverError):
        services.use_session(token=session, at=OPENED_AT + 480 * MINUTE)


def test_a_session_ends_when_it_is_ended_and_not_by_another_officer(
    officer: User, second_officer: User
) -> None:
    session = session_of(officer)

    services.end_session(token=session, by=actor(second_officer), at=OPENED_AT)
    assert services.use_session(token=session, at=OPENED_AT) == actor(officer)
    services.end_session(token=session, by=actor(officer), at=OPENED_AT)
    with pytest.raises(SessionOverError):
        services.use_session(token=session, at=OPENED_AT)


def test_signing_out_ends_all_sessions_of_the_officer_alone(
    officer: User, second_officer: User
) -> None:
    mine, other = [session_of(officer), session_of(officer)], session_of(second_officer)

    assert services.end_sessions(by=actor(officer), at=OPENED_AT) == 2
    for session in mine:
        with pytest.raises(SessionOverError):
            services.use_session(token=session, at=OPENED_AT)
    assert services.use_session(token=other, at=OPENED_AT) == actor(second_officer)


def test_who_leaves_has_no_session_any_more(officer: User) -> None:
    session = session_of(officer)
    people.leave(user=officer, by=WORLD, at=OPENED_AT)

    with pytest.raises(SessionOverError):
        services.use_session(token=session, at=OPENED_AT)


def test_a_barred_officer_opens_nothing_in_a_session_that_runs(
    appeal: Appeal, officer: User
) -> None:
    bar(appeal, officer)

    with pytest.raises(NotFoundProblem):
        open_(appeal, officer)
    assert Appeal.objects.get().opened_day is None


def test_what_was_erased_is_not_opened(appeal: Appeal, officer: User) -> None:
    Appeal.objects.update(erased_day=local_day(OPENED_AT))

    with pytest.raises(AlreadyErasedError):
        open_(Appeal.objects.get(), officer)


def test_the_first_opening_is_a_day_and_a_state_and_every_one_is_in_the_journal(
    appeal: Appeal, officer: User, second_officer: User
) -> None:
    first = open_(appeal, officer)
    open_(first, second_officer)

    assert (first.state, first.opened_day) == (State.OPENED, local_day(OPENED_AT))
    who = Entry.objects.filter(act="appeal.opened").values_list("actor_key", flat=True)
    assert set(who) == {str(officer.pk), str(second_officer.pk)}


def test_opening_again_does_not_take_a_later_state_back(opened: Appeal, officer: User) -> None:
    services.move(appeal=opened, state=State.CHECKED, by=actor(officer), at=OPENED_AT)

    open_(opened, officer)

    assert Appeal.objects.get().state == State.CHECKED


def test_a_call_for_help_is_answered_when_it_is_first_opened(appeal: Appeal, officer: User) -> None:
    duty.begin_call(appeal=appeal, by=WORLD, at=OPENED_AT - MINUTE)

    open_(appeal, officer)
    services.open_appeal(appeal=Appeal.objects.get(), by=actor(officer), at=OPENED_AT + DAY)

    assert DutyCall.objects.get().read_at == OPENED_AT


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


def test_the_reader_speaks_the_language_in_which_the_desk_is_shown(
    appeal: Appeal, officer: User
) -> None:
    officer.language = "kk"
    officer.save()

    answer = signed_in(officer, language="ru").post(f"/appeals/{appeal.key}/open/")

    token = answer.headers["Location"].partition("#errand=")[2]
    assert Client().post(f"/handover/{token}/").json()["officer"]["language"] == "ru"


def test_an_errand_that_names_no_language_takes_the_officer_s_own(
    appeal: Appeal, officer: User
) -> None:
    officer.language = "kk"
    officer.save()
    token = services.begin_errand(kind=ErrandKind.KEYS, by=actor(officer), at=timezone.now())

    assert Client().post(f"/handover/{token}/").json()["officer"]["language"] == "kk"
