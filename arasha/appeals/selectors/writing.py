"""What the public door's page must know to seal: bodies, their readers' keys, and official places."""

import datetime as dt
from typing import Any

from arasha.actors import Actor
from arasha.appeals.selectors.duty import DUTY_LINE
from arasha.country import country
from arasha.engines.sealing import RecipientSet
from arasha.engines.sealing.names import body_told, names_code
from arasha.people.models import Institution
from arasha.people.selectors import commanders_by_place
from arasha.places.selectors import places
from arasha.trust.selectors import held, newest_sets

Facts = dict[str, Any]


def writing(*, viewer: Actor, day: dt.date, at: dt.datetime) -> Facts:
    """All that a browser needs in one answer, the same for everybody: whom somebody chooses stays there."""
    trust = held(viewer=viewer)
    sets = {each.recipients.body: each.recipients for each in (trust.sets() if trust else ())}
    is_fresh = bool(trust and trust.is_fresh_at(at))
    named = [each.institution for each in newest_sets(viewer=viewer)]
    bodies = [
        _body(each, sets, day=day) for each in named if each.code in sets and _may(each, day=day)
    ]
    return {
        "today": day.isoformat(),
        "fresh": is_fresh,
        "bodies": bodies,
        "places": _places(viewer=viewer, day=day),
        "ack": [str(each) for each in (trust.acknowledging_keys() if trust else ())],
    }


def _may(institution: Institution, *, day: dt.date) -> bool:
    """Whether somebody may write to it at all. Of those who are told names nobody asks."""
    body = country().body_of(institution.kind)
    return body is not None and body.receives_on(day) and body_told(institution.code) is None


def _body(institution: Institution, sets: dict[str, RecipientSet], *, day: dt.date) -> Facts:
    body = country().body_of(institution.kind)
    assert body is not None  # noqa: S101 -- _may has asked
    recipients, names = sets[institution.code], sets.get(names_code(institution.code))
    return {
        "body": institution.code,
        "kind": institution.kind,
        "name": institution.name,
        "set": recipients.set_id,
        "recipients": list(recipients.keys),
        "readers": sorted({institution.code, *recipients.offices}),
        "who": dict(body.readers),
        "promise": dict(body.promise),
        "authorities": list(body.commands),
        "unnamed": body.receives_on(day, unnamed=True),
        "danger": institution.kind == DUTY_LINE,
        "valid": recipients.is_valid_on(day),
        "names": {"set": names.set_id, "recipients": list(names.keys)} if names else None,
    }


def _places(*, viewer: Actor, day: dt.date) -> list[Facts]:
    commanders = commanders_by_place(viewer=viewer, day=day)
    return [
        {
            "code": each.code,
            "name": each.name,
            "region": each.region.name,
            "authority": each.authority,
            "commanders": sorted(commanders.get(each.pk, [])),
        }
        for each in places(viewer=viewer).filter(closed_date=None)
    ]
