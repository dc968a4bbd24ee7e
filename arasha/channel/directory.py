"""Names of bodies and places for the terminals, and who commands each place: signed by the gateway."""

import datetime as dt
from collections import defaultdict
from hashlib import sha256
from typing import Any

from arasha.actors import Actor
from arasha.channel.signing import gateway_key
from arasha.engines.channel.directory import build_directory
from arasha.engines.notes import canonical_json
from arasha.people.selectors import commanders_by_place
from arasha.places.models import Device
from arasha.trust.selectors import newest_sets

VERSION = 1
Content = dict[str, Any]


def directory(*, viewer: Actor, day: dt.date) -> Content:
    """What terminals are told: only of places where one stands."""
    devices = list(Device.objects.filter(revoked_at=None).select_related("place"))
    places = {each.place.code: each.place for each in devices}
    commanders = defaultdict(list, commanders_by_place(viewer=viewer, day=day))
    return {
        "v": VERSION,
        "places": {
            code: {
                "name": place.name,
                "authority": place.authority,
                "commanders": sorted(commanders[place.pk]),
            }
            for code, place in sorted(places.items())
        },
        "devices": {str(each.pk): each.place.code for each in devices},
        "bodies": [
            {
                "body": each.institution.code,
                "kind": each.institution.kind,
                "name": each.institution.name,
            }
            for each in newest_sets(viewer=viewer)
        ],
    }


def signed(content: Content, *, said: int) -> bytes:
    """The note for the stream. `said`, of `said_after`, lets nobody put an older one in its place.

    It also parts a directory from an equal one of before: what went once does not go again.
    """
    return build_directory(content | {"said": said}, gateway_key())


def said_after(before: int, *, at: dt.datetime) -> int:
    """Seconds since 1970, or one more than was said before: a clock that ran ahead holds nothing up."""
    return max(int(at.timestamp()), before + 1)


def digest_of(content: Content) -> str:
    return sha256(canonical_json(content)).hexdigest()
