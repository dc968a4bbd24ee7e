"""Partial dates: read as people write them or as EDTF (ISO 8601-2), kept as days, written in words."""

from arasha.engines.dates.errors import DateError, Fault
from arasha.engines.dates.partial import UNKNOWN, Partial, Precision, edtf
from arasha.engines.dates.reading import read
from arasha.engines.dates.words import Language, written

__all__ = [
    "UNKNOWN",
    "DateError",
    "Fault",
    "Language",
    "Partial",
    "Precision",
    "edtf",
    "read",
    "written",
]
