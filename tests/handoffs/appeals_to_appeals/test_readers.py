"""The readers of another body, added in the reader before an appeal is forwarded to it."""

import pytest

from arasha.appeals.models import AddedHeader, Appeal
from arasha.engines.sealing import RecipientSet
from arasha.handoffs.appeals_to_appeals import services
from arasha.people.models import Institution, User
from arasha.places.models import Place
from arasha.worlds.ceremony import Ceremony
from tests.appeals.reader import Reader, add_headers, b64, header_for, reader_of
from tests.walk import (
    REFERRED_AT,
    actor,
    command,
    identities,
    institution,
    publish,
    recipient_set,
)

Told = dict[str, object]


@pytest.fixture
def reader(officer: User) -> Reader:
    return reader_of(officer)


@pytest.fixture
def theirs(mechanism: Institution, ceremony: Ceremony) -> RecipientSet:
    """The signed list of readers of the mechanism."""
    made = recipient_set(mechanism.code)
    publish(ceremony, made)
    return made


def offered(reader: Reader, appeal: Appeal) -> dict[str, Told]:
    status, told = reader.get(f"appeals/{appeal.key}/receivers")
    assert status == 200
    return {each["set"]: each for each in told["receivers"]}


def add(reader: Reader, appeal: Appeal, to: str, **parts: bytes) -> tuple[int, Told]:
    listed = [{"part": part, "header": b64(header)} for part, header in parts.items()]
    status, told = reader.post(f"appeals/{appeal.key}/receivers", set=to, headers=listed)
    return status, dict(told)


def refused(reader: Reader, appeal: Appeal, to: RecipientSet) -> object:
    """The code of why the readers of a list were not added."""
    return add(reader, appeal, to.set_id, text=header_for(keys()))[1]["problem"]


def keys() -> list[str]:
    return [str(each.to_public()) for each in identities()]


def test_the_reader_offers_the_list_of_every_other_body_with_its_keys(
    read: Appeal, reader: Reader, theirs: RecipientSet, mechanism: Institution
) -> None:
    found = offered(reader, read)

    assert found.keys() == {theirs.set_id}
    assert found[theirs.set_id]["recipients"] == keys()
    assert (found[theirs.set_id]["against"], found[theirs.set_id]["added"]) == ("", False)


def test_what_stands_against_a_body_stands_beside_it(
    opened: Appeal, reader: Reader, theirs: RecipientSet
) -> None:
    assert "whom this appeal complains of" in str(offered(reader, opened)[theirs.set_id]["against"])


def test_before_anybody_opened_it_no_readers_of_others_are_added(
    appeal: Appeal, reader: Reader, theirs: RecipientSet
) -> None:
    status, told = add(reader, appeal, theirs.set_id, text=header_for(keys()))

    assert (status, told["problem"]) == (409, "not_yet_opened")


def test_readers_of_the_accused_body_are_refused(
    read: Appeal, reader: Reader, theirs: RecipientSet, mechanism: Institution
) -> None:
    read.accused_body = mechanism
    read.save()

    assert offered(reader, read)[theirs.set_id]["against"]
    assert refused(reader, read, theirs) == "accused_body"
    assert not AddedHeader.objects.exists()


def test_readers_of_whoever_commands_the_place_are_refused(
    read: Appeal, reader: Reader, theirs: RecipientSet, mechanism: Institution, place: Place
) -> None:
    command(mechanism, place)

    assert refused(reader, read, theirs) == "commanding_receiver"
    assert not AddedHeader.objects.exists()


def test_readers_of_a_body_without_a_rule_for_the_matter_are_refused(
    read: Appeal, reader: Reader, ceremony: Ceremony
) -> None:
    stranger = recipient_set(institution("ministry", "ministry").code)
    publish(ceremony, stranger)

    assert offered(reader, read)[stranger.set_id]["against"]
    assert refused(reader, read, stranger) == "not_competent"
    assert not AddedHeader.objects.exists()


def test_a_list_that_nobody_knows_is_refused(read: Appeal, reader: Reader) -> None:
    assert add(reader, read, "nobody-1", text=header_for(keys()))[1]["problem"] == "no_list"


def test_the_call_for_colleagues_takes_no_readers_of_another_body(
    read: Appeal, reader: Reader, theirs: RecipientSet
) -> None:
    status, told = add_headers(reader, read, theirs.set_id, text=header_for(keys()))

    assert (status, told["problem"]) == (409, "other_bodys_readers")
    assert not AddedHeader.objects.exists()


def test_with_its_readers_added_the_appeal_is_forwarded(
    read: Appeal, reader: Reader, officer: User, theirs: RecipientSet, mechanism: Institution
) -> None:
    assert add(reader, read, theirs.set_id, text=header_for(keys())) == (201, {})
    assert offered(reader, read)[theirs.set_id]["added"] is True

    made = services.forward(
        appeal=read, receiver=mechanism, named=True, by=actor(officer), at=REFERRED_AT
    )
    assert made.recipient_set_id == theirs.set_id
