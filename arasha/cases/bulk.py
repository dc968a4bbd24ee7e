"""Many cases at once, with grants, decisions and leaves: for worlds as large as a country."""

import copy
import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from arasha.access.policy import INSTITUTION
from arasha.access.services import Granted, grant_many
from arasha.actors import JOB, Actor
from arasha.cases import law
from arasha.cases.models import Allegation, Case, CaseNumber, Classification, Decision, Number
from arasha.cases.services import counted
from arasha.journal import services as journal
from arasha.people.models import Institution
from arasha.places.models import Place
from arasha.references import fold_number

ROWS_AT_ONCE = 500
OLDER_PACK = "0" * 64  # the hash of rules that are kept nowhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A case as it stands today; `decisions` are (kind, day, persons), the registration first."""

    number: str
    register: str
    register_number: str
    holder: Institution
    supervisor: Institution
    place: Place
    stage: str
    registered_at: dt.datetime
    next_due_at: dt.datetime | None
    next_due_rule: str
    happened_day: dt.date
    conduct: str
    criteria: list[str]
    consent: str
    decisions: list[tuple[str, dt.date, int]]
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    allegation_key: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def load(*, rows: Iterable[Load], by: Actor, at: dt.datetime) -> int:
    """Insert many cases; returns how many. Law answers are asked as `services` would ask them."""
    loads = list(rows)
    grant_many(grants=[grant for row in loads for grant in _grants(row)], by=by)
    Case.objects.bulk_create([_case(row) for row in loads], ROWS_AT_ONCE)
    allegations = {row.key: _allegation(row) for row in loads}
    Allegation.objects.bulk_create(allegations.values(), ROWS_AT_ONCE)
    Number.objects.bulk_create([_number(row) for row in loads], ROWS_AT_ONCE)
    answers: dict[str, dict[str, Any]] = {}
    decisions = [
        _decision(row, decision, allegations[row.key], answers)
        for row in loads
        for decision in enumerate(row.decisions)
    ]
    Decision.objects.bulk_create(decisions, ROWS_AT_ONCE)
    journal.record_many(
        acts=[
            journal.Act(
                act="case.decided",
                subject_kind="case",
                subject_key=decision.case_id,
                by=by,
                at=decision.recorded_at,
                reason_code=counted(kind=decision.kind, day=decision.day, persons=decision.persons),
            )
            for decision in decisions
        ]
    )
    return len(loads)


def set_last_numbers(*, last: dict[int, int], by: Actor, at: dt.datetime) -> None:
    """Tell the register which number of each year was given last, so that the next one is free."""
    CaseNumber.objects.bulk_create(
        CaseNumber(year=year, last=number) for year, number in last.items()
    )


def _grants(row: Load) -> Iterator[Granted]:
    for kind, key in (("case", row.key), ("allegation", row.allegation_key)):
        for holder, basis in ((row.holder, "assigned"), (row.supervisor, "supervises")):
            yield Granted(
                subject_kind=kind,
                subject_key=key,
                holder_kind=INSTITUTION,
                holder_key=holder.key,
                basis=basis,
                at=row.registered_at,
            )


def _case(row: Load) -> Case:
    return Case(
        key=row.key,
        number=row.number,
        holder=row.holder,
        place=row.place,
        stage=row.stage,
        registered_at=row.registered_at,
        next_due_at=row.next_due_at,
        next_due_rule=row.next_due_rule,
        version=len(row.decisions),
    )


def _allegation(row: Load) -> Allegation:
    return Allegation(
        key=row.allegation_key,
        case_id=row.key,
        place=row.place,
        source_kind=JOB,  # invented: no record stands behind it
        source_key=row.key,
        account="",
        happened_from=row.happened_day,
        happened_to=row.happened_day,
        conduct=row.conduct,
        capacity="official",
        criteria=row.criteria,
        consent=row.consent,
        received_at=row.registered_at,
    )


def _number(row: Load) -> Number:
    return Number(
        case_id=row.key,
        register=row.register,
        number=row.register_number,
        folded=fold_number(row.register_number),
        given_day=row.decisions[0][1],
    )


def _decision(
    row: Load,
    decision: tuple[int, tuple[str, dt.date, int]],
    allegation: Allegation,
    answers: dict[str, dict[str, Any]],
) -> Decision:
    base_version, (kind, day, persons) = decision
    question = law.question_on(allegation=allegation, day=day)
    asked = answers.setdefault(str(question), {}) or law.ask(question)
    answers[str(question)] = asked
    return Decision(
        case_id=row.key,
        kind=kind,
        day=day,
        persons=persons,
        base_version=base_version,
        recorded_at=row.registered_at if kind == "registered" else _noon(day),
        law_question=question,
        law_answer=asked,
        pack_hash=asked["pack_hash"],
    )


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


def answered_otherwise(*, signed: Classification) -> None:
    """Let the rules have said of a signed act that a way out was open which they call closed now.

    As if an older pack had answered: the review after an update finds it. Nothing of the case moves.
    """
    answer = copy.deepcopy(signed.law_answer)
    closed = next((each for each in answer["answers"] if each.get("barred")), None)
    if closed is not None:
        closed["barred"] = False
        Classification.objects.filter(pk=signed.pk).update(law_answer=answer, pack_hash=OLDER_PACK)
