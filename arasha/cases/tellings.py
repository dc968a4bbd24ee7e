"""What a case tells of who, where and when; and which other cases tell much the same."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from django.db.models import Q

from arasha.access.names import Parts, with_parts
from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.cases.models import Allegation, Case, Event, Identity
from arasha.cases.telling_apart import LETTERS, VICTIM
from arasha.engines.names import Kind, Match, Reason, Telling, same_event
from arasha.engines.names.similarity import is_initial

SUGGESTED, LINKED, NOT_THE_SAME = "suggested", "linked", "not_the_same"
ANSWERS = (LINKED, NOT_THE_SAME)
MOST_COMPARED = 200  # cases, of each way to look for them
NEAR_PLACE = dt.timedelta(days=3)  # for cases that have the place in common
SAID = {Kind.NAME_UNKNOWN, Kind.PLACE_UNKNOWN, Kind.DAYS_UNKNOWN}  # nothing: no reason at all


@dataclass(frozen=True, slots=True)
class Alike:
    """Another case, how much speaks for one event, and why; of people only their codes."""

    other: uuid.UUID
    score: float
    reasons: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """The tellings of one case, and whose code stands behind which folded name."""

    tellings: list[Telling]
    codes: dict[str, str]


def told_like(case: Case, *, viewer: Actor) -> list[Alike]:
    """The cases for which enough speaks that a person should look, likest first."""
    own = _told([case.pk], viewer=viewer).get(case.pk)
    if own is None:
        return []
    others = _candidates(case, own, viewer=viewer)
    found = (_best(own, told, key) for key, told in _told(others, viewer=viewer).items())
    return sorted((each for each in found if each), key=lambda alike: (-alike.score, alike.other))


def _best(own: Told, told: Told, key: uuid.UUID) -> Alike | None:
    match = max(
        (same_event(a, b) for a, b in product(own.tellings, told.tellings)),
        key=lambda match: match.score,
    )
    return _alike(key, match, own, told) if match.is_suggested else None


def _alike(key: uuid.UUID, match: Match, own: Told, told: Told) -> Alike:
    reasons = [_said(each, own, told) for each in match.reasons if each.kind not in SAID]
    return Alike(key, match.score, reasons)


def _said(reason: Reason, own: Told, told: Told) -> dict[str, str]:
    if reason.names is None:
        return {"kind": str(reason.kind)}
    here, there = reason.names
    return {"kind": str(reason.kind), "here": own.codes[here], "there": told.codes[there]}


def _told(keys: Collection[uuid.UUID], *, viewer: Actor) -> dict[uuid.UUID, Told]:
    """By case: victims and all others that have a name, at each place and time that is told."""
    may = visible(viewer=viewer, kind="case", compartment="identity", field="case_id")
    named = Identity.objects.filter(may, case__in=keys).exclude(folded="")
    codes: dict[uuid.UUID, dict[str, str]] = defaultdict(dict)
    for case, folded, code in named.order_by("person__code").values_list(
        "case_id", "folded", "person__code"
    ):
        codes[case].setdefault(folded, code)
    tellings: dict[uuid.UUID, list[Telling]] = defaultdict(list)
    for case, place, region, first, last in _happened(keys, viewer=viewer):
        where = [str(each) if each else None for each in (place, region)]
        tellings[case].append(Telling(_people(codes[case]), where[0], where[1], first, last))
    return {case: Told(each, codes[case]) for case, each in tellings.items()}


def _people(codes: dict[str, str]) -> tuple[str, ...]:
    """Whom it was done to tells two events apart; where no victim has a name, everybody else may."""
    victims = tuple(name for name, code in codes.items() if code.startswith(LETTERS[VICTIM]))
    return victims or tuple(codes)


def _happened(keys: Collection[uuid.UUID], *, viewer: Actor) -> Iterable[tuple[Any, ...]]:
    """Case, place, region, first and last day of all that is told of these cases, each once."""
    may = visible(viewer=viewer, kind="case", compartment="allegation", field="case_id")
    events = Event.objects.filter(may, case__in=keys)
    said = Allegation.objects.filter(may, case__in=keys)
    where = ("case_id", "place_id", "place__region_id")
    return dict.fromkeys(
        [
            *events.values_list(*where, "first_day", "last_day"),
            *said.values_list(*where, "happened_from", "happened_to"),
        ]
    )


def _candidates(case: Case, own: Told, *, viewer: Actor) -> set[uuid.UUID]:
    near = {key for told in own.tellings for key in _at_the_place(told, viewer=viewer)}
    named = {key for name in own.codes for key in _with_the_name(name, viewer=viewer)}
    return (near | named) - {case.pk}


def _at_the_place(told: Telling, *, viewer: Actor) -> Iterator[uuid.UUID]:
    if told.place is None or told.first is None:
        return
    first, last = told.first - NEAR_PLACE, (told.last or told.first) + NEAR_PLACE
    may = visible(viewer=viewer, kind="case", compartment="allegation", field="case_id")
    events = Event.objects.filter(may, place_id=told.place, first_day__lte=last)
    yield from events.filter(Q(last_day__gte=first) | Q(last_day=None)).values_list(
        "case_id", flat=True
    )[:MOST_COMPARED]
    said = Allegation.objects.filter(may, place_id=told.place, happened_from__lte=last)
    yield from said.filter(
        Q(happened_to__gte=first) | Q(happened_to=None), case__isnull=False
    ).values_list("case_id", flat=True)[:MOST_COMPARED]


def _with_the_name(folded: str, *, viewer: Actor) -> Iterator[uuid.UUID]:
    two = _two_words_of(folded.split())
    if not two:
        return
    may = visible(viewer=viewer, kind="case", compartment="identity", field="case_id")
    found = Identity.objects.filter(may, with_parts([two], viewer=viewer))
    yield from found.values_list("case_id", flat=True)[:MOST_COMPARED]


def _two_words_of(words: list[str]) -> list[Parts]:
    """Two full words in common: whichever of three, the longest of more."""
    full = [f" {word} " for word in words if not is_initial(word)]
    among = full if len(full) == 3 else sorted(full, key=len)[-2:]
    return list(combinations(among, 2))
