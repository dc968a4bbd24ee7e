"""For whom the database is being read right now: the second lock behind `visible`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from arasha.actors import ANONYMOUS, Actor

_viewer: ContextVar[Actor] = ContextVar("viewer", default=ANONYMOUS)


@contextmanager
def viewing(actor: Actor) -> Iterator[None]:
    """Read and write as `actor`. On PostgreSQL one transaction, which row-level security reads."""
    token = _viewer.set(actor)
    try:
        if connection.vendor != "postgresql":
            yield
            return
        with transaction.atomic():
            _tell_postgresql(actor)
            yield
    finally:
        _viewer.reset(token)


def current_viewer() -> Actor:
    return _viewer.get()


def _tell_postgresql(actor: Actor) -> None:
    with connection.cursor() as cursor:
        # `true`: until the transaction ends, so that a pooled connection tells nothing to the next.
        cursor.execute("SELECT set_config('arasha.viewer', %s, true)", [str(actor)])
