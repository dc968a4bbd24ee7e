"""What processes hand up to the desk: what waits for whom, what a search found, pages of a list."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Something that needs the viewer. `kind` says in a word or two what it is, in their language."""

    title: str
    url: str
    due_at: dt.datetime | None
    kind: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    title: str
    url: str
    kind: str
    detail: str = ""


class LongList(Paginator[Any]):
    """Pages of a list that grows with the country. It counts to MOST: counting is what costs."""

    MOST = 1_000

    def __init__(self, rows: QuerySet[Any], per_page: int = 25) -> None:
        self.rows = rows
        super().__init__(rows[: self.MOST], per_page)

    @cached_property
    def counted(self) -> int:
        return self.rows.order_by()[: self.MOST + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self.counted, self.MOST)

    @property
    def is_cut(self) -> bool:
        """True if there is more than the pages show: narrow the list."""
        return self.counted > self.MOST
