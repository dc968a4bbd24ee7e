"""Writes of access: grants, bars, and breaking the glass."""

from arasha.access.services.bars import bar, keep_away, let_back, lift_bar
from arasha.access.services.breakglass import break_glass, review
from arasha.access.services.grants import (
    Granted,
    grant,
    grant_by_rule,
    grant_many,
    withdraw,
    withdraw_all,
    withdraw_from,
)

__all__ = [
    "Granted",
    "bar",
    "break_glass",
    "grant",
    "grant_by_rule",
    "grant_many",
    "keep_away",
    "let_back",
    "lift_bar",
    "review",
    "withdraw",
    "withdraw_all",
    "withdraw_from",
]
