import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.appeals.models import Appeal, Opening, RecipientSet, SigningBody
from arasha.country import country, local_day
from arasha.packs import may_receive
from arasha.people.selectors import commanders_of, commands_place
from arasha.places.models import Place
from arasha.problems import NotFoundProblem
from arasha.references import fold_number

OPEN = "open"  # not a state: all that still waits for an answer


def appeals(*, viewer: Actor, text: str = "", state: str = "") -> QuerySet[Appeal]:
    """The appeals a viewer may see; `state` OPEN: those that wait, most urgent first, else newest first."""
    found = Appeal.objects.filter(
        visible(viewer=viewer, kind="appeal", compartment="summary")
    ).select_related("recipient_set__institution")
    if folded := fold_number(text):
        found = found.filter(code=folded)
    if state == OPEN:
        # A body has one term for all appeals: the oldest is the most urgent.
        # IN, because for `waits=True` Django writes a bare column, which SQLite finds by no index.
        return found.filter(waits__in=(True,)).order_by("received_day", "key")
    if state:
        found = found.filter(state=state)
    return found.order_by("-received_day", "key")


def appeals_in_hand(*, viewer: Actor) -> QuerySet[Appeal]:
    """The appeals that wait for the viewer's own answer, the oldest first."""
    may = visible(viewer=viewer, kind="appeal", compartment="summary", action="rw")
    return appeals(viewer=viewer, state=OPEN).filter(may)


def find_appeal(*, viewer: Actor, key: uuid.UUID) -> Appeal:
    """One appeal. Raises NotFoundProblem, the same for unknown and forbidden."""
    found = appeals(viewer=viewer).filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def may_open(*, viewer: Actor, appeal: Appeal, at: dt.datetime | None = None) -> bool:
    """Whether the ciphertext may go to this viewer's reader. The recipient set decides the rest."""
    may = visible(viewer=viewer, kind="appeal", compartment="sealed", at=at)
    return Appeal.objects.filter(may, pk=appeal.pk).exists()


def overdue(*, viewer: Actor, at: dt.datetime) -> QuerySet[Appeal]:
    return appeals(viewer=viewer, state=OPEN).filter(answer_by_day__lt=local_day(at))


@dataclass(frozen=True, slots=True)
class Addressed:
    """The set that a filing names. `commands`: its body commands the place. `is_stale`: expired or replaced."""

    recipient_set: RecipientSet
    commands: bool
    is_stale: bool


def addressed(*, viewer: Actor, code: str, place: Place, day: dt.date) -> Addressed | None:
    """What filing must know of a recipient set: an old list never stops it, and is marked."""
    # Three plain questions: to put them into one costs more than to ask them.
    try:
        found = RecipientSet.objects.select_related("institution").get(pk=code)
    except RecipientSet.DoesNotExist:
        return None
    newer = RecipientSet.objects.filter(institution=found.institution_id, version__gt=found.version)
    commands = commands_place(
        viewer=viewer, institution_key=found.institution_id, place_key=place.key, day=day
    )
    is_expired = not found.from_day <= day <= found.until_day
    return Addressed(found, commands, is_expired or newer.exists())


def kinds_open_to(*, viewer: Actor, place: Place, day: dt.date) -> set[str]:
    """The kinds of institutions that people in this place may write to, by the country's rules."""
    authority = place.authority or None
    return {
        body.institution_kind
        for body in country().bodies.values()
        if may_receive(body=body, day=day, place_authority=authority).allowed
    }


def sets_for(*, viewer: Actor, place: Place, day: dt.date) -> list[RecipientSet]:
    """The newest recipient set of every body that people in this place may write to."""
    allowed = kinds_open_to(viewer=viewer, place=place, day=day)
    commanding = commanders_of(viewer=viewer, place_key=place.key, day=day)
    found = (
        RecipientSet.objects.filter(institution__kind__in=allowed)
        .exclude(institution__in=commanding)
        .select_related("institution")
        .order_by("institution__code", "-version")
    )
    newest: dict[uuid.UUID, RecipientSet] = {}
    for each in found:
        newest.setdefault(each.institution_id, each)
    return list(newest.values())


def signing_bodies(*, viewer: Actor, sets: list[RecipientSet]) -> QuerySet[SigningBody]:
    return SigningBody.objects.filter(
        institution__in=[each.institution_id for each in sets]
    ).select_related("institution")


def officer_of_opening(*, token_hash: str, at: dt.datetime, viewer: Actor) -> Actor | None:
    """For whom a live one-time token was made."""
    opening = Opening.objects.filter(
        token_hash=token_hash, used_at__isnull=True, expires_at__gt=at
    ).first()
    return Actor.user(opening.user_key) if opening else None
