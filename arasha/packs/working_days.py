"""The country's working days: its weekend and its public holidays."""

import datetime as dt
from dataclasses import dataclass, field

import holidays


@dataclass(frozen=True, eq=False)
class Calendar:
    """`country`: ISO 3166-1 code known to the holidays library; empty: no public holidays.

    `weekend`: ISO weekday numbers (Monday 1). `extra_holidays`: days the library does not know.
    """

    country: str
    weekend: frozenset[int]
    extra_holidays: frozenset[dt.date] = frozenset()
    _public: holidays.HolidayBase | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        public = holidays.country_holidays(self.country) if self.country else None
        object.__setattr__(self, "_public", public)

    def is_working(self, day: dt.date) -> bool:
        if day.isoweekday() in self.weekend or day in self.extra_holidays:
            return False
        return self._public is None or day not in self._public
