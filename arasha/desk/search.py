"""One box that finds any number, within the viewer's rights."""

from collections.abc import Callable

from arasha.actors import Actor
from arasha.appeals import search as appeals
from arasha.cases import search as cases
from arasha.channel.upkeep import search as terminals
from arasha.people import search as places
from arasha.references import findable
from arasha.rows import SearchHit

Search = Callable[..., list[SearchHit]]

LONGEST = 200

# One line per process that has a search.py.
SEARCHES: tuple[Search, ...] = (
    appeals.search,
    cases.search,
    terminals.search,
    places.search,
)


def find(*, viewer: Actor, text: str) -> list[SearchHit]:
    """Hits of every process for what was typed; nothing for an empty box."""
    asked = findable(text)[:LONGEST]
    if not asked:
        return []
    return [hit for search in SEARCHES for hit in search(viewer=viewer, text=asked)]
