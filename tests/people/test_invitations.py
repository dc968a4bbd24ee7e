import datetime as dt

import pytest

from arasha.people import services
from arasha.people.errors import (
    AddressTakenError,
    InvitationClosedError,
    LinkDeadError,
    ListFaultsError,
    NotYourPeopleError,
    SecondPersonNeededError,
)
from arasha.people.models import Institution, Invitation, User
from tests.people.cast import NOW, actor, institution, manager, person, post

pytestmark = pytest.mark.django_db
PASSWORD = "a long sentence to remember"  # noqa: S105


@pytest.fixture
def office() -> Institution:
    return institution()


def invited(office: Institution, by: User, email: str = "new@arasha.example") -> Invitation:
    return services.invite(
        email=email, full_name="New Person", post=post(office), by=actor(by), at=NOW
    )


def test_nobody_invites_into_another_institution(office: Institution) -> None:
    with pytest.raises(NotYourPeopleError):
        invited(office, by=manager(institution()))
    assert not Invitation.objects.exists()


def test_whoever_holds_a_plain_post_invites_nobody(office: Institution) -> None:
    with pytest.raises(NotYourPeopleError):
        invited(office, by=person(post(office)))


def test_one_person_alone_makes_no_account(office: Institution) -> None:
    first = manager(office)
    invitation = invited(office, by=first)

    with pytest.raises(SecondPersonNeededError, match="another people-manager"):
        services.confirm_invitation(invitation=invitation, by=actor(first), at=NOW)
    invitation.refresh_from_db()
    assert invitation.token_hash is None


def test_a_manager_of_another_institution_is_no_second_person(office: Institution) -> None:
    invitation = invited(office, by=manager(office))

    with pytest.raises(NotYourPeopleError):
        services.confirm_invitation(invitation=invitation, by=actor(manager(institution())), at=NOW)


def test_two_people_make_an_account_with_its_post(office: Institution) -> None:
    invitation = invited(office, by=manager(office))
    token = services.confirm_invitation(invitation=invitation, by=actor(manager(office)), at=NOW)

    user = services.accept_invitation(token=token, password=PASSWORD, language="kk", at=NOW)

    assert user.check_password(PASSWORD)
    assert [one.post for one in user.appointments.all()] == [invitation.post]


def test_the_database_does_not_hold_the_link(office: Institution) -> None:
    invitation = invited(office, by=manager(office))
    token = services.confirm_invitation(invitation=invitation, by=actor(manager(office)), at=NOW)

    invitation.refresh_from_db()
    assert token.encode() not in bytes(invitation.token_hash or b"")
    assert len(bytes(invitation.token_hash or b"")) == 32


def test_a_link_works_once(office: Institution) -> None:
    invitation = invited(office, by=manager(office))
    token = services.confirm_invitation(invitation=invitation, by=actor(manager(office)), at=NOW)
    services.accept_invitation(token=token, password=PASSWORD, language="", at=NOW)

    with pytest.raises(LinkDeadError, match="ask for a new one"):
        services.accept_invitation(token=token, password=PASSWORD, language="", at=NOW)


@pytest.mark.parametrize("days", [7, 8])
def test_a_link_dies_after_seven_days(office: Institution, days: int) -> None:
    invitation = invited(office, by=manager(office))
    token = services.confirm_invitation(invitation=invitation, by=actor(manager(office)), at=NOW)

    with pytest.raises(LinkDeadError):
        services.accept_invitation(
            token=token, password=PASSWORD, language="", at=NOW + dt.timedelta(days=days)
        )


def test_a_withdrawn_invitation_opens_nothing(office: Institution) -> None:
    first, second = manager(office), manager(office)
    invitation = invited(office, by=first)
    token = services.confirm_invitation(invitation=invitation, by=actor(second), at=NOW)
    services.withdraw_invitation(invitation=invitation, by=actor(first), at=NOW)

    with pytest.raises(LinkDeadError):
        services.accept_invitation(token=token, password=PASSWORD, language="", at=NOW)
    with pytest.raises(InvitationClosedError):
        services.confirm_invitation(invitation=invitation, by=actor(second), at=NOW)


def test_an_address_is_invited_once(office: Institution) -> None:
    invited(office, by=manager(office))

    with pytest.raises(AddressTakenError, match="new@arasha"):
        invited(office, by=manager(office), email="New@Arasha.example")


def test_a_list_with_a_bad_line_invites_nobody_and_names_every_bad_line(
    office: Institution,
) -> None:
    known = person()
    text = f"a@arasha.example;A;kk\nnot an address;B;ru\nc@arasha.example;;en\n{known.email};D;en"

    with pytest.raises(ListFaultsError, match="correction: 3") as refused:
        services.invite_list(text=text, post=post(office), by=actor(manager(office)), at=NOW)
    assert [number for number, _fault in refused.value.lines] == [2, 3, 4]
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_list_pasted_from_any_table_is_read(office: Institution, separator: str) -> None:
    lines = [["email", "name", "language"], ["a@arasha.example", "Әсел", "kk"]]
    text = "\n".join(separator.join(cells) for cells in lines)

    [one] = services.invite_list(text=text, post=post(office), by=actor(manager(office)), at=NOW)

    assert (one.email, one.full_name, one.language) == ("a@arasha.example", "Әсел", "kk")


def test_only_the_system_adds_people_without_an_invitation(office: Institution) -> None:
    with pytest.raises(NotYourPeopleError):
        services.add_person(
            email="x@arasha.example", full_name="X", by=actor(manager(office)), at=NOW
        )
