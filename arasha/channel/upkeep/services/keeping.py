"""What registrars do: look into alarms, announce works, confirm new images. And what terminals say."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from arasha.actors import Actor
from arasha.channel import services
from arasha.channel.models import Alarm, Chain, ChainOffer, Health, Incident, Works
from arasha.channel.upkeep.errors import (
    AlarmSettledError,
    ImpossibleWorksError,
    WorksAfterwardsError,
)
from arasha.channel.upkeep.services.incidents import close_incident
from arasha.channel.upkeep.words import ALARM_KINDS
from arasha.country import local_day
from arasha.journal import services as journal
from arasha.people.duties import require_registrar
from arasha.places.models import Device, Place


@transaction.atomic
def settle_alarm(*, alarm: Alarm, finding: str, by: Actor, at: dt.datetime) -> None:
    """Say what looking into an alarm showed; with the last one of its kind the incident ends.

    Raises NotRegistrarError, AlarmSettledError.
    """
    require_registrar(by=by, at=at)
    locked = Alarm.objects.select_for_update(of=("self",)).get(pk=alarm.pk)
    if locked.settled_at is not None:
        raise AlarmSettledError
    services.settle_alarm(alarm=locked, by=by, at=at)
    kind = ALARM_KINDS.get(locked.kind, locked.kind)
    kinds = [each for each, opened in ALARM_KINDS.items() if opened == kind]
    if Alarm.objects.filter(device=locked.device, kind__in=kinds, settled_at=None).exists():
        return
    for incident in Incident.objects.filter(device=locked.device, kind=kind, closed_day=None):
        close_incident(incident=incident, how="settled", by=by, at=at, reason_code=finding)


@transaction.atomic
def announce_image(*, device: Device, by: Actor, at: dt.datetime) -> ChainOffer:
    """First hand: the terminal is being imaged anew. Raises NotRegistrarError, RevokedTerminalError."""
    require_registrar(by=by, at=at)
    return services.offer_chain(device=device, by=by, at=at)


@transaction.atomic
def confirm_image(*, offer: ChainOffer, by: Actor, at: dt.datetime) -> Chain:
    """Second hand. Raises NotRegistrarError, SameHandsError, ChainOfferClosedError."""
    require_registrar(by=by, at=at)
    return services.open_chain(offer=offer, by=by, at=at)


@transaction.atomic
def announce_works(
    *, place: Place, from_day: dt.date, until_day: dt.date, by: Actor, at: dt.datetime
) -> Works:
    """Announce works before they begin. The same days again are announced once.

    Raises NotRegistrarError, ImpossibleWorksError, WorksAfterwardsError.
    """
    require_registrar(by=by, at=at)
    if until_day < from_day:
        raise ImpossibleWorksError
    if from_day < local_day(at):
        raise WorksAfterwardsError(day=from_day.isoformat())
    works, made = Works.objects.get_or_create(place=place, from_day=from_day, until_day=until_day)
    if made:
        journal.record(
            act="terminal.works_announced",
            subject_kind="place",
            subject_key=place.pk,
            by=by,
            at=at,
        )
    return works


def keep_health(*, device: Device, said: Mapping[str, Any], by: Actor, at: dt.datetime) -> None:
    """Keep what a terminal said of itself last. No journal entry: it says it in every bundle."""
    Health.objects.update_or_create(
        device=device, defaults={"on_day": local_day(at), "said": dict(said)}
    )
