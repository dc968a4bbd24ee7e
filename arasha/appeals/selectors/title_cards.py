"""The inbox as the reader fetches it: page by page, each from the appeal behind the last one."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Self

from django.db.models import Q, QuerySet

from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.appeals.selectors.reading import openable

CARDS_A_PAGE = 100
LATENESS = ("answer_by_day", "received_day", "key")  # as its index stands


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where an appeal stands in either order of the inbox."""

    answer_by_day: dt.date | None
    received_day: dt.date
    key: uuid.UUID

    @classmethod
    def of(cls, appeal: Appeal) -> Self:
        return cls(appeal.answer_by_day, appeal.received_day, appeal.key)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The cursor that `str` wrote. Raises ValueError."""
        answer_by, received, key = text.split("_")
        day = dt.date.fromisoformat
        return cls(day(answer_by) if answer_by else None, day(received), uuid.UUID(key))

    def __str__(self) -> str:
        return f"{self.answer_by_day or ''}_{self.received_day}_{self.key}"


def cards(
    *, viewer: Actor, only_waiting: bool, after: Cursor | None, at: dt.datetime
) -> list[Appeal]:
    """At most a page of the appeals whose cards the viewer may open: what waits, the latest first
    and what has no term last; all of them, the newest first."""
    found = openable(viewer=viewer, at=at)
    if not only_waiting:
        behind = _newest_behind(after) if after else Q()
        return list(found.filter(behind).order_by("-received_day", "key")[:CARDS_A_PAGE])
    # IN, because for `waits=True` Django writes a bare column, which SQLite finds by no index.
    waiting = found.filter(waits__in=(True,))
    page = [] if after and after.answer_by_day is None else _with_term(waiting, after)
    if len(page) < CARDS_A_PAGE:
        page += _without_term(waiting, after)[: CARDS_A_PAGE - len(page)]
    return page


def _with_term(waiting: QuerySet[Appeal], after: Cursor | None) -> list[Appeal]:
    behind = Q(answer_by_day__isnull=False)
    if after:
        # The first bound is what an index seeks by; the second takes off what was given before.
        behind = Q(answer_by_day__gte=after.answer_by_day) & (
            Q(answer_by_day__gt=after.answer_by_day) | _oldest_behind(after)
        )
    return list(waiting.filter(behind).order_by(*LATENESS)[:CARDS_A_PAGE])


def _without_term(waiting: QuerySet[Appeal], after: Cursor | None) -> QuerySet[Appeal]:
    """Apart, because databases do not agree whether nothing comes before or after every day."""
    has_begun = after is not None and after.answer_by_day is None
    behind = _oldest_behind(after) if after and has_begun else Q()
    return waiting.filter(behind, answer_by_day__isnull=True).order_by(*LATENESS)


def _oldest_behind(after: Cursor) -> Q:
    day = after.received_day
    return Q(received_day__gte=day) & (Q(received_day__gt=day) | Q(key__gt=after.key))


def _newest_behind(after: Cursor) -> Q:
    day = after.received_day
    return Q(received_day__lte=day) & (Q(received_day__lt=day) | Q(key__gt=after.key))
