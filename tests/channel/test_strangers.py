"""No way leads from a bundle to an appeal: walked over every table, column and index there is."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Field, Model

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


def names_of(models: set[type[Model]]) -> dict[str, str]:
    """Columns of bytes and of keys, which could be compared: by their own name, with the table's."""
    kinds = ("BinaryField", "UUIDField", "KeyField")
    return {
        f"{model._meta.db_table}.{field.column}": str(field.column)
        for model in models
        for field in model._meta.concrete_fields
        if type(field).__name__ in kinds
    }


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


def test_no_hash_of_the_channel_stands_in_a_row_of_an_appeal() -> None:
    # What the channel names by a hash has the mark or two hashes before it: an appeal's tables hold
    # the hash of no such bytes (arasha.engines.channel.objects).
    ours = {"object", "sha256", "head", "leaf_hash", "label", "key_id"}
    found = names_of({apps.get_model("channel", name) for name in ("Piece", "Refusal", "Taken")})

    assert set(found.values()) - {"key", "data"} <= ours
    assert "object" not in set(names_of(APPEALS).values())
