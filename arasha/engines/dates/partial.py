"""A date of which only a part is known: an interval of days and how exactly it was told."""

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal

Precision = Literal["day", "month", "year", "unknown"]


@dataclass(frozen=True, slots=True)
class Partial:
    """Some day between `first` and `last`, both included; None is open.

    `precision` says how the ends were told: "March 2021" is 1 to 31 March with the precision of a month.
    `is_approximate`: the teller was not sure; the interval is as it was told and is not widened.
    """

    first: dt.date | None
    last: dt.date | None
    precision: Precision
    is_approximate: bool = False

    def __post_init__(self) -> None:
        if self.first and self.last and self.last < self.first:
            raise ValueError(f"first must not be after last, got {self.first} and {self.last}")

    @property
    def is_one_period(self) -> bool:
        """One day, one month or one year, rather than from one to another."""
        return self.first is not None and period(self.first, self.precision) == (
            self.first,
            self.last,
        )


UNKNOWN = Partial(None, None, "unknown")


def period(day: dt.date, precision: Precision) -> tuple[dt.date, dt.date]:
    """The first and last day of the day, month or year in which `day` lies."""
    if precision == "year":
        return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    if precision == "month":
        days = calendar.monthrange(day.year, day.month)[1]
        return day.replace(day=1), day.replace(day=days)
    return day, day


def edtf(partial: Partial) -> str:
    """The date as EDTF (ISO 8601-2), for storing and sending; "" if it is unknown."""
    if partial.precision == "unknown":
        return ""
    mark = "~" if partial.is_approximate else ""
    first, last = (_edtf(day, partial.precision) for day in (partial.first, partial.last))
    return f"{first}{mark}" if partial.is_one_period else f"{_end(first, mark)}/{_end(last, mark)}"


def _edtf(day: dt.date | None, precision: Precision) -> str:
    return "" if day is None else day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def _end(text: str, mark: str) -> str:
    return f"{text}{mark}" if text else ".."
