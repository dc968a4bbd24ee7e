"""No way leads from a bundle to an appeal: walked over every table, every row and every value."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from uuid import UUID

from django.apps import apps
from django.db.models import Field, Model

from arasha.engines.channel.down import Became
from arasha.engines.channel.up import Kind
from arasha.engines.sealing import RecipientSet
from arasha.worlds.sealing import sealed
from tests.line import Line, Thing, attachment, filing
from tests.walk import posted

CHANNEL = list(apps.get_app_config("channel").get_models())
APPEALS = {
    model
    for label in ("appeals", "appeals_to_cases", "appeals_to_appeals", "cases")
    for model in apps.get_app_config(label).get_models()
}
# What a row of the channel may lead to: where a terminal stands, and who looks after it.
REGISTERS = {"places", "people"}


def leads_to(model: type[Model]) -> Iterator[type[Model]]:
    """The tables that a row of this one names, by foreign keys or by being named."""
    for field in model._meta.get_fields():
        if isinstance(field, Field) and field.is_relation and field.related_model:
            yield field.related_model


def reachable(start: type[Model]) -> set[type[Model]]:
    found, waiting = set[type[Model]](), [start]
    while waiting:
        model = waiting.pop()
        fresh = set(leads_to(model)) - found
        found |= fresh
        waiting += fresh
    return found


def hashes_in(models: Iterable[type[Model]]) -> set[bytes]:
    """Every value of every row that could be compared: bytes, UUIDs, and text that is hex."""
    rows = (row for model in models for row in model._base_manager.values_list())
    return {found for row in rows for value in row if len(found := as_bytes(value)) >= 16}


def as_bytes(value: object) -> bytes:
    match value:
        case bytes() | memoryview():
            return bytes(value)
        case UUID():
            return value.bytes
        case str():
            with suppress(ValueError):
                return bytes.fromhex(value)
    return b""


def test_no_foreign_key_leads_from_the_channel_to_an_appeal() -> None:
    for model in CHANNEL:
        beyond = {each._meta.app_label for each in reachable(model)} - REGISTERS - {"channel"}
        assert beyond == set(), model


def test_no_foreign_key_leads_from_an_appeal_to_the_channel() -> None:
    for model in APPEALS:
        assert not reachable(model) & set(CHANNEL), model


def test_what_waits_in_pieces_names_no_terminal() -> None:
    for name in ("Piece", "Refusal", "Taken", "BroadcastRecord"):
        assert list(leads_to(apps.get_model("channel", name))) == []


def test_no_row_of_an_appeal_names_a_terminal() -> None:
    device = apps.get_model("places", "Device")

    assert not [model for model in APPEALS if device in leads_to(model)]


def test_no_value_of_the_channel_stands_in_a_row_of_an_appeal_nor_its_hash(
    line: Line, recipients: RecipientSet
) -> None:
    # Whoever has the files too can form the name of an attachment: THREAT_MODEL.md says so.
    body = posted(recipients)
    letter, photo = filing(body, line.key), attachment(body, sealed(b"photo", to=recipients.keys))
    half = attachment(body, sealed(bytes(9_000), to=recipients.keys))
    nonsense = Thing(Kind.FILING, bytes(2_000))
    assert {line.send_whole(each).became for each in (letter, photo)} == {Became.KEPT}
    line.send(pieces=half.pieces()[:1])
    assert line.send_whole(nonsense).became is Became.REFUSED
    channel, appeals = hashes_in(CHANNEL), hashes_in(APPEALS)

    assert {photo.name, half.name, nonsense.name} <= channel
    assert {letter.leaf, sha256(photo.data[64:]).digest()} <= appeals
    assert not channel & (appeals | {sha256(each).digest() for each in appeals})
    assert not appeals & {sha256(each).digest() for each in channel}
