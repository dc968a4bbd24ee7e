import pytest

from arasha.actors import ANONYMOUS, WORLD
from arasha.appeals import selectors, services
from arasha.appeals.errors import (
    OldSetError,
    SetNameTakenError,
    SetRefusedError,
    UnknownBodyError,
)
from arasha.appeals.models import RecipientSet as PublishedSet
from arasha.country import local_day
from arasha.engines.notes import NOTE, SignerKey, sign
from arasha.engines.sealing import RecipientSet, build_text
from arasha.people.models import Institution
from arasha.places.models import Place
from tests.walk import BODY_KEYS, LONG_AGO, NOW, command, institution, recipient_set, signed, trust


def publish(note: str) -> PublishedSet:
    return services.publish_set(note=note, by=WORLD, at=LONG_AGO)


def test_a_text_that_is_no_set_is_refused(ombudsperson: Institution) -> None:
    trust(ombudsperson)

    with pytest.raises(SetRefusedError, match="sign it again"):
        publish("Dear colleagues\n\n")


def test_a_body_without_keys_publishes_nothing(ombudsperson: Institution) -> None:
    with pytest.raises(UnknownBodyError, match="ombudsperson"):
        publish(signed(recipient_set()))


def test_a_set_with_too_few_signatures_is_refused(ombudsperson: Institution) -> None:
    trust(ombudsperson)

    with pytest.raises(SetRefusedError, match="1 of the body's keys signed"):
        publish(signed(recipient_set(), signers=1))


def test_signatures_of_strangers_do_not_count(ombudsperson: Institution) -> None:
    trust(ombudsperson)
    strangers = [SignerKey(f"stranger/{n}", NOTE, bytes([70 + n] * 32)) for n in range(2)]

    with pytest.raises(SetRefusedError, match="0 of the body's keys signed"):
        publish(str(sign(build_text(recipient_set()), strangers)))


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_or_equal_version_is_refused(ombudsperson: Institution, version: int) -> None:
    trust(ombudsperson)
    publish(signed(recipient_set(version=2)))

    with pytest.raises(OldSetError, match="higher version"):
        publish(signed(recipient_set(version=version)))


def test_a_name_that_another_body_uses_is_refused(recipients: RecipientSet) -> None:
    trust(institution("npm", "npm"))
    theirs = build_text(recipient_set("npm")).replace("npm-1", "ombudsperson-1")

    with pytest.raises(SetNameTakenError, match="another name"):
        publish(str(sign(theirs, BODY_KEYS[:2])))


def test_a_terminal_is_offered_the_newest_set_of_each_body(
    recipients: RecipientSet, place: Place
) -> None:
    publish(signed(recipient_set(version=2)))

    offered = selectors.sets_for(viewer=ANONYMOUS, place=place, day=local_day(NOW))

    assert [each.code for each in offered] == ["ombudsperson-2"]


def test_a_terminal_is_never_offered_a_body_that_commands_its_place(
    recipients: RecipientSet, ombudsperson: Institution, place: Place
) -> None:
    command(ombudsperson, place)

    assert selectors.sets_for(viewer=ANONYMOUS, place=place, day=local_day(NOW)) == []


def test_a_terminal_is_offered_only_what_the_country_has_rules_for(place: Place) -> None:
    trust(institution("ministry", "ministry"))
    publish(signed(recipient_set("ministry")))

    assert selectors.sets_for(viewer=ANONYMOUS, place=place, day=local_day(NOW)) == []
