"""Test appeals: begun by a monitor, filed like any other, told apart only by whoever can open them.

The server never asks which appeal a slip belongs to: a monitor who could enter any code would learn of
it. It looks up the code where everybody can, in the public log, and the officer who opened the text
enters the number that stands in it.
"""

import datetime as dt
import secrets
import uuid

from django.conf import settings
from django.db import transaction

from arasha.access.posts import opens
from arasha.actors import Actor
from arasha.channel.models import Canary
from arasha.channel.upkeep.errors import (
    CanaryArrivedError,
    NoSuchCanaryError,
    NotYourTerminalsError,
    SlipTakenError,
)
from arasha.channel.upkeep.numbers import check_digits
from arasha.channel.upkeep.selectors.canaries import opens_appeals, to_find_in_the_log
from arasha.country import country, local_day
from arasha.journal import services as journal
from arasha.journal.folder import LogFolder
from arasha.journal.proofs import Receipts
from arasha.places.models import Device

KIND = "canary"


@transaction.atomic
def begin_canary(*, device: Device, by: Actor, at: dt.datetime) -> Canary:
    """Draw the number that the monitor writes into the test appeal. Raises NotYourTerminalsError."""
    _require_monitor(by=by, at=at)
    payload = f"{secrets.randbelow(10**8):08d}"
    day = local_day(at)
    canary = Canary.objects.create(
        device=device,
        number=payload + check_digits(payload),
        by_key=uuid.UUID(by.key),
        begun_day=day,
        answer_by_day=day + dt.timedelta(days=country().upkeep.canary_days),
    )
    _record("canary.begun", canary, by=by, at=at)
    return canary


@transaction.atomic
def enter_slip(
    *, canary: Canary, code: str, promised_day: dt.date, by: Actor, at: dt.datetime
) -> Canary:
    """Enter the slip that the test ended in: its code (24 digits), and by when it is in the log.

    The same slip again changes nothing. Raises NotYourTerminalsError, SlipTakenError.
    """
    _require_monitor(by=by, at=at)
    locked = Canary.objects.select_for_update(of=("self",)).get(pk=canary.pk)
    if locked.code == code:
        return locked
    if locked.code:
        raise SlipTakenError
    locked.code = code
    locked.promised_day = promised_day
    locked.save(update_fields=["code", "promised_day"])
    _record("canary.slip_entered", locked, by=by, at=at)
    return locked


@transaction.atomic
def enter_arrival(*, number: str, code: str, by: Actor, at: dt.datetime) -> Canary:
    """An officer found the number of a test in an appeal with this code (24 digits).

    Raises NotYourTerminalsError, NoSuchCanaryError, CanaryArrivedError.
    """
    if not opens_appeals(viewer=by, at=at):
        raise NotYourTerminalsError
    canary = Canary.objects.select_for_update(of=("self",)).filter(number=number).first()
    if canary is None:
        raise NoSuchCanaryError
    if canary.arrived_code == code:
        return canary
    if canary.arrived_code:
        raise CanaryArrivedError
    canary.arrived_day = local_day(at)
    canary.arrived_code = code
    canary.arrived_by_key = uuid.UUID(by.key)
    canary.save(update_fields=["arrived_day", "arrived_code", "arrived_by_key"])
    _record("canary.arrived", canary, by=by, at=at)
    return canary


def look_into_the_log(*, by: Actor, at: dt.datetime) -> int:
    """Note which slips are proved by the public log now. Returns how many were found."""
    receipts = Receipts(LogFolder(settings.ARASHA_LOG_DIR))
    waiting = to_find_in_the_log(viewer=by)
    found = [each for each in waiting if receipts.proof_of_code(each.code) is not None]
    day = local_day(at)
    for canary in found:
        canary.logged_day = day
        canary.save(update_fields=["logged_day"])
    return len(found)


def _require_monitor(*, by: Actor, at: dt.datetime) -> None:
    if not opens(viewer=by, what="canary", at=at):
        raise NotYourTerminalsError


def _record(act: str, canary: Canary, *, by: Actor, at: dt.datetime) -> None:
    journal.record(act=act, subject_kind=KIND, subject_key=canary.key, by=by, at=at)
