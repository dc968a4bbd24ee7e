"""A list of people as it is pasted from a table: address, name, language."""

import csv
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

SEPARATORS = "\t;,"


@dataclass(frozen=True, slots=True)
class Line:
    """One person; `number` counts the lines of the text from 1."""

    number: int
    email: str
    full_name: str
    language: str


def read_list(text: str, *, languages: Collection[str]) -> tuple[list[Line], list[tuple[int, str]]]:
    """The people of a list, and (line number, what is wrong) for each line that is not one."""
    people: list[Line] = []
    faults: list[tuple[int, str]] = []
    seen: set[str] = set()
    for number, cells in _rows(text):
        line = Line(number, *_padded(cells))
        fault = _fault(line, languages=languages, seen=seen)
        seen.add(line.email)
        if fault:
            faults.append((number, fault))
        else:
            people.append(line)
    return people, faults


def _rows(text: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(text.splitlines(), delimiter=_separator(text))
    rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader if any(cells)]
    return rows[1:] if rows and "@" not in rows[0][1][0] and len(rows) > 1 else rows


def _separator(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def _padded(cells: list[str]) -> tuple[str, str, str]:
    email, full_name, language, *_rest = [*cells, "", "", ""]
    return email.lower(), full_name, language.lower()


def _fault(line: Line, *, languages: Collection[str], seen: Collection[str]) -> str:
    try:
        validate_email(line.email)
    except ValidationError:
        return _("“%(email)s” is not an e-mail address.") % {"email": line.email}
    if line.email in seen:
        return _("%(email)s stands in the list twice.") % {"email": line.email}
    if not line.full_name:
        return _("The name is missing.")
    if line.language and line.language not in languages:
        known = ", ".join(languages)
        return _("“%(language)s” is no language here; write one of %(known)s.") % {
            "language": line.language,
            "known": known,
        }
    return ""
