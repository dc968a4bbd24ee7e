"""Ways out of punishment that a decision grants, and what the law of its day said of each."""

import datetime as dt
from dataclasses import dataclass

from arasha.cases import law
from arasha.cases.deciding.content import Content, OnPerson, relief_for_all, relief_on
from arasha.cases.models import Allegation, Charge, Person
from arasha.packs.procedure import DecisionKind


@dataclass(frozen=True, slots=True)
class Granted:
    """A relief, to one person or (None) to all whom the decision concerns, with the law's answer."""

    relief: str
    on_person: OnPerson | None
    question: law.Answer
    answer: law.Answer

    @property
    def is_barred(self) -> bool | None:
        """None: the rules do not know, or it depends on the day of the act."""
        barred: bool | None = self.answer["answers"][0]["barred"]
        return barred


def granted(
    allegation: Allegation, kind: DecisionKind, content: Content, *, day: dt.date
) -> list[Granted]:
    """Every relief of a decision, asked of the law with the act, the charge, the capacity and its day."""
    for_all, facts = relief_for_all(kind, content), law.facts_of(allegation=allegation)
    if not content.on_persons:
        return [_asked(allegation, facts, for_all, None, day)] if for_all else []
    found = []
    for each in content.on_persons:
        if relief := relief_on(each, for_all):
            own = law.facts_on(person=each.person, charge=charge_of(each.person), otherwise=facts)
            found.append(_asked(allegation, own, relief, each, day))
    return found


def charge_of(person: Person) -> Charge | None:
    """The charge that stands against a person."""
    standing = person.charges.filter(withdrawn_day=None)
    return standing.order_by("day", "pk").last()


def _asked(
    allegation: Allegation,
    facts: law.Facts,
    relief: str,
    on_person: OnPerson | None,
    day: dt.date,
) -> Granted:
    question = law.relief_question(allegation=allegation, facts=facts, relief=relief, day=day)
    return Granted(relief, on_person, question, law.ask(question))
