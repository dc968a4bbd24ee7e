"""How large the national world is, and where each number comes from.

Known numbers are those of docs/reference/worlds.md. A year without a known number takes that of the
nearest known one: the world says so and nobody may quote it.
"""

import datetime as dt

YEARS = range(2014, 2025)

# Registered torture cases (inform.kz 10.12.2025).
KNOWN_CASES = {2019: 850, 2020: 766, 2021: 685, 2022: 920, 2023: 462, 2024: 193}
# Appeals to the Ombudsperson; 2021 is January to November.
KNOWN_APPEALS = {2017: 2_147, 2021: 1_614, 2023: 5_773, 2024: 6_748}

# By 26 June 2023 (the source article). It names no first day: this world assumes 1 January 2023.
COUNTED_ON = dt.date(2023, 6, 26)
SENT_TO_COURT_PERSONS = 35
CONVICTED_PERSONS = 17

PENAL = 78
POLICE = 200
PLACES = 3_000
TERMINALS = 365
MONITORS = 130

# An envelope of an older appeal is taken as destroyed: only its leaf is left, as retention does it.
ENVELOPES_OF = dt.timedelta(days=365)


def of_year(known: dict[int, int], year: int) -> int:
    """The known number of a year, or that of the nearest known year (the earlier one of two)."""
    nearest = min(known, key=lambda other: (abs(other - year), other))
    return known[nearest]
