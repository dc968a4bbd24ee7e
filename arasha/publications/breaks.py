"""Breaks in a series: days from which a provision's number means something else, told by the law pack."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from arasha.country import country, term
from arasha.engines.law.rules import Checked, Conduct, Version, weakest
from arasha.engines.law.rules import Offence as OffenceOf

Meaning = frozenset[Conduct]
Wording = Version[tuple[OffenceOf, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """What a number meant, and what it means from then on. Equal conducts: it names another part."""

    provision: str
    before: Meaning
    after: Meaning

    def __str__(self) -> str:
        words = {
            "provision": self.provision,
            "after": _named(self.after),
            "before": _named(self.before),
        }
        if self.before == self.after:
            return _("%(provision)s names another part of the article.") % words
        return _("%(provision)s means %(after)s; before that it meant %(before)s.") % words


@dataclass(frozen=True, slots=True)
class Break:
    """`checked`: how well the day was checked, as the pack says."""

    day: dt.date
    changes: tuple[Change, ...]
    checked: Checked

    @property
    def provisions(self) -> str:
        """The numbers that mean another conduct; where there are none, all that changed."""
        other = [each.provision for each in self.changes if each.before != each.after]
        return ", ".join(other or [each.provision for each in self.changes])

    @property
    def is_unverified(self) -> bool:
        return self.checked == "unverified"


def breaks(*, first: int, last: int) -> list[Break]:
    """The breaks in these years, oldest first. A number that is new, or gone, breaks nothing."""
    return [each for each in _all() if each.changes and first <= each.day.year <= last]


def _all() -> Iterator[Break]:
    for before, after in pairwise(country().law.offences.versions):
        then, now = _meanings(before), _meanings(after)
        changes = [
            Change(provision, frozenset(then[provision]), frozenset(now[provision]))
            for provision in sorted(then.keys() & now.keys())
            if then[provision] != now[provision]
        ]
        yield Break(after.counts_from, tuple(changes), weakest(after.strength))


def _meanings(wording: Wording) -> Mapping[str, Mapping[Conduct, frozenset[int]]]:
    """Number → which conducts it names, in which parts (today's numbering)."""
    found: dict[str, dict[Conduct, frozenset[int]]] = {}
    for offence in wording.value or ():
        parts = found.setdefault(offence.provision, {})
        parts[offence.conduct] = parts.get(offence.conduct, frozenset()) | {offence.part}
    return found


def _named(meaning: Meaning) -> str:
    return ", ".join(term("conducts", conduct).lower() for conduct in sorted(meaning))
