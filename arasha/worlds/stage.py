"""What a demo world holds while it is being built."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from arasha.actors import ANONYMOUS, Actor
from arasha.people.models import Institution, User
from arasha.places.models import Place
from arasha.worlds import cast
from arasha.worlds.identities import Identity

HISTORY = dt.timedelta(days=400)
VIEW_CODE = "view-code"  # a file: on paper it would be told once and kept nowhere


@dataclass
class Demo:
    """What the world holds while it is being built; the files it leaves lie under `folder`."""

    folder: Path
    at: dt.datetime
    institutions: dict[str, Institution] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)  # by e-mail
    identities: list[Identity] = field(default_factory=list)
    terminal: Actor = ANONYMOUS
    root: bytes = b""  # of trust, as devices pin it

    @property
    def begun_at(self) -> dt.datetime:
        return self.at - HISTORY

    def actor(self, role: str, institution: str) -> Actor:
        """Whoever of the cast first holds a role in an institution."""
        seat = next(s for s in cast.SEATS if (s.role, s.institution) == (role, institution))
        return Actor.user(self.people[seat.email].pk)
