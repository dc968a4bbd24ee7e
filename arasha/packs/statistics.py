"""The form in which a country's state counts its cases: what stands in its rows and columns."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from arasha.engines.law.rules import Conduct
from arasha.packs.basis import Basis
from arasha.packs.text import Text

Unit = Literal["case", "person", "fact"]
Victim = Literal["female", "minor"]
# What can be counted over a period, and the unit in which it is counted.
MEASURES: Mapping[str, Unit] = {
    "registered": "case",  # registered in the period
    "carried_over": "case",  # registered before it, and open when it began
    "in_proceedings": "case",  # both of these
    "decided": "case",  # with a decision of these kinds in the period; a case counts once
    "persons_decided": "person",  # whom these decisions concern
    "victims": "person",  # of the cases registered in the period
    "facts": "fact",  # acts in the cases registered in the period
}
OF_DECISIONS = ("decided", "persons_decided")


@dataclass(frozen=True, slots=True)
class Row:
    """A provision in one wording, or what the other rows leave (`rest`), or a total of rows (`sums`).

    `from_day`: the first day of the wording, as a classification stores it; None: older than known.
    """

    code: str
    name: Text
    provision: str
    conduct: Conduct | None
    from_day: dt.date | None
    rest: bool
    sums: tuple[str, ...]

    def counts(self, provision: str, from_day: dt.date | None, conduct: str) -> bool:
        same = bool(provision) and (self.provision, self.from_day) == (provision, from_day)
        return same and self.conduct in (None, conduct)


@dataclass(frozen=True, slots=True)
class Column:
    """A measure, narrowed by `kinds` of decision, `ground`, `gravity` or `victim`; or a total (`sums`)."""

    code: str
    name: Text
    unit: Unit
    measure: str | None
    kinds: tuple[str, ...]
    ground: str | None
    gravity: str | None
    victim: Victim | None
    sums: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class StatisticsForm:
    """Rows and columns in the form's order; `signatures`: who signs it."""

    name: Text
    rows: Mapping[str, Row]
    columns: Mapping[str, Column]
    signatures: tuple[Text, ...]

    def row_of(self, provision: str, from_day: dt.date | None, conduct: str) -> Row:
        """The one row that counts a case so classified; what has no row of its own is the rest."""
        places = (row for row in self.rows.values() if not row.sums)
        return max(places, key=lambda row: (row.counts(provision, from_day, conduct), row.rest))

    def first_day(self, until: dt.date) -> dt.date:
        """The form is cumulative: it counts from 1 January of its year."""
        return until.replace(month=1, day=1)
