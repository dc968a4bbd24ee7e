"""Outgoing numbers: a pattern of the country and a count give a number. The count itself is a row elsewhere."""

import re

from arasha.engines.documents.errors import NumberError

# {index} names the office and the register, {seq} counts from 1 in each year.
_PART = re.compile(r"\{(index|seq|year)(?::0(\d))?\}")
_WRITABLE = re.compile(r"[\w\-./№ ]+")
MOST_CHARS = 60


def pattern_fault(pattern: str) -> str | None:
    """What is wrong with a pattern, or None. It must hold {seq} and {year}: a number is given once."""
    names = [match.group(1) for match in _PART.finditer(pattern.replace("d}", "}"))]
    rest = _PART.sub("", pattern.replace("d}", "}"))
    if "{" in rest or "}" in rest or (rest and not _WRITABLE.fullmatch(rest)):
        return f"the pattern {pattern!r} may hold {{index}}, {{seq}}, {{seq:04d}}, {{year}} and - . / only"
    for needed in ("seq", "year"):
        if needed not in names:
            return f"the pattern {pattern!r} lacks {{{needed}}}: two letters would get one number"
    return None


def number(pattern: str, *, index: str, seq: int, year: int) -> str:
    """Return the number of the `seq`-th outgoing document of a year.

    >>> number("{index}-{seq:04d}-{year}", index="5-12", seq=7, year=2024)
    '5-12-0007-2024'

    Raises NumberError if the pattern or a part gives no number.
    """
    if fault := pattern_fault(pattern):
        raise NumberError(fault)
    if seq < 1 or not 1900 <= year <= 9999:
        raise NumberError(f"seq counts from 1 and year has four digits, got {seq} and {year}")
    if not _WRITABLE.fullmatch(index):
        raise NumberError(f"index {index!r} may hold letters, digits and - . / only")
    parts = {"index": index, "seq": str(seq), "year": str(year)}
    found = _PART.sub(
        lambda match: parts[match.group(1)].rjust(int(match.group(2) or 0), "0"),
        pattern.replace("d}", "}"),
    )
    if len(found) > MOST_CHARS:
        raise NumberError(f"{found!r} is longer than {MOST_CHARS} letters")
    return found
