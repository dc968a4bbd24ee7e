"""Test appeals of monitors: which step of the chain they have proved."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from arasha.access.posts import open_to
from arasha.actors import Actor
from arasha.channel.models import Canary
from arasha.channel.upkeep.selectors.faults import PROVED
from arasha.people.roles import OFFICER
from arasha.people.selectors import posts_held
from arasha.places.models import Device
from arasha.problems import NotFoundProblem

DONE, WAITING, FAILED = "done", "waiting", "failed"


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain. `by_day`: by when it is due; `on_day`: when it was proved."""

    name: str  # filed, logged, opened, same
    state: str
    on_day: dt.date | None = None
    by_day: dt.date | None = None


def canaries(*, viewer: Actor, at: dt.datetime) -> QuerySet[Canary]:
    """Tests with their numbers and codes: for monitors only."""
    mine = open_to(viewer=viewer, what="canary", at=at, field="device__place")
    return Canary.objects.filter(mine).select_related("device__place").order_by("-begun_day", "key")


def find_canary(*, viewer: Actor, key: uuid.UUID, at: dt.datetime) -> Canary:
    """Raises NotFoundProblem."""
    found = canaries(viewer=viewer, at=at).filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def last_result(*, viewer: Actor, device: Device, at: dt.datetime) -> Canary | None:
    """The newest test whose slip was entered: its days may be shown, its number and code may not."""
    mine = open_to(viewer=viewer, what="canary_result", at=at, field="device__place")
    rows = Canary.objects.filter(mine, device=device).exclude(code="")
    return rows.order_by("-begun_day", "key").first()


def to_find_in_the_log(*, viewer: Actor) -> QuerySet[Canary]:
    """Tests whose code is known and was not yet seen in the log."""
    return Canary.objects.filter(logged_day=None).exclude(code="").order_by("begun_day")


def without_slip(*, viewer: Actor, at: dt.datetime) -> QuerySet[Canary]:
    """The viewer's own tests whose slip is still to be entered."""
    return canaries(viewer=viewer, at=at).filter(code="", by_key=viewer.key)


def is_proved(*, viewer: Actor, canary: Canary) -> bool:
    return Canary.objects.filter(PROVED, pk=canary.pk).exists()


def steps(*, viewer: Actor, canary: Canary, day: dt.date) -> list[Step]:
    """The whole chain, link by link."""
    same = WAITING
    if canary.code and canary.arrived_day:
        same = DONE if canary.code == canary.arrived_code else FAILED
    return [
        Step("filed", DONE if canary.code else WAITING, canary.begun_day if canary.code else None),
        _dated("logged", canary.logged_day, canary.promised_day, day),
        _dated("opened", canary.arrived_day, canary.answer_by_day, day),
        Step("same", same),
    ]


def opens_appeals(*, viewer: Actor, at: dt.datetime) -> bool:
    """Whether the viewer is an officer, who may find a number in what they opened."""
    return posts_held(viewer=viewer, at=at).filter(role=OFFICER).exists()


def _dated(name: str, on_day: dt.date | None, by_day: dt.date | None, today: dt.date) -> Step:
    if on_day is not None:
        return Step(name, DONE, on_day, by_day)
    late = by_day is not None and by_day < today
    return Step(name, FAILED if late else WAITING, None, by_day)
