"""References between processes: a kind and a key, never a foreign key."""

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
