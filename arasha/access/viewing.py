"""For whom the database is being read right now: the second lock behind `visible`."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import connection, transaction

from arasha.actors import ANONYMOUS, Actor

T = TypeVar("T")
_viewer: ContextVar[Actor] = ContextVar("viewer", default=ANONYMOUS)
_memory: ContextVar[dict[Hashable, Any] | None] = ContextVar("memory", default=None)


@contextmanager
def viewing(actor: Actor) -> Iterator[None]:
    """Read and write as `actor`. On PostgreSQL one transaction, which row-level security reads."""
    outer = _viewer.get()
    viewer, memory = _viewer.set(actor), _memory.set({})
    try:
        if connection.vendor != "postgresql":
            yield
            return
        with transaction.atomic():
            _tell_postgresql(actor)
            yield
            # Releasing a savepoint keeps what was set in it. An exception needs no such care:
            # the rollback takes the setting back.
            _tell_postgresql(outer)
    finally:
        _memory.reset(memory)
        _viewer.reset(viewer)


def streamed(actor: Actor, rows: Iterable[T]) -> Iterator[T]:
    """Rows of a streaming answer, read as `actor`: the request's own `viewing` has ended by then."""
    with viewing(actor):
        yield from rows


def remembered(question: Hashable, ask: Callable[[], T]) -> T:
    """The answer to a question, asked once while `viewing` lasts; outside of it, every time."""
    memory = _memory.get()
    if memory is None:
        return ask()
    if question not in memory:
        memory[question] = ask()
    answer: T = memory[question]
    return answer


def look_one_by_one() -> None:
    """The viewer has so many grants that PostgreSQL shall look up each row's rather than collect them all.

    It shows the same rows either way.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('arasha.one_by_one', 'yes', true)")


def _tell_postgresql(actor: Actor) -> None:
    with connection.cursor() as cursor:
        # `true`: until the transaction ends, so that a pooled connection tells nothing to the next.
        cursor.execute(
            "SELECT set_config('arasha.viewer', %s, true), set_config('arasha.one_by_one', '', true)",
            [str(actor)],
        )
