"""Rows that processes hand up to the desk: what waits for whom, and what a search found."""

import datetime as dt
from dataclasses import dataclass


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
