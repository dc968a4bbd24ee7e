import datetime as dt

import pytest
from allauth.mfa.models import Authenticator

from arasha.people import services
from arasha.people.errors import (
    LinkDeadError,
    NotYourPeopleError,
    NotYourselfError,
    RestorationClosedError,
    SecondPersonNeededError,
)
from arasha.people.models import Institution, User
from tests.desk.signing_in import signed_in
from tests.people.cast import NOW, actor, institution, manager, person, post

pytestmark = pytest.mark.django_db
PASSWORD = "a new sentence to remember"  # noqa: S105


@pytest.fixture
def office() -> Institution:
    return institution()


@pytest.fixture
def loser(office: Institution) -> User:
    """Somebody with an app for codes who has lost the phone."""
    user = person(post(office))
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "X"})
    return user


def test_managers_elsewhere_restore_nobody(loser: User) -> None:
    with pytest.raises(NotYourPeopleError):
        services.ask_restoration(user=loser, by=actor(manager(institution())), at=NOW)


def test_nobody_restores_themselves(office: Institution) -> None:
    me = manager(office)

    with pytest.raises(NotYourselfError):
        services.ask_restoration(user=me, by=actor(me), at=NOW)


def test_one_colleague_alone_changes_nothing(office: Institution, loser: User) -> None:
    by = actor(manager(office))
    asked = services.ask_restoration(user=loser, by=by, at=NOW)

    with pytest.raises(SecondPersonNeededError):
        services.confirm_restoration(restoration=asked, by=by, at=NOW)
    assert Authenticator.objects.filter(user=loser).exists()


def test_the_person_who_lost_it_is_no_second_colleague(office: Institution) -> None:
    loser = manager(office)
    asked = services.ask_restoration(user=loser, by=actor(manager(office)), at=NOW)

    with pytest.raises(NotYourselfError):
        services.confirm_restoration(restoration=asked, by=actor(loser), at=NOW)


def test_two_colleagues_end_the_old_factors_the_password_and_the_sessions(
    office: Institution, loser: User
) -> None:
    browser = signed_in(loser)
    browser.get("/")

    confirmed(office, loser)

    loser.refresh_from_db()
    assert not Authenticator.objects.filter(user=loser).exists()
    assert not loser.has_usable_password()
    assert browser.get("/").status_code == 302


def test_the_link_sets_a_password_once(office: Institution, loser: User) -> None:
    token = confirmed(office, loser)

    user = services.restore(token=token, password=PASSWORD, at=NOW)

    assert user.check_password(PASSWORD)
    with pytest.raises(LinkDeadError):
        services.restore(token=token, password=PASSWORD, at=NOW)


def test_the_link_dies_after_an_hour(office: Institution, loser: User) -> None:
    token = confirmed(office, loser)

    with pytest.raises(LinkDeadError):
        services.restore(token=token, password=PASSWORD, at=NOW + dt.timedelta(hours=1))


def test_a_withdrawn_request_cannot_be_confirmed(office: Institution, loser: User) -> None:
    first = actor(manager(office))
    asked = services.ask_restoration(user=loser, by=first, at=NOW)
    services.withdraw_restoration(restoration=asked, by=first, at=NOW)

    with pytest.raises(RestorationClosedError):
        services.confirm_restoration(restoration=asked, by=actor(manager(office)), at=NOW)


def test_leaving_kills_the_link(office: Institution, loser: User) -> None:
    token = confirmed(office, loser)
    services.leave(user=loser, by=actor(manager(office)), at=NOW)

    with pytest.raises(LinkDeadError):
        services.restore(token=token, password=PASSWORD, at=NOW)


def confirmed(office: Institution, loser: User) -> str:
    asked = services.ask_restoration(user=loser, by=actor(manager(office)), at=NOW)
    return services.confirm_restoration(restoration=asked, by=actor(manager(office)), at=NOW)
