"""References between processes: a kind and a key, never a foreign key."""

import unicodedata
import uuid
from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True, slots=True)
class Reference:
    """A record of some process, named without importing it."""

    kind: str
    key: uuid.UUID

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class KeyField(models.UUIDField[uuid.UUID, uuid.UUID]):
    """The primary key of every record: made in Python, so that the grant can come before the record."""

    def __init__(self, **options: object) -> None:
        options |= {"primary_key": True, "default": uuid.uuid4, "editable": False}
        super().__init__(**options)  # type: ignore[arg-type]


# Cyrillic letters that look like Latin ones: a number is read aloud and typed on any keyboard.
_LOOKALIKES = str.maketrans("АВЕКМНОРСТХУІ", "ABEKMHOPCTXYI")


def findable(text: str) -> str:
    """What was typed, as a database can look for it: PostgreSQL takes no NUL."""
    return text.replace("\0", "").strip()


def fold_number(text: str) -> str:
    """A register's number without spacing, dashes, case, alphabet or script of its digits.

    >>> fold_number("кz–2026 ⁄ 0131") == fold_number("KZ-2026-0131") == "KZ20260131"
    True
    """
    letters = text.upper().translate(_LOOKALIKES)
    return "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() else letter
        for letter in letters
        if letter.isalnum()
    )
