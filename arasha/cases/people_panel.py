"""The page "People and events" and the words of a suggestion: typed rows for templates."""

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from arasha.actors import Actor
from arasha.cases import selectors
from arasha.cases.models import Act, Case, Event, Identity, Person, SameEvent
from arasha.cases.telling_apart import SUSPECT, means
from arasha.country import term
from arasha.engines.names import Kind

REASONS = {
    Kind.NAMES_ALIKE: _("The names of %(here)s here and %(there)s there are alike."),
    Kind.NAMES_SOMEWHAT_ALIKE: _(
        "The names of %(here)s here and %(there)s there are somewhat alike."
    ),
    Kind.ONE_WORD_ALIKE: _(
        "%(here)s here and %(there)s there have one word of their names in common."
    ),
    Kind.NAMES_DIFFER: _("The names differ."),
    Kind.SAME_PLACE: _("It is the same place."),
    Kind.SAME_REGION: _("It is the same region."),
    Kind.OTHER_PLACE: _("The places differ."),
    Kind.OTHER_REGION: _("The regions differ."),
    Kind.DAYS_OVERLAP: _("The days are the same, as far as they are known."),
    Kind.DAYS_NEAR: _("The days lie close together."),
    Kind.DAYS_APART: _("The days lie far apart."),
}


@dataclass(frozen=True, slots=True)
class Somebody:
    """`identity` is None where the names are not open to the viewer."""

    person: Person
    identity: Identity | None
    is_suspect: bool

    @property
    def said(self) -> str:
        """The code, and the name if it may be seen."""
        name = self.identity.name if self.identity else ""
        return f"{self.person.code}, {name}" if name else self.person.code


@dataclass(frozen=True, slots=True)
class Register:
    """The people of a case, and what happened to whom."""

    people: list[Somebody]
    events: list[Event]
    names_are_open: bool


@dataclass(frozen=True, slots=True)
class Pair:
    row: SameEvent
    reasons: list[str]


def register_of(*, viewer: Actor, case: Case) -> Register:
    people = everybody(viewer=viewer, case=case)
    said = {each.person.key: each.said for each in people}
    events = list(selectors.events(viewer=viewer, case=case))
    for event in events:
        for act in event.acts.all():
            _name(act, said)
    return Register(
        people=people,
        events=events,
        names_are_open=any(each.identity for each in people) or not people,
    )


def everybody(*, viewer: Actor, case: Case) -> list[Somebody]:
    known = selectors.identities(viewer=viewer, case=case)
    return [
        Somebody(person, known.get(person.key), means(person.role) == SUSPECT)
        for person in selectors.persons(viewer=viewer, case=case)
    ]


def choice_of_people(*, viewer: Actor, case: Case) -> list[tuple[Person, str]]:
    return [
        (each.person, f"{each.said} ({term('person_roles', each.person.role)})")
        for each in everybody(viewer=viewer, case=case)
    ]


def pairs(*, viewer: Actor, case: Case) -> list[Pair]:
    found = selectors.same_events(viewer=viewer, case=case)
    return [Pair(each, in_words(each)) for each in found]


def in_words(pair: SameEvent) -> list[str]:
    """Why two cases are suggested; people by their codes, as everybody knows them."""
    return [str(REASONS[Kind(each["kind"])]) % each for each in pair.reasons]


def _name(act: Act, said: dict[uuid.UUID, str]) -> None:
    """Put beside each row what the reader may call the people in it."""
    act.said_victim = said.get(act.victim.key) if act.victim else None  # type: ignore[attr-defined]
    for part in act.involvements.all():
        part.said_person = said.get(part.person_id)  # type: ignore[attr-defined]
