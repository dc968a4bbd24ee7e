"""People of cases by their names, in whatever script and spelling somebody writes them."""

import uuid
from collections.abc import Iterator
from typing import NamedTuple

from arasha.access.names import Wanted, with_parts
from arasha.access.selectors import visible
from arasha.access.viewing import remembered
from arasha.actors import Actor
from arasha.cases.models import Identity
from arasha.cases.naming import beginnings, mistaken, wanted
from arasha.engines.names import keys
from arasha.engines.names.similarity import alike, jaro_winkler, with_one_mistake

MOST_LOOKED_AT = 300  # of each way to look for a name
MOST_FOUND = 50
LIKE_ENOUGH = 0.8  # for a name that was found by a mistake or by a word less


class Meant(NamedTuple):
    """Somebody who may be meant; the higher `like`, the likelier."""

    like: float
    key: uuid.UUID
    case_key: uuid.UUID


def find_by_name(*, viewer: Actor, text: str) -> list[Identity]:
    """Who may be meant, likest first; only where the names of the case are open to the viewer."""
    first = [each.key for each in _meant(text, viewer=viewer)[:MOST_FOUND]]
    may = visible(viewer=viewer, kind="case", compartment="identity", field="case_id")
    found = Identity.objects.filter(may, pk__in=first).select_related("person", "case")
    return sorted(found, key=lambda identity: first.index(identity.key))


def cases_with_name(*, viewer: Actor, text: str) -> list[uuid.UUID]:
    """The keys of the cases in which somebody of that name may be."""
    return remembered(
        ("cases with name", viewer, text),
        lambda: list(dict.fromkeys(each.case_key for each in _meant(text, viewer=viewer))),
    )


def _meant(text: str, *, viewer: Actor) -> list[Meant]:
    asked, begun, found = keys(text), beginnings(text), dict[uuid.UUID, Meant]()
    for way in wanted(text):
        for key, case_key, folded in _with(way, viewer=viewer):
            like = alike(asked, folded.split())
            if like >= LIKE_ENOUGH or all(each in f" {folded} " for each in begun):
                found.setdefault(key, Meant(like, key, case_key))
        if len(found) >= MOST_FOUND:
            break  # enough to look at; another word narrows it
    meant = found.values() or _mistyped(text, viewer=viewer)
    return sorted(meant, key=lambda meant: (-meant.like, meant.key))


def _mistyped(text: str, *, viewer: Actor) -> list[Meant]:
    """A word alone that is in no name the viewer may see: the names that have it with one mistake."""
    word, ways = mistaken(text)
    for way in ways:
        found = [
            Meant(max(jaro_winkler(word, each) for each in meant), key, case_key)
            for key, case_key, folded in _with(way, viewer=viewer)
            if (meant := [each for each in folded.split() if with_one_mistake(word, each)])
        ]
        if found:
            return found
    return []


def _with(way: Wanted, *, viewer: Actor) -> Iterator[tuple[uuid.UUID, uuid.UUID, str]]:
    may = visible(viewer=viewer, kind="case", compartment="identity", field="case_id")
    found = Identity.objects.filter(may, with_parts(way, viewer=viewer))
    return found.values_list("key", "case_id", "folded")[:MOST_LOOKED_AT].iterator()
