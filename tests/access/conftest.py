from collections.abc import Iterator

import pytest
from django.db import connection

from arasha.cases.models import Case
from arasha.people.models import User
from tests.access import cast, rows
from tests.access.locking import Become, lock


@pytest.fixture
def case() -> Case:
    return rows.case()


@pytest.fixture
def prosecutor(case: Case) -> User:
    """Somebody to whom the case is assigned; there are two other cases."""
    rows.case(), rows.case()
    user = cast.person("prosecutor", cast.institution(), on_duty=True)
    cast.give("case", case.key, user, "assigned")
    return user


@pytest.fixture
def become() -> Iterator[Become]:
    """Go on as a door's role, once the tables' owner has built the second lock."""

    def change(role: str) -> None:
        lock()
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT {role} TO arasha_owner")
            cursor.execute(f"SET LOCAL ROLE {role}")

    yield change
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
