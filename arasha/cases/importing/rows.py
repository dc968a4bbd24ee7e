"""The rows that a line becomes: made, and the law asked, before anything is locked or written."""

import datetime as dt
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from arasha.cases import law
from arasha.cases.importing.checking import COURT
from arasha.cases.importing.lines import Line
from arasha.cases.models import (
    Allegation,
    Case,
    Classification,
    Decision,
    Identity,
    Number,
    Person,
)
from arasha.cases.naming import folding_of
from arasha.country import country, midnight
from arasha.people.models import Institution
from arasha.references import Reference, fold_number

NOON = dt.timedelta(hours=12)
NOT_ASKED = "not_asked"  # pack: consents; nobody can tell from a table
LETTERS = {"victim": "V", "suspect": "S"}


class Answers:
    """What the rules say: each distinct question is asked once for a whole table."""

    def __init__(self) -> None:
        self._given: dict[str, law.Answer] = {}

    def to(self, question: law.Answer) -> law.Answer:
        asked = json.dumps(question, sort_keys=True)
        if asked not in self._given:
            self._given[asked] = law.ask(question)
        return self._given[asked]


@dataclass(slots=True, kw_only=True)
class Rows:
    """A case with everything of it; its own number is given when it is written."""

    line: Line
    facts: law.Facts
    case: Case
    allegation: Allegation
    numbers: list[Number]
    decisions: list[Decision]
    classification: Classification | None
    persons: list[Person] = field(default_factory=list)
    identities: list[Identity] = field(default_factory=list)


def rows_of(
    line: Line,
    *,
    holder: Institution,
    source: Reference,
    answers: Answers,
    is_classified: bool,
    at: dt.datetime,
) -> Rows:
    """`is_classified`: its table says what it is in law; nobody has signed that."""
    case = _case(line, holder, at)
    allegation = _allegation(line, case, source)
    facts = law.Facts(line.conduct, line.part, line.capacity)
    decisions = _decisions(line, case, allegation, facts, answers, at)
    rows = Rows(
        line=line,
        facts=facts,
        case=case,
        allegation=allegation,
        numbers=list(_numbers(line, case)),
        decisions=decisions,
        classification=_classification(line, case, decisions[0], at) if is_classified else None,
    )
    case.version = len(decisions) + (1 if is_classified else 0)
    if rows.classification:
        case.conduct, case.provision = line.conduct, rows.classification.provision
        case.provision_from_day = rows.classification.provision_from_day
    _people(rows, at)
    return rows


def _case(line: Line, holder: Institution, at: dt.datetime) -> Case:
    return Case(
        key=uuid.uuid4(),
        holder=holder,
        place=line.place,
        stage=line.stage,
        registered_at=min(at, _noon(line.decisions[0].day)),
    )


def _allegation(line: Line, case: Case, source: Reference) -> Allegation:
    return Allegation(
        key=uuid.uuid4(),
        case_id=case.key,
        place=line.place,
        source_kind=source.kind,
        source_key=source.key,
        account=line.account,
        happened_from=line.happened.first,
        happened_to=line.happened.last,
        happened_words=line.happened_words,
        conduct=line.conduct,
        capacity=line.capacity,
        criteria=line.criteria,
        consent=_consent(),
        received_at=case.registered_at,
    )


def _consent() -> str:
    consents = list(country().vocabularies["consents"].terms)
    return NOT_ASKED if NOT_ASKED in consents else consents[-1]


def _numbers(line: Line, case: Case) -> list[Number]:
    given = [(line.register, line.number, line.number_day, line.issuer)]
    if line.court_number:
        given.append((COURT, line.court_number, _in_court_since(line), ""))
    return [
        Number(
            case_id=case.key,
            register=register,
            number=number,
            folded=fold_number(number)[:60],
            given_day=day or line.decisions[0].day,
            issuer=issuer,
        )
        for register, number, day, issuer in given
    ]


def _in_court_since(line: Line) -> dt.date | None:
    kinds = country().procedure.kinds
    return next((each.day for each in line.decisions if kinds[each.kind].court == "enters"), None)


def _decisions(
    line: Line,
    case: Case,
    allegation: Allegation,
    facts: law.Facts,
    answers: Answers,
    at: dt.datetime,
) -> list[Decision]:
    made = []
    for base_version, decided in enumerate(line.decisions):
        question = law.question_on(allegation=allegation, day=decided.day, facts=facts)
        answered = answers.to(question)
        made.append(
            Decision(
                case_id=case.key,
                kind=decided.kind,
                day=decided.day,
                persons=decided.persons,
                ground=decided.ground,
                base_version=base_version,
                recorded_at=at,
                law_question=question,
                law_answer=answered,
                pack_hash=answered["pack_hash"],
            )
        )
    return made


def _classification(
    line: Line, case: Case, registered: Decision, at: dt.datetime
) -> Classification:
    """As the other register has it, by the rules of the day of registration. No signature stands under it."""
    provision, since = law.provision_of(registered.law_answer)
    return Classification(
        case_id=case.key,
        number=1,
        conduct=line.conduct,
        part=line.part,
        capacity=line.capacity,
        criteria=sorted(line.criteria),
        provision=provision,
        provision_from_day=since,
        body_kind=_competent(registered.law_answer),
        law_question=registered.law_question,
        law_answer=registered.law_answer,
        pack_hash=registered.pack_hash,
        signed_at=at,
        signed_by_key=None,
        base_version=len(line.decisions),
    )


def _competent(answered: dict[str, Any]) -> str:
    """Whom the rules name; a table does not say who investigated."""
    named: str | None = answered["answers"][1]["value"]
    return named or "alternative"


def _people(rows: Rows, at: dt.datetime) -> None:
    counted = dict.fromkeys(LETTERS, 0)
    for each in rows.line.people:
        counted[each.role] += 1
        person = Person(
            key=uuid.uuid4(),
            case_id=rows.case.key,
            code=f"{LETTERS[each.role]}{counted[each.role]}",
            role=_role(each.role),
            capacity=rows.line.capacity if each.role == "suspect" else "",
            sex=each.sex,
            is_minor=each.is_minor,
            added_at=at,
        )
        rows.persons.append(person)
        rows.identities.append(
            Identity(
                case_id=rows.case.key,
                person_id=person.key,
                name=each.name,
                **_folding(each.name),
            )
        )


def _role(means: str) -> str:
    """The first of the pack's roles with this meaning."""
    terms = country().vocabularies["person_roles"].terms.values()
    return next(term.code for term in terms if term.means == means)


def _folding(name: str) -> dict[str, Any]:
    found = folding_of(name)
    return found | {"folded": str(found["folded"])[:300]}


def _noon(day: dt.date) -> dt.datetime:
    return midnight(day) + NOON
