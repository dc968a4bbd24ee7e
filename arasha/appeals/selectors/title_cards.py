"""The inbox as the reader fetches it: page by page, each from the appeal behind the last one."""

import datetime as dt
import uuid

from django.db.models import Q

from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.appeals.selectors.reading import openable

CARDS_A_PAGE = 100
Cursor = tuple[dt.date, uuid.UUID]


def cards(
    *, viewer: Actor, only_waiting: bool, after: Cursor | None, at: dt.datetime
) -> list[Appeal]:
    """At most a page of the appeals whose cards the viewer may open: what waits, the oldest first;
    all of them, the newest first."""
    found = openable(viewer=viewer, at=at)
    if only_waiting:
        # IN, because for `waits=True` Django writes a bare column, which SQLite finds by no index.
        found = found.filter(waits__in=(True,)).order_by("received_day", "key")
    else:
        found = found.order_by("-received_day", "key")
    if after is not None:
        found = found.filter(_behind(after, only_waiting=only_waiting))
    return list(found[:CARDS_A_PAGE])


def _behind(after: Cursor, *, only_waiting: bool) -> Q:
    day, key = after
    later = Q(received_day__gt=day) if only_waiting else Q(received_day__lt=day)
    return later | Q(received_day=day, key__gt=key)
