"""Incidents of terminals: opened by what is seen, told to those who can mend it, closed when it is over."""

import datetime as dt
import uuid
from collections.abc import Set

from django.db import transaction

from arasha.actors import Actor
from arasha.channel.models import Incident
from arasha.country import country, local_day
from arasha.journal import services as journal
from arasha.notices import services as notices
from arasha.people.roles import REGISTRAR
from arasha.people.selectors import heads_of, people_in, staffed
from arasha.places.models import Device, Place

KIND = "incident"
BELL = "incident.opened"


@transaction.atomic
def open_incident(
    *,
    device: Device,
    kind: str,
    since_day: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Incident | None:
    """Open an incident and ring for the head of the place and the registrars; None if one is open.

    It says what was seen and since when, never who did it.
    """
    day = local_day(at)
    incident, made = Incident.objects.get_or_create(
        device=device,
        kind=kind,
        closed_day=None,
        defaults={
            "place": device.place,
            "since_day": since_day,
            "opened_day": day,
            "mend_by_day": day + dt.timedelta(days=country().upkeep.mend_days),
        },
    )
    if not made:
        return None
    _record("incident.opened", incident, kind, by=by, at=at)
    notices.notify(
        user_keys=_who_mends(device.place, day=day, by=by),
        kind=BELL,
        subject_kind=KIND,
        subject_key=incident.key,
        by=by,
        at=at,
    )
    return incident


@transaction.atomic
def look_again(
    *, incident: Incident, hinders: Set[str], mended: Set[str], by: Actor, at: dt.datetime
) -> Incident:
    """Somebody looked: what hinders now, and what was seen to be in order. It closes if nothing is left.

    What nobody could see stays as it was. What came and went stands in the journal, each by its code.
    """
    locked = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    before = set(locked.seen)
    if locked.closed_day is not None:
        return locked
    if not (now := (before - mended) | hinders):
        return close_incident(incident=locked, how="mended", by=by, at=at)
    for code in sorted(now - before):
        _record("incident.hindrance_seen", locked, code, by=by, at=at)
    for code in sorted(before - now):
        _record("incident.hindrance_mended", locked, code, by=by, at=at)
    locked.seen = sorted(now)
    locked.save(update_fields=["seen"])
    return locked


@transaction.atomic
def close_incident(
    *, incident: Incident, how: str, by: Actor, at: dt.datetime, reason_code: str = ""
) -> Incident:
    """It is over. Closed again it stays as it was closed."""
    locked = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if locked.closed_day is not None:
        return locked
    locked.closed_day = local_day(at)
    locked.closed_how = how
    locked.save(update_fields=["closed_day", "closed_how"])
    _record("incident.closed", locked, reason_code or how, by=by, at=at)
    notices.handled(subject_kind=KIND, subject_key=locked.key, by=by, at=at)
    return locked


def _who_mends(place: Place, *, day: dt.date, by: Actor) -> list[uuid.UUID]:
    """The head of the place, and everybody who keeps the registers."""
    heads = heads_of(viewer=by, place_key=place.pk, day=day).values_list("user_id", flat=True)
    offices = staffed(viewer=by, role=REGISTRAR, day=day)
    registrars = (
        user.pk
        for office in offices
        for user in people_in(viewer=by, institution=office, role=REGISTRAR, day=day)
    )
    return [*heads, *registrars]


def _record(act: str, incident: Incident, reason_code: str, *, by: Actor, at: dt.datetime) -> None:
    journal.record(
        act=act,
        subject_kind=KIND,
        subject_key=incident.key,
        by=by,
        at=at,
        reason_code=reason_code,
    )
