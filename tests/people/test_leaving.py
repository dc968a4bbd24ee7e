import uuid

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from arasha.access.models import Grant
from arasha.access.selectors import visible
from arasha.access.services import grant
from arasha.actors import WORLD
from arasha.people import services
from arasha.people.errors import HasLeftError, NotYourPeopleError, NotYourselfError
from arasha.people.models import Institution, User
from tests.desk.signing_in import signed_in
from tests.people.cast import LONG_AGO, NOW, actor, institution, manager, person, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Institution:
    return institution()


def test_managers_elsewhere_end_nobodys_account(office: Institution) -> None:
    with pytest.raises(NotYourPeopleError):
        services.leave(user=person(post(office)), by=actor(manager(institution())), at=NOW)


def test_nobody_ends_their_own_account(office: Institution) -> None:
    me = manager(office)

    with pytest.raises(NotYourselfError, match="Ask another people-manager"):
        services.leave(user=me, by=actor(me), at=NOW)


def test_nobody_leaves_twice(office: Institution) -> None:
    user, by = person(post(office)), actor(manager(office))
    services.leave(user=user, by=by, at=NOW)

    with pytest.raises(HasLeftError):
        services.leave(user=user, by=by, at=NOW)


def test_grants_to_a_person_and_to_their_institution_end_at_once(office: Institution) -> None:
    user = person(post(office))
    mine, ours = uuid.uuid4(), uuid.uuid4()
    give(mine, "person", user.pk)
    give(ours, "institution", office.pk)
    assert (sees(user, mine), sees(user, ours)) == (True, True)

    services.leave(user=user, by=actor(manager(office)), at=NOW)

    assert (sees(user, mine), sees(user, ours)) == (False, False)


def test_every_session_ends_at_once(office: Institution) -> None:
    user = person(post(office))
    browser = signed_in(user)
    assert browser.get("/").status_code == 200
    assert UserSession.objects.filter(user=user).count() == 1

    services.leave(user=user, by=actor(manager(office)), at=NOW)

    assert _sent_to_sign_in(browser)
    assert not UserSession.objects.filter(user=user).exists()


def test_who_works_in_two_places_leaves_one_of_them(office: Institution) -> None:
    user = person(post(office))
    elsewhere = post(institution())
    services.appoint(user=user, post=elsewhere, from_day=NOW.date(), by=WORLD, at=NOW)

    services.leave(user=user, by=actor(manager(office)), at=NOW)

    user.refresh_from_db()
    assert user.left_at is None
    assert [one.post for one in user.appointments.filter(until_day=None)] == [elsewhere]


def give(key: uuid.UUID, holder_kind: str, holder_key: uuid.UUID) -> None:
    grant(
        subject_kind="case",
        subject_key=key,
        holder_kind=holder_kind,
        holder_key=holder_key,
        basis="assigned",
        by=WORLD,
        at=LONG_AGO,
    )


def sees(user: User, key: uuid.UUID) -> bool:
    """The condition asked of a table that has every key: its grants."""
    allowed = visible(viewer=actor(user), kind="case", compartment="summary", field="subject_key")
    return Grant.objects.filter(allowed, subject_key=key).exists()


def _sent_to_sign_in(browser: Client) -> bool:
    answer = browser.get("/")
    return answer.status_code == 302 and answer["Location"].startswith("/account/login/")
