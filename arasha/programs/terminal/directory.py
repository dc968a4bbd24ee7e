"""Whom a person at this terminal may write to: sets that are genuine, of bodies that are free."""

import datetime as dt
import json
from collections.abc import Mapping
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
    """What the gateway says of this place. `bodies`: kind and name of each body that has a set."""

    place: Mapping[str, Any]
    commanders: tuple[str, ...]
    bodies: Mapping[str, Mapping[str, Any]]

    @classmethod
    def parse(cls, content: Mapping[str, Any]) -> "Directory":
        """Read the gateway's answer. Raises MalformedError."""
        try:
            return cls(
                place=dict(content["place"]),
                commanders=tuple(map(str, content["commanders"])),
                bodies={
                    str(each["body"]): {"kind": str(each["kind"]), "name": dict(each["name"])}
                    for each in content["sets"]
                },
            )
        except (KeyError, TypeError, ValueError) as error:
            raise MalformedError(f"the gateway's list of recipient sets: {error!r}") from error

    def to_json(self) -> str:
        sets = [{"body": body, **about} for body, about in self.bodies.items()]
        content = {"place": self.place, "commanders": self.commanders, "sets": sets}
        return json.dumps(content, ensure_ascii=False)

    def offers(self, trust: Held, pack: Pack, *, day: dt.date) -> list[Offer]:
        """One offer for each body that may receive from this place, by the rules of `day`.

        Which sets are genuine the root of trust has said; what the gateway says can only add a name.
        """
        found = []
        sets = {each.recipients.body: each.recipients for each in trust.sets()}
        for code, recipients in sets.items():
            body = self._body(code, pack)
            if body is None or self._is_commanders(recipients):
                continue
            authority = self.place.get("authority") or None
            if may_receive(body=body, day=day, place_authority=authority).allowed:
                name = self.bodies.get(code, {}).get("name") or body.name
                names = sets.get(names_code(code)) if pack.names_body(body) else None
                is_safe = names is not None and not self._is_commanders(names)
                found.append(Offer(recipients, dict(name), body, names if is_safe else None))
        return found

    def _is_commanders(self, recipients: RecipientSet) -> bool:
        """Whether people of a body that commands this place could open what is sealed to the set."""
        return bool({recipients.body, *recipients.offices}.intersection(self.commanders))

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
