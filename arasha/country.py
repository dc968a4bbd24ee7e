"""The country this server works for: its pack, and its calendar day."""

import datetime as dt
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language

from arasha import packs
from arasha.packs.model import Pack


def country() -> Pack:
    """The pack in force. Read and validated once in a process."""
    return _load(settings.ARASHA_PACK)


def local_day(moment: dt.datetime) -> dt.date:
    """The calendar day in the country, not in UTC."""
    return moment.astimezone(country().timezone).date()


def midnight(day: dt.date) -> dt.datetime:
    """The instant with which a day begins in the country."""
    return dt.datetime.combine(day, dt.time(), tzinfo=country().timezone)


def term(vocabulary: str, code: str) -> str:
    """The pack's word for a code, in the reader's language."""
    return country().term(vocabulary, code).in_(get_language() or "en")


def choices(vocabulary: str) -> list[tuple[str, str]]:
    """The terms of a vocabulary for a form, in the reader's language."""
    language = get_language() or "en"
    terms = country().vocabularies[vocabulary].terms.values()
    return [(term.code, term.name.in_(language)) for term in terms]


@lru_cache(maxsize=4)
def _load(where: str) -> Pack:
    return packs.load(where)
