"""Whether two tellings may speak of one event: a suggestion with its reasons, never a merge."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from arasha.engines.names.folding import keys
from arasha.engines.names.similarity import alike, is_initial

# The score from which a pair is shown to a person. On an invented register: recall .52, precision 1.00; from
# 0.5 they were .63 and .95, from 0.4 .72 and .73 (docs/reference/names.md).
SUGGEST_FROM = 0.55
ALIKE = 0.9  # similarity from which two names are taken for one
SOMEWHAT_ALIKE = 0.8
NEAR = dt.timedelta(days=3)  # by how much people mistake a day
# The wider the longer of two overlapping intervals, the less the overlap says.
OVERLAPS = ((3, 0.3), (31, 0.2), (366, 0.1))


class Kind(StrEnum):
    """Why a pair is suggested, or why not: what a page puts into words."""

    NAMES_ALIKE = "names_alike"
    NAMES_SOMEWHAT_ALIKE = "names_somewhat_alike"
    ONE_WORD_ALIKE = "one_word_alike"  # one word, or a word and initials: many people share that
    NAMES_DIFFER = "names_differ"
    NAME_UNKNOWN = "name_unknown"
    SAME_PLACE = "same_place"
    SAME_REGION = "same_region"
    OTHER_PLACE = "other_place"
    OTHER_REGION = "other_region"
    PLACE_UNKNOWN = "place_unknown"
    DAYS_OVERLAP = "days_overlap"
    DAYS_NEAR = "days_near"
    DAYS_APART = "days_apart"
    DAYS_UNKNOWN = "days_unknown"


WEIGHTS = {
    Kind.NAMES_ALIKE: 0.5,
    Kind.NAMES_SOMEWHAT_ALIKE: 0.3,
    Kind.ONE_WORD_ALIKE: 0.2,
    Kind.NAMES_DIFFER: -0.6,
    Kind.SAME_PLACE: 0.3,
    Kind.SAME_REGION: 0.1,
    Kind.OTHER_PLACE: -0.15,
    Kind.OTHER_REGION: -0.4,
    Kind.DAYS_NEAR: 0.1,
    Kind.DAYS_APART: -0.4,
}


@dataclass(frozen=True, slots=True)
class Telling:
    """What one telling says of who, where and when.

    `people` are names, folded or as written; a person without a name is left out. `place` and `region` are
    keys, or None. The event lies between `first` and `last`, both included: "March 2021" is 1 to 31 March;
    None is open.
    """

    people: tuple[str, ...] = ()
    place: str | None = None
    region: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, what it adds to the score (or takes), and the two names it speaks of."""

    kind: Kind
    weight: float
    names: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """How much speaks for one event, 0 to 1; why; whether that is enough to ask a person."""

    score: float
    reasons: tuple[Reason, Reason, Reason]
    is_suggested: bool


def same_event(one: Telling, other: Telling, *, suggest_from: float = SUGGEST_FROM) -> Match:
    """Weigh names, place and days of two tellings. Symmetric; decides nothing.

    Names alone never suffice: it takes the place or the days beside them. Tellings without a name need place
    and days. One name at another place and another time speaks against itself.
    """
    reasons = (_names(one, other), _place(one, other), _days(one, other))
    score = round(min(max(sum(reason.weight for reason in reasons), 0.0), 1.0), 6)
    return Match(score, reasons, is_suggested=score >= suggest_from)


def _names(one: Telling, other: Telling) -> Reason:
    pairs = list(_pairs(one, other))
    if not pairs:
        return _reason(Kind.NAME_UNKNOWN)
    likeness, words, a, b = max(pairs)
    if likeness < SOMEWHAT_ALIKE:
        kind = Kind.NAMES_DIFFER
    elif words < 2:
        kind = Kind.ONE_WORD_ALIKE
    else:
        kind = Kind.NAMES_ALIKE if likeness >= ALIKE else Kind.NAMES_SOMEWHAT_ALIKE
    return _reason(kind, (a, b))


def _pairs(one: Telling, other: Telling) -> Iterator[tuple[float, int, str, str]]:
    """How alike, how many full words the shorter has, and the two names."""
    ours, theirs = ([(name, keys(name)) for name in told.people] for told in (one, other))
    for (a, words), (b, others) in product(ours, theirs):
        if words and others:
            yield alike(words, others), min(_full(words), _full(others)), a, b


def _full(words: tuple[str, ...]) -> int:
    return sum(not is_initial(word) for word in words)


def _place(one: Telling, other: Telling) -> Reason:
    if one.place is not None and one.place == other.place:
        return _reason(Kind.SAME_PLACE)
    if one.region is not None and other.region is not None and one.region != other.region:
        return _reason(Kind.OTHER_REGION)
    if one.place is not None and other.place is not None:
        return _reason(Kind.OTHER_PLACE)
    return _reason(Kind.SAME_REGION if one.region and other.region else Kind.PLACE_UNKNOWN)


def _days(one: Telling, other: Telling) -> Reason:
    if _gap(one, other) > NEAR:
        return _reason(Kind.DAYS_APART)
    if _gap(one, other) > dt.timedelta(0):
        return _reason(Kind.DAYS_NEAR)
    days = max(_length(one), _length(other))
    weight = next((weight for most, weight in OVERLAPS if days <= most), 0.0)
    return Reason(Kind.DAYS_OVERLAP, weight) if weight else _reason(Kind.DAYS_UNKNOWN)


def _gap(one: Telling, other: Telling) -> dt.timedelta:
    """From the end of the earlier to the beginning of the later; zero or less if they overlap."""
    begins = max(one.first or dt.date.min, other.first or dt.date.min)
    ends = min(one.last or dt.date.max, other.last or dt.date.max)
    return begins - ends


def _length(telling: Telling) -> int:
    return ((telling.last or dt.date.max) - (telling.first or dt.date.min)).days + 1


def _reason(kind: Kind, names: tuple[str, str] | None = None) -> Reason:
    return Reason(kind, WEIGHTS.get(kind, 0.0), names)
