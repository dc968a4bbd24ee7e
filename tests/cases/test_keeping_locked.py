"""Keeping, destroying and following a case through the second lock: each as the role of its door."""

from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, connection, transaction

from arasha.access.viewing import viewing
from arasha.actors import ANONYMOUS, TICK
from arasha.cases import selectors, services
from arasha.cases.models import Allegation, Case, Identity, Person, RetentionList
from arasha.cases.tick import erase, tell_plainly
from arasha.people.models import User
from tests.access.locking import Become, lock
from tests.cases.keeping import YEARS_LATER, agreed, listed
from tests.walk import NOW, actor

pytestmark = pytest.mark.postgres


@pytest.fixture
def become() -> Iterator[Become]:
    """Go on as a door's role, once the tables' owner has built the second lock."""

    def change(role: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            lock()
            cursor.execute(f"GRANT {role} TO arasha_owner")
            cursor.execute(f"SET LOCAL ROLE {role}")

    yield change
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_two_people_agree_at_the_desk_and_the_job_destroys(
    terminated: Case, victim: Person, prosecutor: User, head_of_office: User, become: Become
) -> None:
    Identity.objects.create(case=terminated, person=victim, name="Somebody")
    become("arasha_desk")
    with viewing(actor(prosecutor)):
        services.make_code(person=victim, by=actor(prosecutor), at=NOW)
        services.add_note(case=terminated, text="Ask.", by=actor(prosecutor), at=NOW)
        made = listed(terminated, prosecutor, at=NOW)
    with viewing(actor(head_of_office)):
        agreed(made, head_of_office)

    become("arasha_jobs")
    with viewing(TICK):
        assert tell_plainly(at=NOW) == 0
        assert erase(at=YEARS_LATER) == 1

    become("arasha_desk")
    with viewing(actor(prosecutor)):
        assert RetentionList.objects.get().carried_out_at == YEARS_LATER
        assert not Identity.objects.exists()
        assert Allegation.objects.get().account == ""


def test_another_office_sees_neither_list_nor_code(
    terminated: Case, victim: Person, prosecutor: User, other_prosecutor: User, become: Become
) -> None:
    become("arasha_desk")
    with viewing(actor(prosecutor)):
        code = services.make_code(person=victim, by=actor(prosecutor), at=NOW).row
        listed(terminated, prosecutor, at=NOW)

    with viewing(actor(other_prosecutor)):
        assert not RetentionList.objects.exists()
        assert not type(code).objects.exists()


def test_the_public_door_reads_what_a_code_shows_and_no_case(
    victim: Person, prosecutor: User, become: Become
) -> None:
    become("arasha_desk")
    with viewing(actor(prosecutor)):
        made = services.make_code(person=victim, by=actor(prosecutor), at=NOW)

    become("arasha_public")
    with viewing(ANONYMOUS):
        state = selectors.plain_state(viewer=ANONYMOUS, typed=made.digits)
        assert state is not None and state.stage == "registered"
        with pytest.raises(ProgrammingError), transaction.atomic():
            Case.objects.exists()


def test_a_code_revoked_at_the_desk_shows_nothing_at_once(
    victim: Person, prosecutor: User, become: Become
) -> None:
    become("arasha_desk")
    with viewing(actor(prosecutor)):
        made = services.make_code(person=victim, by=actor(prosecutor), at=NOW)
        services.revoke_code(code=made.row, by=actor(prosecutor), at=NOW)

    assert selectors.plain_state(viewer=ANONYMOUS, typed=made.digits) is None


def test_whoever_made_a_calendar_s_address_takes_it_back_at_the_desk(
    prosecutor: User, become: Become
) -> None:
    become("arasha_desk")

    with viewing(by := actor(prosecutor)):
        services.make_feed(has_numbers=False, language="en", by=by, at=NOW)
        assert services.revoke_feed(by=by, at=NOW)
