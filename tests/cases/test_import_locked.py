"""An import through the second lock: uploaded at the desk, taken in and back by the worker, each in its role."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import timezone

from arasha.access.viewing import viewing
from arasha.actors import IMPORTS
from arasha.cases import selectors, services, tasks
from arasha.cases.errors import WorkedOnError
from arasha.cases.models import Case, Import, ImportedCase, TakenBack
from arasha.country import local_day
from arasha.people.models import Institution, User
from arasha.places.models import Place
from tests.access.locking import Become, count_by_sql, lock
from tests.cases.tables import as_csv, line, mapped, uploaded
from tests.walk import NOW, actor, at_work

pytestmark = pytest.mark.postgres
clerk = at_work("clerk", "prosecution")
NUMBERS = ("24-1", "24-2", "24-3")


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


def asked(clerk: User, office: Institution, *numbers: str) -> Import:
    with viewing(actor(clerk)):
        made = mapped(uploaded(as_csv(*map(line, numbers)), clerk, office), clerk)
        return services.ask_for(imported=made, leaves_out=False, by=actor(clerk), at=NOW)


def test_another_office_sees_neither_a_table_nor_its_cases(
    clerk: User, prosecution: Institution, other_prosecutor: User, place: Place, become: Become
) -> None:
    become("arasha_desk")
    imported = asked(clerk, prosecution, *NUMBERS)
    with viewing(actor(clerk)):
        services.take_in(imported=imported, by=actor(clerk), at=NOW)

    with viewing(actor(other_prosecutor)):
        for table in ("cases_import", "cases_importedcase", "cases_case", "cases_number"):
            assert count_by_sql(table) == 0, table


def test_a_small_table_comes_in_at_the_desk_with_open_and_closed_cases(
    clerk: User, prosecution: Institution, place: Place, become: Become
) -> None:
    become("arasha_desk")
    with viewing(actor(clerk)):
        still_open = line("24-2", **{"decision.sent_to_court": ""})
        made = mapped(uploaded(as_csv(line("24-1"), still_open), clerk, prosecution), clerk)
        asked = services.ask_for(imported=made, leaves_out=False, by=actor(clerk), at=NOW)
        services.take_in(imported=asked, by=actor(clerk), at=NOW)

        assert selectors.cases(viewer=actor(clerk)).count() == 2
        assert Case.objects.get(numbers__folded="242").next_due_rule == "investigation"


def test_the_worker_takes_a_table_in_and_back(
    clerk: User, prosecution: Institution, place: Place, become: Become
) -> None:
    become("arasha_desk")
    imported = asked(clerk, prosecution, *NUMBERS)

    become("arasha_jobs")
    assert tasks.take_in.func(str(imported.key)) == "in"
    with viewing(IMPORTS):
        assert ImportedCase.objects.count() == Case.objects.count() == len(NUMBERS)

    assert tasks.undo.func(str(imported.key), str(clerk.pk)) == "undone"
    with viewing(IMPORTS):
        assert (Case.objects.count(), TakenBack.objects.count()) == (0, len(NUMBERS))
    become("arasha_desk")
    with viewing(actor(clerk)):
        assert Import.objects.get().state == "undone"
        assert not Case.objects.exists()


@pytest.mark.parametrize("work", ["a note", "a number"])
def test_the_worker_does_not_take_back_what_the_desk_has_worked_on(
    work: str,
    clerk: User,
    prosecutor: User,
    prosecution: Institution,
    place: Place,
    become: Become,
) -> None:
    become("arasha_desk")
    imported = asked(clerk, prosecution, *NUMBERS)
    become("arasha_jobs")
    tasks.take_in.func(str(imported.key))
    become("arasha_desk")
    by, now = actor(prosecutor), timezone.now()
    with viewing(by):
        worked = Case.objects.get(numbers__folded="242")
        if work == "a note":
            services.add_note(case=worked, text="Asked for the file.", by=by, at=now)
        else:
            services.add_number(
                case=worked, register="kui", number="7", given_day=local_day(NOW), by=by, at=now
            )

    become("arasha_jobs")
    assert tasks.undo.func(str(imported.key), str(clerk.pk)) == WorkedOnError.code
    with viewing(IMPORTS):
        assert Case.objects.count() == len(NUMBERS)
