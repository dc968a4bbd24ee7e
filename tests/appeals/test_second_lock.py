"""The officer's day behind PostgreSQL's own lock: what each door's role may do of it."""

import pytest
from django.db import DatabaseError, transaction

from arasha.access.viewing import viewing
from arasha.actors import TICK
from arasha.appeals import services
from arasha.appeals.models import Appeal, Ciphertext, Term
from arasha.appeals.tick import erase, tick
from arasha.journal.models import Salt
from arasha.people.models import Institution, User
from tests.access.conftest import become as become
from tests.access.locking import Become
from tests.appeals.day import READ_AT, classified, closed
from tests.appeals.test_erasure import A_YEAR_LATER, agree, ask
from tests.walk import DAY, actor

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def test_an_officer_does_a_whole_day_at_the_desk(
    opened: Appeal, officer: User, administration: Institution, become: Become
) -> None:
    become("arasha_desk")
    by, at = actor(officer), READ_AT

    with viewing(actor(officer)):
        services.take(appeal=opened, by=by, at=at)
        classified(opened, officer)
        services.suspend(term=Term.objects.get(), reason_code="expert", by=by, at=at)
        services.resume(term=Term.objects.get(), by=by, at=at)
        services.open_watch(appeal=opened, by=by, at=at)
        closed(opened, officer)

        assert Appeal.objects.get().outcome == "restored"


def test_a_supervisor_at_the_desk_changes_nothing(
    opened: Appeal, supervisor: User, become: Become
) -> None:
    become("arasha_desk")

    with viewing(actor(supervisor)):
        assert Appeal.objects.count() == 1
        assert Appeal.objects.update(category="other") == 0


def test_no_officer_destroys_at_the_desk(opened: Appeal, officer: User, become: Become) -> None:
    become("arasha_desk")

    with (
        viewing(actor(officer)),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        Ciphertext.objects.all().delete()


def test_the_job_destroys_what_two_officers_agreed_to(
    opened: Appeal, officer: User, second_officer: User, become: Become
) -> None:
    classified(opened, officer)
    closed(opened, officer)
    agree(ask(opened, officer), second_officer)
    become("arasha_jobs")

    with viewing(TICK):
        assert erase(at=A_YEAR_LATER) == 1
        assert not Salt.objects.filter(entry__act="appeal.classified").exists()
        assert Appeal.objects.get().erased_day is not None


def test_the_tick_reminds_and_asks_back_as_the_jobs_role(
    opened: Appeal, officer: User, supervisor: User, administration: Institution, become: Become
) -> None:
    services.open_watch(appeal=opened, by=actor(officer), at=READ_AT)
    become("arasha_jobs")

    with viewing(TICK):
        assert tick(at=READ_AT + 8 * DAY) >= 1
