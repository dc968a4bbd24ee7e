"""A terminal that was imaged anew begins another chain: announced by one person, confirmed by a second."""

import datetime as dt

from django.db import transaction

from arasha.actors import Actor
from arasha.channel.errors.chains import (
    ChainOfferClosedError,
    RevokedTerminalError,
    SameHandsError,
)
from arasha.channel.models import Alarm, Chain, ChainOffer
from arasha.channel.services.hearing import FIRST, first_chain
from arasha.engines.channel.window import Window
from arasha.journal import services as journal
from arasha.places.models import Device


@transaction.atomic
def offer_chain(*, device: Device, by: Actor, at: dt.datetime) -> ChainOffer:
    """First hand: announce that a terminal was imaged anew. Raises RevokedTerminalError."""
    if device.revoked_at is not None:
        raise RevokedTerminalError
    offer = ChainOffer.objects.create(
        device=device,
        number=_newest(device) + 1,
        offered_at=at,
        offered_by_kind=by.kind,
        offered_by_key=by.key,
    )
    _record("chain.offered", device, by=by, at=at)
    return offer


@transaction.atomic
def open_chain(*, offer: ChainOffer, by: Actor, at: dt.datetime) -> Chain:
    """Second hand: confirm it. The chain before is closed; what is still under way of it is taken.

    Raises SameHandsError for whoever announced it, ChainOfferClosedError, RevokedTerminalError.
    """
    if (by.kind, by.key) == (offer.offered_by_kind, offer.offered_by_key):
        raise SameHandsError
    locked = ChainOffer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    if locked.opened_at is not None or locked.number != _newest(locked.device) + 1:
        raise ChainOfferClosedError
    if locked.device.revoked_at is not None:
        raise RevokedTerminalError
    locked.opened_at = at
    locked.save(update_fields=["opened_at"])
    first_chain(device=locked.device, at=at)
    Chain.objects.filter(device=locked.device, closed_at=None).update(closed_at=at)
    opened = Chain.objects.create(
        device=locked.device, number=locked.number, window=Window().to_content(), opened_at=at
    )
    _record("chain.opened", locked.device, by=by, at=at)
    return opened


@transaction.atomic
def settle_alarm(*, alarm: Alarm, by: Actor, at: dt.datetime) -> Alarm:
    """Somebody has looked into it. Settled again it stays settled."""
    locked = Alarm.objects.select_for_update(of=("self",)).get(pk=alarm.pk)
    if locked.settled_at is None:
        locked.settled_at = at
        locked.save(update_fields=["settled_at"])
        _record("chain.alarm_settled", locked.device, by=by, at=at)
    return locked


def _newest(device: Device) -> int:
    numbers = Chain.objects.filter(device=device).values_list("number", flat=True)
    return max(numbers, default=FIRST)


def _record(act: str, device: Device, *, by: Actor, at: dt.datetime) -> None:
    journal.record(act=act, subject_kind="device", subject_key=device.pk, by=by, at=at)
