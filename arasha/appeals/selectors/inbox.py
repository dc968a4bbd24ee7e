import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from arasha.access.selectors import visible
from arasha.actors import USER, Actor
from arasha.appeals.clocks import answer_codes
from arasha.appeals.models import WAITING, Appeal, Extension, ExternalNumber
from arasha.appeals.words import dangers
from arasha.country import local_day
from arasha.engines.notes import grouped
from arasha.problems import NotFoundProblem
from arasha.references import fold_number

OPEN = "open"  # not a state: all that still waits for an answer
# The latest first; where no term is known, what has waited longest.
LATENESS = (F("answer_by_day").asc(nulls_last=True), "received_day", "key")
NEWEST = ("-received_day", "key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What a reader of the list wants to see of it; empty: all."""

    late_on: dt.date | None = None  # whose day for an answer is before this day
    received_day: dt.date | None = None
    category: str = ""
    urgency: str = ""
    mine: bool = False  # what the viewer has taken in hand
    unopened: bool | None = None
    danger: bool | None = None  # only if an officer noted that somebody is in danger; only if not
    newest_first: bool = False


ALL = Narrowed()


def appeals(
    *, viewer: Actor, text: str = "", state: str = "", narrowed: Narrowed = ALL
) -> QuerySet[Appeal]:
    """The appeals a viewer may see; what waits comes by its lateness unless asked otherwise, all else
    the newest first.

    `text` is a filing code or a number that another body gave, in any spacing and alphabet.
    """
    may = visible(viewer=viewer, kind="appeal", compartment="summary")
    found = Appeal.objects.filter(may).annotate(was_extended=_was_extended())
    found = found.select_related("recipient_set__institution")
    if folded := fold_number(text):
        found = found.filter(_found_by(folded))
    waits = _waits(state, narrowed)
    if waits and narrowed.danger and not narrowed.late_on:
        found = found.filter(waits=True)  # these are few, and the index of urgencies finds them
    elif waits:
        # IN, because for `waits=True` Django writes a bare column, which SQLite finds by no index.
        found = found.filter(waits__in=(True,))
    if state and state != OPEN:
        found = found.filter(state=state)
    found = found.filter(_narrowing(narrowed, viewer))
    return found.order_by(*(LATENESS if waits and not narrowed.newest_first else NEWEST))


def danger_first(
    *, viewer: Actor, text: str = "", state: str = "", narrowed: Narrowed = ALL
) -> tuple[QuerySet[Appeal], QuerySet[Appeal]]:
    """The same list in two: those of whom somebody is in danger, and behind them all others.

    Nobody comes first where the list is not of what waits, or is asked for by its days.
    """
    if narrowed.newest_first or not _waits(state, narrowed):
        found = appeals(viewer=viewer, text=text, state=state, narrowed=narrowed)
        return found.none(), found
    danger, others = (
        appeals(viewer=viewer, text=text, state=state, narrowed=replace(narrowed, danger=which))
        for which in (True, False)
    )
    return danger, others


def appeals_in_hand(*, viewer: Actor, narrowed: Narrowed = ALL) -> QuerySet[Appeal]:
    """The appeals that wait for the viewer's own answer, the latest first."""
    may = visible(viewer=viewer, kind="appeal", compartment="summary", action="rw")
    return appeals(viewer=viewer, state=OPEN, narrowed=narrowed).filter(may)


def find_appeal(*, viewer: Actor, key: uuid.UUID) -> Appeal:
    """One appeal. Raises NotFoundProblem, the same for unknown and forbidden."""
    found = (
        appeals(viewer=viewer)
        .select_related("place", "accused_body", "handler", "joined_to")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise NotFoundProblem
    return found


def codes(*, viewer: Actor, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The filing codes of those of these appeals that a viewer may see."""
    found = appeals(viewer=viewer).filter(pk__in=keys).order_by()
    return {key: grouped(code) for key, code in found.values_list("pk", "code")}


def may_open(*, viewer: Actor, appeal: Appeal, at: dt.datetime | None = None) -> bool:
    """Whether the ciphertext may go to this viewer's reader. The recipient set decides the rest."""
    may = visible(viewer=viewer, kind="appeal", compartment="sealed", at=at)
    return Appeal.objects.filter(may, pk=appeal.pk).exists()


def may_work(*, viewer: Actor, appeal: Appeal) -> bool:
    """Whether the viewer may record acts on an appeal."""
    may = visible(viewer=viewer, kind="appeal", compartment="summary", action="rw")
    return Appeal.objects.filter(may, pk=appeal.pk).exists()


def overdue(*, viewer: Actor, at: dt.datetime) -> QuerySet[Appeal]:
    return appeals(viewer=viewer, state=OPEN, narrowed=Narrowed(late_on=local_day(at)))


def _was_extended() -> Exists:
    """Whether the term of an appeal's answer was made longer."""
    return Exists(Extension.objects.filter(appeal=OuterRef("pk"), term__code__in=answer_codes()))


def _waits(state: str, narrowed: Narrowed) -> bool:
    return state in WAITING or state == OPEN or bool(narrowed.late_on)


def _found_by(folded: str) -> Q:
    numbered = ExternalNumber.objects.filter(folded=folded).values("appeal_id")
    return Q(code=folded) | Q(pk__in=numbered)


def _narrowing(narrowed: Narrowed, viewer: Actor) -> Q:
    wanted = Q()
    if narrowed.late_on:
        wanted &= Q(answer_by_day__lt=narrowed.late_on)
    if narrowed.received_day:
        wanted &= Q(received_day=narrowed.received_day)
    if narrowed.unopened is not None:
        wanted &= Q(opened_day__isnull=narrowed.unopened)
    if narrowed.danger is not None:
        noted = Q(urgency__in=dangers(), opened_day__isnull=False)
        wanted &= noted if narrowed.danger else ~noted
    of_opened = {
        "category": narrowed.category,
        "urgency": narrowed.urgency,
        "handler": viewer.key if narrowed.mine and viewer.kind == USER else "",
    }
    for column, value in of_opened.items():
        if value:
            # Nobody records these before opening; said here, so that the small index serves.
            wanted &= Q(**{column: value}, opened_day__isnull=False)
    return wanted
