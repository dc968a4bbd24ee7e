import pytest

from arasha.people.models import Institution, User
from tests.people.cast import institution, manager


@pytest.fixture
def office() -> Institution:
    return institution()


@pytest.fixture
def aigerim(office: Institution) -> User:
    """A people-manager: somebody whose desk has a little of everything."""
    return manager(office)
