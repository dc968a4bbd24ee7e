"""What a monitor saw at a terminal during a visit."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction

from arasha.access.posts import opens
from arasha.actors import Actor
from arasha.channel.models import Check, Incident
from arasha.channel.upkeep.errors import (
    CheckInFutureError,
    HalfAPositionError,
    NotYourTerminalsError,
    UnknownAnswerError,
)
from arasha.channel.upkeep.services.incidents import look_again, open_incident
from arasha.channel.upkeep.words import ANSWERS, OBSTRUCTED
from arasha.country import country, local_day
from arasha.journal import services as journal
from arasha.places.models import Device

VOCABULARY = "terminal_checks"
Position = tuple[float | None, float | None]


@transaction.atomic
def enter_check(
    *,
    device: Device,
    day: dt.date,
    answers: Mapping[str, str],
    camera_m: Position,
    by: Actor,
    at: dt.datetime,
) -> Check:
    """Keep a check; sent twice on a day it is corrected. "No" to what hinders opens an incident, a later
    check without such a "no" closes it.

    `camera_m`: where a camera hangs, metres east and north on the plan of the place. Raises
    NotYourTerminalsError, CheckInFutureError, HalfAPositionError, UnknownAnswerError.
    """
    if not opens(viewer=by, what="canary", at=at):
        raise NotYourTerminalsError
    _refuse_nonsense(day=day, answers=answers, camera_m=camera_m, at=at)
    x_m, y_m = camera_m
    check, _ = Check.objects.update_or_create(
        device=device,
        day=day,
        by_key=uuid.UUID(by.key),
        defaults={"answers": dict(answers), "camera_x_m": x_m, "camera_y_m": y_m},
    )
    journal.record(
        act="terminal.checked", subject_kind="device", subject_key=device.pk, by=by, at=at
    )
    newest = Check.objects.filter(device=device).order_by("-day").first()
    if newest is not None and newest.day == day:
        _follow(check, by=by, at=at)
    return check


def _refuse_nonsense(
    *, day: dt.date, answers: Mapping[str, str], camera_m: Position, at: dt.datetime
) -> None:
    if day > local_day(at):
        raise CheckInFutureError
    if (camera_m[0] is None) != (camera_m[1] is None):
        raise HalfAPositionError
    if answers.keys() != country().vocabularies[VOCABULARY].terms.keys():
        raise UnknownAnswerError
    if not set(answers.values()) <= ANSWERS.keys():
        raise UnknownAnswerError


def _follow(check: Check, *, by: Actor, at: dt.datetime) -> None:
    hinders = _answered(check, "no") & country().vocabularies[VOCABULARY].meaning("hinders")
    if hinders:
        open_incident(device=check.device, kind=OBSTRUCTED, since_day=check.day, by=by, at=at)
    mended = _answered(check, "yes")
    for incident in Incident.objects.filter(device=check.device, kind=OBSTRUCTED, closed_day=None):
        look_again(incident=incident, hinders=hinders, mended=mended, by=by, at=at)


def _answered(check: Check, answer: str) -> set[str]:
    return {code for code, said in check.answers.items() if said == answer}
