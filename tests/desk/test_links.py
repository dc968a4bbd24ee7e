"""The links that open an account, as the people who get them see them."""

import pytest
from django.test import Client

from arasha.actors import WORLD
from arasha.people import services
from arasha.people.errors import OnlyInDemoError
from arasha.people.models import Institution, User
from tests.people.cast import NOW, actor, manager, person, post

pytestmark = pytest.mark.django_db
PASSWORD = {"password": "a long sentence to remember", "again": "a long sentence to remember"}


@pytest.fixture
def joining(office: Institution) -> str:
    invitation = services.invite(
        email="new@arasha.example",
        full_name="Dana Sadyk",
        post=post(office),
        by=actor(manager(office)),
        at=NOW,
    )
    token = services.confirm_invitation(invitation=invitation, by=actor(manager(office)), at=NOW)
    return f"/join/{token}/"


def test_a_made_up_link_says_what_to_do() -> None:
    answer = Client().get("/join/made-up/")

    assert answer.status_code == 410
    assert b"ask for a new one" in answer.content


def test_looking_at_a_link_does_not_use_it_up(joining: str) -> None:
    for _look in range(3):
        assert b"Welcome, Dana Sadyk" in Client().get(joining).content


@pytest.mark.parametrize(
    ("password", "again", "told"),
    [
        ("short", "short", b"too short"),
        ("new@arasha.example", "new@arasha.example", b"too similar"),
        ("a long sentence to remember", "another", b"differ"),
    ],
)
def test_a_poor_password_is_refused_and_the_link_lives_on(
    joining: str, password: str, again: str, told: bytes
) -> None:
    answer = Client().post(joining, {"password": password, "again": again, "language": "kk"})

    assert answer.status_code == 422
    assert told in answer.content
    assert b"<title>Error:" in answer.content
    assert Client().get(joining).status_code == 200


def test_joining_leads_to_making_a_second_factor(joining: str) -> None:
    browser = Client()

    answer = browser.post(joining, PASSWORD | {"language": "kk"})

    assert answer["Location"] == "/account/2fa/"
    assert browser.get("/")["Location"] == "/account/2fa/"
    assert User.objects.get(email="new@arasha.example").language == "kk"


def test_a_restored_person_makes_a_new_second_factor(office: Institution) -> None:
    loser = person(post(office))
    asked = services.ask_restoration(user=loser, by=actor(manager(office)), at=NOW)
    token = services.confirm_restoration(restoration=asked, by=actor(manager(office)), at=NOW)
    browser = Client()

    answer = browser.post(f"/restore/{token}/", PASSWORD)

    assert answer["Location"] == "/account/2fa/"
    assert Client().get(f"/restore/{token}/").status_code == 410


def test_trying_many_links_is_slowed_down() -> None:
    browser = Client()
    answers = [browser.get(f"/join/guess-{number}/").status_code for number in range(21)]

    assert answers == [410] * 20 + [429]


def test_a_real_build_makes_and_takes_no_sign_in_links(aigerim: User, settings) -> None:
    with pytest.raises(OnlyInDemoError):
        services.make_sign_in_link(user=aigerim, by=WORLD, at=NOW)

    settings.ARASHA_DEMO_SIGN_IN = True
    token = services.make_sign_in_link(user=aigerim, by=WORLD, at=NOW)
    settings.ARASHA_DEMO_SIGN_IN = False
    assert Client().get(f"/sign-in/{token}/").status_code == 404


def test_a_sign_in_link_of_the_demo_opens_the_desk_once(aigerim: User, settings) -> None:
    settings.ARASHA_DEMO_SIGN_IN = True
    token = services.make_sign_in_link(user=aigerim, by=WORLD, at=NOW)
    browser = Client()

    assert browser.get(f"/sign-in/{token}/")["Location"] == "/"
    assert browser.get("/").status_code == 200
    assert Client().get(f"/sign-in/{token}/").status_code == 410
