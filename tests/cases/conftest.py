from collections.abc import Callable

import pytest

from arasha.cases.models import Case, Person
from tests.cases.keeping import *  # noqa: F403
from tests.walk import *  # noqa: F403
from tests.walk import REGISTERED_AT, at_work

head_of_office = at_work("supervisor", "prosecution")

Enter = Callable[..., Person]


@pytest.fixture
def enter(case: Case) -> Enter:
    """Put somebody into the case under a code."""

    def entered(code: str, role: str = "suspect", **known: object) -> Person:
        return Person.objects.create(
            case=case, code=code, role=role, added_at=REGISTERED_AT, **known
        )

    return entered
