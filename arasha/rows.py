"""What processes hand up to the desk: what waits for whom, what a search found, pages of a list."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

MOST = 50  # of a kind that Today shows


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Something that needs the viewer. `kind` says in a word or two what it is, in their language.

    `is_danger`: somebody is in danger; it comes before everything else.
    """

    title: str
    url: str
    due_at: dt.datetime | None
    kind: str
    is_danger: bool = False


@dataclass(frozen=True, slots=True)
class TermItem:
    """A moment of the law that comes for the viewer: an end, or the last day to ask for more time.

    `key` names it for ever, `moved` grows with each change: a calendar follows both. `number`: of the
    case; empty where none is. `due_at` None: its clock stands. `since_at`: since when it says so.
    """

    key: str
    what: str
    number: str
    url: str
    due_at: dt.datetime | None
    since_at: dt.datetime
    moved: int = 0


@dataclass(frozen=True, slots=True)
class More:
    """What needs the viewer and is too much for one page: how many there are, and the whole list."""

    words: str
    url: str


def first_of(
    rows: QuerySet[Any], *, row: Callable[[Any], AgendaItem], title: str, url: str
) -> list[AgendaItem | More]:
    """The first MOST of a list for Today; if there are more: how many, and where all of them are."""
    items: list[AgendaItem | More] = [row(each) for each in rows[:MOST]]
    found = LongList(rows)
    if len(items) < MOST or found.counted == MOST:
        return items
    said = _("%(title)s: more than %(n)s, and here are the first %(shown)s")
    if not found.is_cut:
        said = _("%(title)s: %(n)s in all, and here are the first %(shown)s")
    return [*items, More(said % {"title": title, "n": found.count, "shown": MOST}, url)]


@dataclass(frozen=True, slots=True)
class SearchHit:
    title: str
    url: str
    kind: str
    detail: str = ""


class LongList(Paginator[Any]):
    """Pages of a list that grows with the country. It counts to MOST: counting is what costs.

    `first`: the rows that stand before all others, few enough to be counted.
    """

    MOST = 1_000

    def __init__(
        self, rows: QuerySet[Any], per_page: int = 25, *, first: QuerySet[Any] | None = None
    ) -> None:
        self.rows = rows
        self.led = _Led(rows.none() if first is None else first, rows[: self.MOST])
        super().__init__(self.led, per_page)

    @cached_property
    def counted(self) -> int:
        return self.led.leaders + self.rows.order_by()[: self.MOST + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self.counted, self.MOST)

    @property
    def is_cut(self) -> bool:
        """True if there is more than the pages show: narrow the list."""
        return self.counted > self.MOST


class _Led(Sequence[Any]):
    """A list behind its first rows. Only its pages are asked of the database; its paginator counts it."""

    def __init__(self, first: QuerySet[Any], rest: QuerySet[Any]) -> None:
        self.first, self.rest = first, rest

    @cached_property
    def leaders(self) -> int:
        return self.first.order_by().count()

    def __len__(self) -> int:
        return self.leaders + self.rest.count()

    def __getitem__(self, cut: Any) -> Any:
        bounds, led = (cut.start, cut.stop), self.leaders
        leading = slice(*(min(bound, led) for bound in bounds))
        following = slice(*(max(bound - led, 0) for bound in bounds))
        return [*self.first[leading], *self.rest[following]]  # an empty slice asks nothing
