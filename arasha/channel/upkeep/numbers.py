"""Numbers of test appeals: ten digits that a person copies, two of them to tell a mistake."""

import re

_NUMBER = re.compile(r"[TТ]?[\s-]*((?:\d[\s-]*){10})", re.IGNORECASE)


def number_in(text: str) -> str:
    """The number of a test in what was typed, in any spacing; empty if there is none.

    Told by its check digits alone: no table is asked whether there is such a test.
    """
    found = _NUMBER.fullmatch(text.strip())
    number = re.sub(r"\D", "", found[1]) if found else ""
    return number if number and number[8:] == check_digits(number[:8]) else ""


def check_digits(payload: str) -> str:
    """Two check digits for eight (ISO 7064, MOD 97-10)."""
    return f"{98 - int(payload) * 100 % 97:02d}"
