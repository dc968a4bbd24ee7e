"""Registers of other offices as tests make them."""

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from io import StringIO

from arasha.cases import services
from arasha.cases.importing.guessing import columns_of, guess
from arasha.cases.importing.preview import table_of
from arasha.cases.models import Import
from arasha.people.models import Institution, User
from tests.walk import NOW, actor

HEADINGS = (
    "Номер ЕРДР", "Дата регистрации", "Место", "Дата события", "Что было сделано",
    "Потерпевшие", "Подозреваемые", "Направлено в суд: дата", "Прекращено: дата",
)  # fmt: skip
Cells = Sequence[str]
FIELDS = (
    "number", "registered_day", "place", "happened", "conduct", "victims", "suspects",
    "decision.sent_to_court", "decision.terminated",
)  # fmt: skip
COLUMNS = dict(zip(FIELDS, HEADINGS, strict=True))
VALUES = {"register": "erdr"}


def line(number: str = "24-0001", **changes: str) -> list[str]:
    """A case of March 2024, sent to court in May."""
    told = {
        "number": number,
        "registered_day": "05.03.2024",
        "place": "PRISON-1",
        "happened": "март 2024",
        "conduct": "Пытка",
        "victims": "Иванов Иван",
        "suspects": "Петров Пётр",
        "decision.sent_to_court": "06.05.2024",
        "decision.terminated": "",
    }
    return list({**told, **changes}.values())


def as_csv(*lines: Cells, headings: Cells = HEADINGS) -> bytes:
    target = StringIO()
    csv.writer(target).writerows([headings, *lines])
    return target.getvalue().encode()


def uploaded(content: bytes, by: User, to: Institution, *, name: str = "register.csv") -> Import:
    return services.upload(
        institution=to, form="register", file_name=name, content=content, by=actor(by), at=NOW
    )


def mapped(
    imported: Import,
    by: User,
    *,
    columns: Mapping[str, str] = COLUMNS,
    values: Mapping[str, str] = VALUES,
) -> Import:
    return services.map_columns(
        imported=imported, columns=columns, values=values, by=actor(by), at=NOW
    )


def taken_in(
    imported: Import, by: User, *, leaves_out: bool = False, at: dt.datetime = NOW
) -> Import:
    asked = services.ask_for(imported=imported, leaves_out=leaves_out, by=actor(by), at=at)
    return services.take_in(imported=asked, by=actor(by), at=at)


def guessed(imported: Import) -> dict[str, str]:
    return guess(columns_of(table_of(imported)))
