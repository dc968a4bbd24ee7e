"""What a viewer may read of appeals, by the part of the work."""

from arasha.appeals.selectors.addressing import (
    Addressed,
    addressed,
    kinds_open_to,
    sets_for,
    signing_bodies,
)
from arasha.appeals.selectors.inbox import (
    OPEN,
    appeals,
    appeals_in_hand,
    find_appeal,
    may_open,
    overdue,
)
from arasha.appeals.selectors.opening import officer_of_opening

__all__ = [
    "OPEN",
    "Addressed",
    "addressed",
    "appeals",
    "appeals_in_hand",
    "find_appeal",
    "kinds_open_to",
    "may_open",
    "officer_of_opening",
    "overdue",
    "sets_for",
    "signing_bodies",
]
