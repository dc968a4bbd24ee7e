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

    What is hidden adds up to the total less what is shown. As long as that sum leaves a hidden cell only
    one value, the next smallest goes with them; where there is none left, the total goes.
    """
    row = exact(counted, years=years)
    hidden = {year for year, value in counted.items() if 0 < value < THRESHOLD}
    others = sorted((value, year) for year, value in counted.items() if value >= THRESHOLD)
    while others and _gives_away([counted[year] for year in hidden]):
        hidden.add(others.pop(0)[1])
    shown = {year: None if year in hidden else value for year, value in row.years.items()}
    return Row(shown, None if _gives_away([counted[year] for year in hidden]) else row.total)


def _gives_away(hidden: Sequence[int]) -> bool:
    """Whether the sum of the hidden cells fixes them: one alone, all of them 1, or all as large as can be."""
    if not hidden:
        return False
    total, largest = sum(hidden), (THRESHOLD - 1) * len(hidden)
    return len(hidden) == 1 or total == len(hidden) or total == largest


def as_data(*, number: int, as_of: dt.date, rows: Mapping[str, Row]) -> dict[str, object]:
    """What the release's leaf commits to, as canonical JSON: exactly what the public download holds."""
    return {
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
