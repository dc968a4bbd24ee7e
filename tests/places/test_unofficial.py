"""What no authority admits to is known to the mechanism alone: its list could be used to empty the place."""

import pytest

from arasha.people import search
from arasha.people.duties import require_knowing
from arasha.people.errors import NotForYouToKnowError
from arasha.people.models import User
from arasha.people.selectors import knows_unofficial
from arasha.places.models import Place
from tests.access.cast import actor, institution, person
from tests.desk.signing_in import signed_in
from tests.people.cast import NOW
from tests.places.cast import place

pytestmark = pytest.mark.django_db
STRANGERS = ("officer", "prosecutor", "head", "registrar", "supervisor", "administrator")


@pytest.fixture
def trailer() -> Place:
    hidden = place("U-1")
    hidden.official = False
    hidden.save()
    return hidden


@pytest.fixture
def group() -> list[User]:
    """A monitor, and who leads and registers in the same institution."""
    npm = institution()
    return [person(role, npm) for role in ("monitor", "supervisor", "registrar")]


@pytest.mark.parametrize("role", STRANGERS)
def test_nobody_outside_the_mechanism_finds_an_unofficial_place(role: str, trailer: Place) -> None:
    stranger = person(role)
    desk = signed_in(stranger)

    assert b"U-1" not in desk.get("/places/").content
    assert desk.get(f"/places/{trailer.pk}/").status_code == 404
    assert search.search(viewer=actor(stranger), text="U-1") == []


def test_whoever_may_not_know_enters_none() -> None:
    with pytest.raises(NotForYouToKnowError, match="Tell its registrar"):
        require_knowing(official=False, by=actor(person("registrar")), at=NOW)


def test_the_mechanism_sees_it_in_the_list_on_its_page_and_in_the_search(
    trailer: Place, group: list[User]
) -> None:
    for member in group:
        desk = signed_in(member)

        assert b"U-1" in desk.get("/places/").content
        assert desk.get(f"/places/{trailer.pk}/").status_code == 200
        assert [hit.detail for hit in search.search(viewer=actor(member), text="U-1")] == ["U-1"]


def test_a_supervisor_elsewhere_does_not_know(group: list[User]) -> None:
    assert not knows_unofficial(viewer=actor(person("supervisor")), at=NOW)
    assert knows_unofficial(viewer=actor(group[1]), at=NOW)
