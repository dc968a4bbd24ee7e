"""Which body may receive what: the country's dated rules, and the reasons for a no."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from arasha.packs.basis import Basis
from arasha.packs.model import Body


class Obstacle(StrEnum):
    """Why a body may not receive something."""

    NO_RECIPIENT = "no_recipient"  # the pack has no such body, or no rule for it on that day
    COMMANDS = "commands"  # it commands the place the appeal comes from
    ACCUSED = "accused"  # it is complained of, or never receives complaints about that kind
    TOPIC = "topic"  # no rule of the day gives it this matter
    UNNAMED = "unnamed"  # without a name it can begin nothing


@dataclass(frozen=True, slots=True)
class Ruling:
    """`obstacles` is empty for a yes; `basis` are the rules of the day that were asked."""

    obstacles: tuple[Obstacle, ...]
    basis: tuple[Basis, ...]

    @property
    def allowed(self) -> bool:
        return not self.obstacles


def may_receive(
    *,
    body: Body | None,
    day: dt.date,
    topic: str | None = None,
    named: bool | None = None,
    accused_kind: str | None = None,
    place_authority: str | None = None,
) -> Ruling:
    """Whether `body` may receive an appeal on `day`, and all that stands against it.

    `body` None: the pack knows no such body. None elsewhere means "not known yet" and stands against
    nothing: the server learns topic, name and accused (an institution kind) only after an officer has
    read. `place_authority` is the code of the authority that commands the place.
    """
    rules = [rule for rule in body.receives if rule.holds_on(day)] if body else []
    if body is None or not rules:
        return Ruling((Obstacle.NO_RECIPIENT,), ())
    against = list(_conflicts(body, accused_kind, place_authority))
    about_topic = [rule for rule in rules if topic is None or topic in rule.topics]
    if not about_topic:
        against.append(Obstacle.TOPIC)
    elif named is False and not any(rule.unnamed for rule in about_topic):
        against.append(Obstacle.UNNAMED)
    return Ruling(tuple(against), tuple(rule.basis for rule in about_topic or rules))


def _conflicts(
    body: Body, accused_kind: str | None, place_authority: str | None
) -> Iterator[Obstacle]:
    if place_authority is not None and place_authority in body.commands:
        yield Obstacle.COMMANDS
    if accused_kind is not None and accused_kind in (body.institution_kind, *body.never_about):
        yield Obstacle.ACCUSED
