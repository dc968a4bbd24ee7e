"""Uptime as it is published: months in five steps, some time after their end."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UPTIME = "arasha uptime v1"
# From which share of its hours on a month of a place has which step.
BOUNDS = ((98, 4), (90, 3), (50, 2), (10, 1))  # per cent
# Of less nothing can be said: a terminal that was enrolled in the last days of a month.
FEWEST_HOURS = 7 * 24

STEPS: dict[int, str | Promise] = {
    4: _("Nearly always"),
    3: _("Mostly"),
    2: _("Sometimes"),
    1: _("Rarely"),
    0: _("Hardly ever"),
}


def step(*, heard: int, due: int) -> int:
    """The step of so many hours heard of so many hours in use (positive)."""
    return next((each for bound, each in BOUNDS if heard * 100 >= bound * due), 0)


def last_day(month: dt.date) -> dt.date:
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def months(*, first: dt.date, over_by: dt.date) -> Iterator[dt.date]:
    """The first days of the months that begin with that of `first` and are over before `over_by`."""
    month = first.replace(day=1)
    while last_day(month) < over_by:
        yield month
        month = last_day(month) + dt.timedelta(days=1)


def as_data(
    *, month: dt.date, published_day: dt.date, places: Mapping[str, tuple[int, int]]
) -> dict[str, Any]:
    """What the leaf of a month commits to; `places`: code -> (step, days of works)."""
    return {
        "v": UPTIME,
        "month": f"{month:%Y-%m}",
        "published": published_day.isoformat(),
        "places": {
            code: {"step": found, "works_days": works} for code, (found, works) in places.items()
        },
    }
