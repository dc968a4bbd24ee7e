"""Whom a person at this terminal may write to: sets that are genuine, of bodies that are free."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from arasha.engines.notes import MalformedError
from arasha.engines.sealing.names import body_told, names_code
from arasha.engines.sealing.recipient_set import RecipientSet
from arasha.packs import Body, Pack, may_receive
from arasha.wire.trust import Held

DUTY_LINE = "duty_line"  # the kind of institution that a country's pack gives to such a line


@dataclass(frozen=True, slots=True)
class Offer:
    """A body that can be written to, who would read, and what the country's rules say of it.

    `names`: the smaller set to which the writer's name is sealed, if the body has one.
    """

    recipients: RecipientSet
    name: Mapping[str, str]
    body: Body
    names: RecipientSet | None = None

    @property
    def is_duty_line(self) -> bool:
        """Nobody chooses it among the bodies: it is asked for by "danger now"."""
        return self.body.institution_kind == DUTY_LINE


@dataclass(frozen=True, slots=True)
class Directory:
    """What the gateway has signed of this place. `bodies`: kind and name of each body that has a set.

    `said`: when it was signed, in seconds since 1970; 0 if the note does not say.
    """

    place: Mapping[str, Any]
    commanders: tuple[str, ...]
    bodies: Mapping[str, Mapping[str, Any]]
    said: int = 0

    @classmethod
    def parse(cls, content: Mapping[str, Any], *, device: str) -> "Directory":
        """Read the directory for the place where this device stands. Raises MalformedError."""
        try:
            code = str(content["devices"][device])
            place = content["places"][code]
            return cls(
                place={
                    "code": code,
                    "name": dict(place["name"]),
                    "authority": str(place["authority"] or ""),
                },
                commanders=tuple(map(str, place["commanders"])),
                bodies={
                    str(each["body"]): {"kind": str(each["kind"]), "name": dict(each["name"])}
                    for each in content["bodies"]
                },
                said=int(content.get("said", 0)),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise MalformedError(f"the directory for {device}: {error!r}") from error

    def offers(self, trust: Held, pack: Pack, *, day: dt.date) -> list[Offer]:
        """One offer for each body that may receive from this place, by the rules of `day`.

        Which sets are genuine the root of trust has said. Nobody is offered while it is not known
        who commands this place.
        """
        free = {each.body: each for each in self._free_sets(trust)} if self.place else {}
        found = []
        for code, recipients in free.items():
            body = self._body(code, pack)
            if body is not None and self._may_receive(body, day):
                name = self.bodies.get(code, {}).get("name") or body.name
                names = free.get(names_code(code)) if pack.names_body(body) else None
                found.append(Offer(recipients, dict(name), body, names))
        return found

    def is_duty_line(self, set_id: str, trust: Held, pack: Pack) -> bool:
        codes = (e.recipients.body for e in trust.sets() if e.recipients.set_id == set_id)
        bodies = (self._body(code, pack) for code in codes)
        return any(body is not None and body.institution_kind == DUTY_LINE for body in bodies)

    def _free_sets(self, trust: Held) -> Iterator[RecipientSet]:
        """The sets in which nobody of those who command this place reads."""
        for signed in trust.sets():
            readers = {signed.recipients.body, *signed.recipients.offices}
            if not readers.intersection(self.commanders):
                yield signed.recipients

    def _may_receive(self, body: Body, day: dt.date) -> bool:
        authority = self.place["authority"] or None
        return may_receive(body=body, day=day, place_authority=authority).allowed

    def _body(self, code: str, pack: Pack) -> Body | None:
        """What the pack says of the body: `prosecutor` speaks for `prosecutor-samal` too.

        Those who are told names are known by their code, whatever the gateway calls them: they
        receive nothing, so nobody is ever offered to write to them.
        """
        main = self._body(told, pack) if (told := body_told(code)) else None
        if main and (names := pack.names_body(main)):
            return names
        kind = self.bodies.get(code, {}).get("kind")
        of_kind = pack.body_of(str(kind)) if kind else None
        return of_kind or pack.bodies.get(code) or pack.bodies.get(code.partition("-")[0])


EMPTY = Directory({}, (), {})
