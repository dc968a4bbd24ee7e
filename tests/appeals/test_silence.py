"""What is stored of an appeal must not lead to the machine, the place or the minute it came from.

What an officer records after reading (category, urgency, place, the body complained of) is theirs to
say. One exception is named: a call for help keeps its minute, because minutes count.
"""

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from arasha.appeals.models import (
    AddedHeader,
    Appeal,
    Attachment,
    BodyRequest,
    CeremonyAppeal,
    CheckBack,
    Ciphertext,
    Closing,
    Coverage,
    DutyCall,
    Erasure,
    Errand,
    Extension,
    ExternalNumber,
    Reply,
    SealedNote,
    Suspension,
    Term,
)
from arasha.country import country
from arasha.engines.sealing import RecipientSet
from arasha.places.models import Device, DeviceOffer, Place
from tests.walk import FILED_AT, Terminal, file, posted

Table = type[models.Model]
# What a filing writes, or what a terminal sends after it.
OF_FILING = [Appeal, Ciphertext, Attachment, Term]
OF_OFFICERS = [
    AddedHeader,
    BodyRequest,
    CeremonyAppeal,
    CheckBack,
    Closing,
    Coverage,
    Erasure,
    Errand,
    Extension,
    ExternalNumber,
    Reply,
    SealedNote,
    Suspension,
]
RECORDED_AFTER_READING = {"category", "urgency", "place", "accused_body"}
ODD_MINUTE = FILED_AT.replace(hour=11, minute=47, second=13)


def points_to(table: Table) -> set[Table]:
    return {
        field.related_model
        for field in table._meta.get_fields()
        if field.is_relation and field.concrete and isinstance(field.related_model, type)
    }


def leads_to(start: Table) -> set[Table]:
    """Every table that a row can be followed to, however far."""
    found: set[Table] = set()
    waiting = [start]
    while waiting:
        new = points_to(waiting.pop()) - found
        found |= new
        waiting += new
    return found


def parts_of(table: Table) -> set[Table]:
    """Tables whose rows belong to a row of this one."""
    return {each for each in apps.get_models() if table in points_to(each)}


def test_an_appeal_has_only_the_parts_that_we_know_of() -> None:
    joined = {Appeal}  # one matter that came twice

    assert parts_of(Appeal) == {*OF_FILING, *OF_OFFICERS, DutyCall} | joined


@pytest.mark.parametrize("table", [*OF_FILING, *OF_OFFICERS, DutyCall])
def test_no_way_leads_from_an_appeal_to_a_machine(table: Table) -> None:
    assert not leads_to(table) & {Device, DeviceOffer}


@pytest.mark.parametrize("table", [Device, DeviceOffer, Place])
def test_no_way_leads_from_a_machine_or_a_place_to_an_appeal(table: Table) -> None:
    assert Appeal not in leads_to(table)


@pytest.mark.parametrize("table", OF_FILING)
def test_a_filing_has_no_column_for_a_minute_a_place_or_a_machine(table: Table) -> None:
    for field in table._meta.get_fields():
        if field.name in RECORDED_AFTER_READING:
            continue
        assert not isinstance(field, models.DateTimeField)
        assert not {"place", "device", "terminal", "region"} & set(field.name.split("_"))


def test_a_filing_records_nothing_that_only_a_reader_can_know(appeal: Appeal) -> None:
    for name in RECORDED_AFTER_READING:
        assert not getattr(appeal, name)


def test_of_a_filing_no_row_of_any_table_knows_the_machine_the_place_or_the_minute(
    terminal: Terminal, recipients: RecipientSet
) -> None:
    before = set(every_row())

    file(terminal, posted(recipients), at=ODD_MINUTE)

    place = terminal.device.place
    new = [values for values in every_row() if values not in before]
    told = [value for _table, *row in new for value in row]
    assert {table for table, *_ in new} >= {"appeals_appeal", "access_grant", "journal_entry"}
    assert not {str(each) for each in (terminal.device.pk, place.pk, place.code)} & set(told)
    assert {hour_of(value) for value in told if hour_of(value)} == {dt.time(0)}


def every_row() -> Iterator[tuple[str, ...]]:
    for table in apps.get_models():
        for row in table._default_manager.values_list():
            yield (table._meta.db_table, *map(plain, row))


def plain(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(country().timezone).isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(uuid.UUID(str(value))) if isinstance(value, uuid.UUID) else str(value)


def hour_of(text: str) -> dt.time | None:
    """The time of day in an instant written by `plain`; None for everything else."""
    try:
        return dt.datetime.fromisoformat(text).time() if "T" in text else None
    except ValueError:
        return None
