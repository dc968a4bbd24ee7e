"""A release as data: what is shown, what is protected, and the bytes its leaf commits to."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

STATISTICS = "statistics"  # the kind of a release's leaf
# Counts of people who turned to somebody are shown from this size on.
THRESHOLD = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator as it is published. None means protected and is shown as "c"."""

    years: Mapping[int, int | None]
    total: int | None


def exact(counted: Mapping[int, int], *, years: range) -> Row:
    """A count of what the state did: every number as it is, a year without any is 0."""
    return Row({year: counted.get(year, 0) for year in years}, sum(counted.values()))


def protected(counted: Mapping[int, int], *, years: range) -> Row:
    """A person-side count: small cells hidden, and enough others that no subtraction shows them.

    What is hidden adds up to the total less what is shown. If that sum would fix a hidden cell, the next
    smallest goes too, with all its equals (which of them, would be told by the order of years); where
    there is none, the total goes.
    """
    row = exact(counted, years=years)
    small = [value for value in counted.values() if 0 < value < THRESHOLD]
    large = [value for value in counted.values() if value >= THRESHOLD]
    gives_away = _sum_fixes(small)
    values = {*small, min(large)} if gives_away and large else set(small)
    shown = {year: None if value in values else value for year, value in row.years.items()}
    return Row(shown, None if gives_away and not large else row.total)


def _sum_fixes(hidden: Sequence[int]) -> bool:
    """Whether the sum of small cells leaves them one value: one alone, all of 1, all as large as can be."""
    return len(hidden) == 1 or (bool(hidden) and set(hidden) in ({1}, {THRESHOLD - 1}))


def as_data(
    *,
    number: int,
    as_of: dt.date,
    rows: Mapping[str, Row],
    cohorts: Mapping[str, object] | None = None,
) -> dict[str, object]:
    """What the release's leaf commits to, as canonical JSON: exactly what the public download holds.

    `cohorts` None: a release of before there were any.
    """
    of_cohorts = {} if cohorts is None else {"cohorts": cohorts}
    return {
        **of_cohorts,
        "release": number,
        "as_of": as_of.isoformat(),
        "indicators": {
            code: {
                "years": {str(year): value for year, value in row.years.items()},
                "total": row.total,
            }
            for code, row in rows.items()
        },
    }
