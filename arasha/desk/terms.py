"""Every term in somebody's hands, of all processes: as a page by what comes first, and as a calendar."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arasha.actors import Actor
from arasha.cases import terms as cases
from arasha.country import local_day
from arasha.engines.calendar_feed import Term, feed
from arasha.handoffs.appeals_to_cases import terms as referrals
from arasha.rows import TermItem

PAGE = 30  # so many stand on a printed sheet
MOST_IN_CALENDAR = 500
# What waits and is no case yet: few rows, and the most urgent of all.
WAITING: tuple[Callable[..., list[TermItem]], ...] = (referrals.waiting, cases.waiting)

LATE = gettext_lazy("Late")
TODAY = gettext_lazy("Today")
THIS_WEEK = gettext_lazy("Within seven days")
LATER = gettext_lazy("Later")
STANDING = gettext_lazy("Standing")


@dataclass(frozen=True, slots=True)
class Group:
    title: Promise
    rows: list[TermItem]


@dataclass(frozen=True, slots=True)
class MyTerms:
    groups: list[Group]
    page: Page[TermItem]


def my_terms(*, viewer: Actor, at: dt.datetime, number: str | None) -> MyTerms:
    """A page of the viewer's terms. What waits and what stands is on the first."""
    page = Paginator(cases.Terms(viewer=viewer, at=at), PAGE).get_page(number)
    items: list[TermItem] = list(page)
    standing: list[TermItem] = []
    if page.number == 1:
        items += [each for waiting in WAITING for each in waiting(viewer=viewer)]
        standing = cases.standing(viewer=viewer, most=PAGE)
    items.sort(key=cases.in_order)
    return MyTerms(_grouped(items, standing, at), page)


def calendar(
    *, viewer: Actor, at: dt.datetime, has_numbers: bool, language: str, base: str
) -> bytes:
    """The same as a calendar, the soonest first. Without numbers a title says no more than the term."""
    with translation.override(language):
        found = [each for waiting in WAITING for each in waiting(viewer=viewer)]
        found += cases.Terms(viewer=viewer, at=at)[:MOST_IN_CALENDAR]
        terms = [_event(each, has_numbers, base) for each in found if each.due_at]
        return feed(terms, name=_("My terms"), language=language)


def _event(row: TermItem, has_numbers: bool, base: str) -> Term:
    title = f"{row.what}: {row.number}" if has_numbers and row.number else row.what
    return Term(
        uid=f"{row.key}@{base.split('://')[-1]}",
        due_at=row.due_at or row.since_at,
        changed_at=row.since_at,
        title=title,
        sequence=row.moved,
        url=f"{base}{row.url}" if has_numbers else f"{base}/cases/terms/",
    )


def _grouped(items: list[TermItem], standing: list[TermItem], at: dt.datetime) -> list[Group]:
    groups: dict[Promise, list[TermItem]] = {LATE: [], TODAY: [], THIS_WEEK: [], LATER: []}
    for each in items:
        groups[_when(each.due_at or at, at)].append(each)
    groups[STANDING] = standing
    return [Group(title, rows) for title, rows in groups.items() if rows]


def _when(due_at: dt.datetime, at: dt.datetime) -> Promise:
    if due_at < at:
        return LATE
    days = (local_day(due_at) - local_day(at)).days
    return TODAY if days == 0 else THIS_WEEK if days <= 7 else LATER
