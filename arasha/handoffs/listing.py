"""All that was passed on, kind by kind: for the list, the appeal's page and the agenda."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from arasha.actors import Actor
from arasha.handoffs.appeals_to_appeals.selectors import FORWARDS
from arasha.handoffs.appeals_to_cases.selectors import REFERRALS
from arasha.handoffs.appeals_to_cctv.selectors import HOLDS
from arasha.handoffs.appeals_to_support.selectors import REQUESTS
from arasha.handoffs.appeals_to_visits.selectors import PROPOSALS
from arasha.handoffs.crossings import Crossing, WaitsFor, waits_for
from arasha.handoffs.kinds import Kind
from arasha.people.models import Post
from arasha.rows import LongList

# Referrals have a list of their own.
KINDS: tuple[Kind[Any], ...] = (FORWARDS, PROPOSALS, REQUESTS, HOLDS)


@dataclass(frozen=True, slots=True)
class Passed:
    """One crossing, as a line of a list."""

    kind: Kind[Any]
    crossing: Crossing
    waits_for: WaitsFor

    @property
    def url(self) -> str:
        return self.kind.url(self.crossing)


@dataclass(frozen=True, slots=True)
class Tab:
    """A kind, and what of it is open to the viewer."""

    kind: Kind[Any]
    rows: LongList

    @property
    def count(self) -> str:
        return f"{self.rows.count}+" if self.rows.is_cut else str(self.rows.count)


def tabs(*, viewer: Actor) -> list[Tab]:
    return [Tab(kind, LongList(kind.seen(viewer=viewer))) for kind in KINDS]


def tab_of(code: str, found: Sequence[Tab], *, posts: Sequence[Post]) -> Tab:
    """The kind that was asked for; else one with something in it, first of those that these posts answer."""
    roles = {post.role for post in posts}
    asked = (tab for tab in found if tab.kind.code == code)
    by_duty = sorted(found, key=lambda tab: tab.kind.answers not in roles)
    filled = (tab for tab in by_duty if tab.rows.count)
    return next(asked, None) or next(filled, by_duty[0])


def passed_from(*, viewer: Actor, appeal_key: uuid.UUID, at: dt.datetime) -> list[Passed]:
    """Everywhere that an appeal went, as far as the viewer may see it."""
    return [
        line(kind, crossing, viewer=viewer, at=at)
        for kind in (REFERRALS, *KINDS)
        for crossing in kind.seen(viewer=viewer).filter(appeal_key=appeal_key)
    ]


def line(kind: Kind[Any], crossing: Crossing, *, viewer: Actor, at: dt.datetime) -> Passed:
    return Passed(kind, crossing, waits_for(crossing, viewer=viewer, role=kind.answers, at=at))
