"""What becomes of a set that its body signed: rows for the server, an offer for terminals."""

from dataclasses import replace

import pytest

from arasha.actors import ANONYMOUS, WORLD
from arasha.appeals.selectors import sets_for
from arasha.country import local_day
from arasha.engines.sealing import Member, RecipientSet, Role, build_text
from arasha.people.models import Institution
from arasha.places.models import Place
from arasha.trust.errors import NotBelievedError, SetNameTakenError, UnknownBodyError
from arasha.trust.models import RecipientSet as PublishedSet
from arasha.wire.trust import making
from arasha.wire.trust.names import role_of_body, set_path
from arasha.worlds.ceremony import Ceremony
from tests.walk import (
    LONG_AGO,
    NOW,
    command,
    identities,
    institution,
    publish,
    read_also_by,
    recipient_set,
)


def test_a_set_is_kept_with_the_offices_and_officers_who_can_open(
    ombudsperson: Institution, ceremony: Ceremony
) -> None:
    institution("office-karaganda", "ombuds-office")
    which = recipient_set()
    first, second, office = which.members
    elsewhere = replace(which, members=(first, replace(second, office="office-karaganda"), office))

    published = publish(ceremony, elsewhere)

    assert published.recipients == 3
    assert published.offices == ["ombudsperson", "office-karaganda"]
    assert published.officers[1] == {
        "office": "office-karaganda",
        "recipient": str(identities()[1].to_public()),
        "label": "Second officer",
        "role": "officer",
    }


def test_a_stand_in_set_ahead_can_open_from_the_first_day(
    ombudsperson: Institution, ceremony: Ceremony
) -> None:
    which = recipient_set()
    key = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    stand_in = Member(Role.STAND_IN, key, "Stands in", "ombudsperson")

    published = publish(ceremony, replace(which, members=(*which.members, stand_in)))

    assert published.recipients == 4
    assert [each["role"] for each in published.officers] == ["officer", "officer", "stand_in"]


def test_a_set_of_an_institution_that_is_not_registered_is_refused(ceremony: Ceremony) -> None:
    with pytest.raises(UnknownBodyError, match="ombudsperson"):
        publish(ceremony, recipient_set())
    assert not PublishedSet.objects.exists()


def test_a_set_with_one_signature_too_few_does_not_come_into_force(
    recipients: RecipientSet, ceremony: Ceremony
) -> None:
    making.propose_set(ceremony.folder, text=build_text(recipient_set(version=2)), at=LONG_AGO)
    ceremony.folder.sign("body-ombudsperson", ceremony.bodies["ombudsperson"][0].signer)
    ceremony.folder.settle()

    ceremony.bring(by=WORLD, at=LONG_AGO)

    assert [each.code for each in PublishedSet.objects.all()] == ["ombudsperson-1"]


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_or_equal_version_is_refused(
    ombudsperson: Institution, ceremony: Ceremony, version: int
) -> None:
    for number in (1, 2):
        publish(ceremony, recipient_set(version=number))
    sign_by_hand(ceremony, replace(recipient_set(version=version), set_id="ombudsperson-again"))

    with pytest.raises(NotBelievedError, match="version 2"):
        ceremony.bring(by=WORLD, at=LONG_AGO)


def sign_by_hand(ceremony: Ceremony, recipients: RecipientSet) -> None:
    """What a body's keys could sign with another program: ours proposes the next version only."""
    role = role_of_body(recipients.body)
    newest = ceremony.folder.newest(role)
    assert newest is not None
    signed = newest.signed
    signed.version += 1
    path = set_path(recipients.body, recipients.set_id)
    target = ceremony.folder.put_target(path, build_text(recipients).encode())
    signed.targets = {path: target}
    ceremony.folder.propose(role, signed)
    ceremony.sign()


def test_a_name_that_another_body_uses_is_refused(
    recipients: RecipientSet, ceremony: Ceremony
) -> None:
    institution("npm", "npm")

    with pytest.raises(SetNameTakenError, match="another name"):
        publish(ceremony, replace(recipient_set("npm"), set_id=recipients.set_id))


def test_a_dissolved_body_receives_nothing_more_and_what_it_has_is_marked(
    recipients: RecipientSet, ceremony: Ceremony, place: Place
) -> None:
    making.dissolve_body(ceremony.folder, body="ombudsperson", at=LONG_AGO)
    ceremony.sign()
    ceremony.bring(by=WORLD, at=NOW)

    assert PublishedSet.objects.get().withdrawn_at == NOW
    assert sets_for(viewer=ANONYMOUS, place=place, day=local_day(NOW)) == []


def test_a_terminal_is_offered_the_newest_set_of_each_body(
    recipients: RecipientSet, ceremony: Ceremony, place: Place
) -> None:
    publish(ceremony, recipient_set(version=2))

    offered = sets_for(viewer=ANONYMOUS, place=place, day=local_day(NOW))

    assert [each.code for each in offered] == ["ombudsperson-2"]


def test_a_terminal_is_never_offered_a_body_that_commands_its_place(
    recipients: RecipientSet, ombudsperson: Institution, place: Place
) -> None:
    command(ombudsperson, place)

    assert sets_for(viewer=ANONYMOUS, place=place, day=local_day(NOW)) == []


def test_nor_a_set_in_which_people_of_a_commanding_body_read(
    ombudsperson: Institution, administration: Institution, ceremony: Ceremony, place: Place
) -> None:
    publish(ceremony, read_also_by(administration.code))

    assert sets_for(viewer=ANONYMOUS, place=place, day=local_day(NOW)) == []


def test_a_terminal_is_offered_only_what_the_country_has_rules_for(
    ceremony: Ceremony, place: Place
) -> None:
    institution("ministry", "ministry")
    publish(ceremony, recipient_set("ministry"))

    assert sets_for(viewer=ANONYMOUS, place=place, day=local_day(NOW)) == []
