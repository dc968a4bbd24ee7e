"""How far the worker is with a table: told through the cache, because its transaction tells nobody."""

import uuid
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from django.core.cache import cache

T = TypeVar("T")
STEP = 200  # lines between two words
KEPT = 3_600  # seconds


class Progress(NamedTuple):
    done: int
    total: int


def counted(key: uuid.UUID, rows: Sequence[T]) -> Iterator[T]:
    """The rows, one after another, and a word now and then."""
    for done, row in enumerate(rows):
        if done % STEP == 0:
            cache.set(_name(key), Progress(done, len(rows)), KEPT)
        yield row
    cache.set(_name(key), Progress(len(rows), len(rows)), KEPT)


def of(key: uuid.UUID) -> Progress | None:
    found: Progress | None = cache.get(_name(key))
    return found


def taking_back(key: uuid.UUID) -> None:
    """Somebody asked for it; the worker comes to it soon."""
    cache.set(f"{_name(key)}-back", True, 120)


def is_taking_back(key: uuid.UUID) -> bool:
    return bool(cache.get(f"{_name(key)}-back"))


def _name(key: uuid.UUID) -> str:
    return f"import-{key}"
