"""What a decision says besides its kind, its day and how many persons it concerns."""

from dataclasses import dataclass

from arasha.cases.models import Case, Person
from arasha.country import country
from arasha.packs.procedure import DecisionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPerson:
    """What it says of one person. `relief`: a way out of punishment that was granted."""

    person: Person
    sentence: str = ""
    months: int | None = None
    relief: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Of these a kind needs some, and takes others. `body_name`: the court or body that decided.

    `relief`: granted to all its persons, where nobody is named. `in_spite`: the reasons for granting what
    the rules call barred. `into`: the case that it is joined to.
    """

    ground: str = ""
    reason: str = ""
    body_name: str = ""
    number: str = ""
    relief: str = ""
    in_spite: str = ""
    into: Case | None = None
    on_persons: tuple[OnPerson, ...] = ()


NOTHING = Content()


def relief_for_all(kind: DecisionKind, content: Content) -> str:
    """The way out of punishment that its ground is, or the one that was granted to all."""
    if content.relief or not content.ground:
        return content.relief
    return country().relief_of(kind.code, content.ground) or ""


def relief_on(on_person: OnPerson, for_all: str) -> str:
    """What one person was granted: said of them, meant by their sentence, or granted to all."""
    if on_person.relief or not on_person.sentence:
        return on_person.relief or for_all
    return country().vocabularies["sentences"].terms[on_person.sentence].relief or for_all
