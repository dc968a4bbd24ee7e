"""Days on which something is said to have happened, as a reader of another language reads them."""

import datetime as dt
from typing import Protocol, cast, get_args

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.engines.dates import DateError, Language, Partial, read, written


class Told(Protocol):
    """What was told of a day: an allegation, or the card of a referral."""

    happened_from: dt.date | None
    happened_to: dt.date | None
    happened_words: str


def when(told: Told) -> str:
    """The days in the reader's language: "March 2021", "март 2021 г."."""
    days = (told.happened_from, told.happened_to)
    if days == (None, None):
        return told.happened_words or _("The day is not known")
    language = get_language() or "en"
    if language not in get_args(Language):
        return " – ".join(_day(day) for day in dict.fromkeys(days) if day)
    known = _read(told.happened_words)
    if known is None or (known.first, known.last) != days:
        # Not as it was told, but as it was kept: an interval to the day.
        known = Partial(*days, "day")
    return written(known, cast(Language, language))


def born(words: str) -> str:
    """A birth as it was written, in the reader's language: "1993-09" is "September 1993"."""
    known, language = _read(words), get_language() or "en"
    return (
        written(known, cast(Language, language))
        if known and language in get_args(Language)
        else words
    )


def _day(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")


def _read(words: str) -> Partial | None:
    try:
        return read(words)
    except DateError:
        return None
