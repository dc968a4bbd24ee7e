"""The index of names stays true, whatever is done to the table of names."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, models

from arasha.access import selectors as access
from arasha.cases import name_index, selectors
from arasha.cases.models import Case, Identity
from arasha.people.models import User
from tests.cases.people import add
from tests.walk import actor

SERIK, DANA = "Серік Болатұлы Ахметов", "Дана Омарова"
pytestmark = pytest.mark.django_db
only_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL alters a table where it stands"
)


@pytest.fixture(autouse=True)
def many_names_are_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever may see few of them needs no index."""
    monkeypatch.setattr(access, "FEW", 0)


def found(viewer: User, text: str) -> list[str]:
    return [each.name for each in selectors.find_by_name(viewer=actor(viewer), text=text)]


def migrated() -> str:
    said = StringIO()
    call_command("migrate", verbosity=0, stdout=said)
    return said.getvalue()


def alter_the_table() -> None:
    """A column altered and altered back: SQLite makes the table anew each time."""
    before = Identity._meta.get_field("marks")
    after = models.TextField(null=True)
    after.set_attributes_from_name("marks")
    after.model = Identity
    for old, new in ((before, after), (after, before)):
        with connection.schema_editor() as editor:
            editor.alter_field(Identity, old, new)


@only_sqlite
def test_without_its_triggers_the_doctor_says_what_to_do(case: Case, prosecutor: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER identity_named")

    assert "identity_named of cases_identity are not there" in name_index.fault()


@only_sqlite
@pytest.mark.django_db(transaction=True)
def test_after_a_migration_that_makes_the_table_anew_names_are_found(
    case: Case, prosecutor: User
) -> None:
    add(case, prosecutor, SERIK)
    alter_the_table()
    add(case, prosecutor, DANA)
    assert found(prosecutor, DANA) == []

    assert "made anew" in migrated()

    assert (found(prosecutor, DANA), found(prosecutor, SERIK)) == ([DANA], [SERIK])
    assert name_index.fault() == ""


@only_sqlite
def test_a_name_that_the_index_lost_is_named_and_comes_back(case: Case, prosecutor: User) -> None:
    add(case, prosecutor, SERIK)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_folded")

    assert "not as many names" in name_index.fault()
    migrated()
    assert (found(prosecutor, SERIK), name_index.fault()) == ([SERIK], "")


def test_a_migration_that_touches_nothing_leaves_the_index(case: Case, prosecutor: User) -> None:
    add(case, prosecutor, SERIK)

    assert migrated() == ""
    assert (found(prosecutor, SERIK), name_index.fault()) == ([SERIK], "")
