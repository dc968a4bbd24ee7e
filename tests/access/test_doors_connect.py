"""A door's own sign-in to PostgreSQL, in a connection of its own."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from psycopg.sql import SQL, Identifier

from arasha.access.protected import PROTECTED
from arasha.access.rls import install
from arasha.cases.models import Case
from tests.access import cast, rows

ANY_COLUMN = {
    "cell": "value",
    "cohortcell": "value",
    "release": "as_of_day",
    "total": "value",
    "uptime": "month_id",
}
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case() -> Iterator[Case]:
    """A case in a database that is really locked, and open again afterwards."""
    made = rows.case()
    install(connection)
    yield made
    with connection.cursor() as cursor:
        for table in {each.table for each in PROTECTED} | {"access_grant"}:
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


def door(role: str) -> psycopg.Connection:
    told = connection.settings_dict
    return psycopg.connect(host=told["HOST"], dbname=told["NAME"], user=role)


def test_a_setting_ends_with_its_transaction_and_tells_the_next_nothing(case: Case) -> None:
    holder = cast.person("prosecutor")
    with door("arasha_jobs") as jobs:
        jobs.execute(
            "INSERT INTO access_grant (key, subject_kind, subject_key, holder_kind, holder_key, basis,"
            " since_at, reason_code, given_by_kind, given_by_key)"
            " VALUES (gen_random_uuid(), 'case', %s, 'person', %s, 'assigned', %s, '', 'job', 'world')",
            [case.key, holder.pk, cast.LONG_AGO],
        )

    with door("arasha_desk") as desk:
        with desk.transaction():
            desk.execute("SELECT set_config('arasha.viewer', %s, true)", [f"user:{holder.pk}"])
            assert desk.execute("SELECT key FROM cases_case").fetchall() == [(case.key,)]
        assert desk.execute("SELECT key FROM cases_case").fetchall() == []


@pytest.mark.parametrize("role", ["arasha_public", "arasha_gateway"])
def test_the_outer_doors_cannot_even_ask_for_a_case(case: Case, role: str) -> None:
    with door(role) as outside, pytest.raises(psycopg.errors.InsufficientPrivilege):
        outside.execute("SELECT key FROM cases_case")


@pytest.mark.parametrize("table", ["cell", "cohortcell", "release", "total", "uptime"])
def test_the_desk_moves_no_number_that_was_published(case: Case, table: str) -> None:
    published, column = Identifier(f"publications_{table}"), Identifier(ANY_COLUMN[table])
    with door("arasha_desk") as desk, pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk.execute(SQL("DELETE FROM {}").format(published))
    with door("arasha_desk") as desk, pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk.execute(SQL("UPDATE {} SET {} = NULL").format(published, column))


def test_nobody_signs_in_as_the_finder_of_numbers(case: Case) -> None:
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        door("arasha_numbers")
