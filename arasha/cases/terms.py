"""Terms in somebody's hands, as the desk shows them and as calendars take them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.cases import selectors
from arasha.cases.models import Allegation, Deadline
from arasha.country import country
from arasha.rows import TermItem

MOST_WAITING = 100
# Of a clock: without the law's answer, which is most of it.
SHOWN = (
    "case__number", "rule", "started_at", "due_at", "due_since_at", "motion_due_at", "moved",
)  # fmt: skip


class Terms(Sequence[TermItem]):
    """Every end and every last day to ask, by what comes first. Only what a page shows is read.

    Each half is read in the order of its own index: asked for both in one, a database sorts them all.
    """

    MOST = 1_000

    def __init__(self, *, viewer: Actor, at: dt.datetime) -> None:
        self._ends = selectors.ends_in_hand(viewer=viewer).only(*SHOWN)
        self._motions = selectors.motions_in_hand(viewer=viewer, at=at).only(*SHOWN)

    def __len__(self) -> int:
        ends = self._counted(self._ends, self.MOST)
        return ends + self._counted(self._motions, self.MOST - ends)

    def __getitem__(self, cut: Any) -> Any:
        rows = [(each.due_at, each, _end) for each in self._ends[: cut.stop]]
        rows += [
            (each.motion_due_at or each.due_at, each, _motion) for each in self._motions[: cut.stop]
        ]
        rows.sort(key=lambda row: (row[0], row[1].case.number, row[1].pk))
        return [item(each) for _, each, item in rows[cut]]

    def _counted(self, rows: QuerySet[Deadline], most: int) -> int:
        return rows.order_by()[:most].count()


def in_order(item: TermItem) -> tuple[dt.datetime, str, str]:
    return (item.due_at or item.since_at, item.number, item.key)


def waiting(*, viewer: Actor) -> list[TermItem]:
    """Allegations that are to be registered or passed on."""
    found = selectors.waiting_in_hand(viewer=viewer)[:MOST_WAITING]
    ends = (("registration", "register_by_at"), ("pass_on", "pass_on_by_at"))
    return [
        _waiting(each, rule, getattr(each, column))
        for each in found
        for rule, column in ends
        if getattr(each, column)
    ]


def standing(*, viewer: Actor, most: int) -> list[TermItem]:
    return [_standing(each) for each in selectors.standing_in_hand(viewer=viewer)[:most]]


def _end(deadline: Deadline) -> TermItem:
    return _clock(deadline, "ends", _rule(deadline.rule), deadline.due_at)


def _motion(deadline: Deadline) -> TermItem:
    words = _("Last day to ask for more time: %(term)s") % {"term": _rule(deadline.rule)}
    return _clock(deadline, "motion", words, deadline.motion_due_at)


def _standing(deadline: Deadline) -> TermItem:
    return _clock(deadline, "ends", _rule(deadline.rule), None)


def _clock(deadline: Deadline, which: str, what: str, due_at: dt.datetime | None) -> TermItem:
    return TermItem(
        key=f"clock-{deadline.pk}-{which}",
        what=what,
        number=deadline.case.number,
        url=reverse("cases:terms_of", args=[deadline.case_id]),
        due_at=due_at,
        since_at=deadline.due_since_at or deadline.started_at,
        moved=deadline.moved,
    )


def _waiting(allegation: Allegation, rule: str, due_at: dt.datetime) -> TermItem:
    return TermItem(
        key=f"allegation-{allegation.pk}-{rule}",
        what=_rule(rule),
        number="",
        url=reverse("cases:report", args=[allegation.key]),
        due_at=due_at,
        since_at=allegation.received_at,
    )


def _rule(rule: str) -> str:
    known = country().deadlines.get(rule)
    return known.name.in_(get_language() or "en") if known else rule
