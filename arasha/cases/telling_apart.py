"""What is said of somebody, as forms and imports give it, and what keeps two people of one name apart."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from arasha.cases.models import Case, Identity, Person
from arasha.cases.naming import folding_of
from arasha.country import country
from arasha.engines.dates import UNKNOWN, Partial
from arasha.people.models import Institution

VICTIM, SUSPECT = "victim", "suspect"  # what a role means (pack: person roles)
LETTERS = {VICTIM: "V", SUSPECT: "S"}
ANYBODY = "P"
ALLEGED = "alleged"  # pack: involvement states


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What everybody who sees the case may know of somebody. The last four are of suspects alone."""

    role: str
    sex: str = ""
    is_minor: bool | None = None
    state: str = ""
    capacity: str = ""
    agency: str = ""
    office: Institution | None = None

    def fields(self) -> dict[str, Any]:
        said: dict[str, Any] = {"role": self.role, "sex": self.sex, "is_minor": self.is_minor}
        if means(self.role) != SUSPECT:
            return said | {"state": "", "capacity": "", "agency": "", "office": None}
        of_suspect = {"capacity": self.capacity, "agency": self.agency, "office": self.office}
        return said | of_suspect | {"state": self.state or ALLEGED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who somebody is. A person without a name is known by `marks`, or by nothing yet."""

    name: str = ""
    born: Partial = field(default=UNKNOWN)
    born_words: str = ""
    marks: str = ""
    document: str = ""
    contact: str = ""
    language: str = ""

    def fields(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "born_first": self.born.first,
            "born_last": self.born.last,
            "born_words": self.born_words,
            "marks": self.marks,
            "document": self.document,
            "contact": self.contact,
            "language": self.language,
            **folding_of(self.name),
        }


def means(role: str) -> str:
    return country().vocabularies["person_roles"].terms[role].means


def next_code(case: Case, role: str) -> str:
    """V3, S1, P2: given once and kept, whatever becomes of the role."""
    letter = LETTERS.get(means(role), ANYBODY)
    given = case.persons.filter(code__startswith=letter).values_list("code", flat=True)
    return f"{letter}{max((int(code[1:]) for code in given), default=0) + 1}"


def namesake(case: Case, who: Who, *, besides: Person | None = None) -> Identity | None:
    """Somebody of this case with the same name whom neither birth nor marks keep apart from `who`."""
    folded = folding_of(who.name)["folded"]
    if not folded:
        return None
    found = case.identities.filter(folded=folded).exclude(person=besides).select_related("person")
    return next((each for each in found if not _are_apart(each, who)), None)


def _are_apart(one: Identity, who: Who) -> bool:
    if who.marks and one.marks != who.marks:
        return True
    first, last = who.born.first or dt.date.min, who.born.last or dt.date.max
    return last < (one.born_first or dt.date.min) or (one.born_last or dt.date.max) < first
