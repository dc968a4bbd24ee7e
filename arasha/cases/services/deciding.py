"""Decisions: dated, in the order of the country's procedure, each with what the rules say on its day."""

import datetime as dt

from django.db import transaction

from arasha.access.selectors import can
from arasha.actors import Actor
from arasha.cases import law, plain_states
from arasha.cases.clocks import moment_of
from arasha.cases.deciding import reliefs
from arasha.cases.deciding.content import NOTHING, Content
from arasha.cases.deciding.court import before_court, stage_after
from arasha.cases.deciding.errors import NotYoursToDecideError, ReliefBarredError
from arasha.cases.deciding.refusing import refuse_impossible, refuse_joining
from arasha.cases.deciding.reliefs import Granted, charge_of
from arasha.cases.deciding.states import state_of_named, state_of_others
from arasha.cases.models import Allegation, Case, Charge, Decision, Person, Ruling
from arasha.cases.services.clocks import resume_clocks, start_clock, stop_clocks, suspend_clocks
from arasha.cases.services.proceedings import follow_move
from arasha.cases.versions import locked
from arasha.country import country, local_day, term
from arasha.journal import services as journal
from arasha.packs.procedure import DecisionKind
from arasha.problems import ChangedMeanwhileProblem

HEADSHIP = "headship"


@transaction.atomic
def decide(
    *,
    case: Case,
    kind: str,
    day: dt.date,
    persons: int = 0,
    base_version: int,
    content: Content = NOTHING,
    by: Actor,
    at: dt.datetime,
) -> Decision:
    """Enter a dated decision, with what the rules say on its day. Sent twice, it is entered once.

    `base_version` is the version of the case that the writer saw; where `content` names persons, they are
    counted. Raises ChangedMeanwhileProblem, NotYoursToDecideError, ReliefBarredError, and what
    `refuse_impossible` raises.
    """
    held, move = locked(case), country().procedure.kinds[kind]
    persons = persons or len(content.on_persons)
    if move.who == "head_of_office" and not _is_head(held, by):
        raise NotYoursToDecideError
    if held.version != base_version:
        return _sent_before(held, kind, content, day=day, persons=persons, version=base_version)
    allegation = law.founding(held)
    refuse_impossible(
        held, allegation, move, content, day=day, persons=persons, today=local_day(at)
    )
    refuse_joining(held, content.into)
    granted = reliefs.granted(allegation, move, content, day=day)
    _refuse_barred(granted, content)
    stands = before_court(held).after(move, persons)
    revives = _revives(held, move)
    held.stage, is_held = stage_after(held.stage, move, stands), stands.waiting > 0
    held.joined_to = content.into or held.joined_to
    held.version += 1
    held.save(update_fields=["stage", "version", "joined_to"])
    made = store_decision(
        case=held,
        allegation=allegation,
        kind=kind,
        day=day,
        persons=persons,
        base_version=base_version,
        content=content,
        granted=granted,
        moves_on=not (move.court == "leaves" and is_held),
        by=by,
        at=at,
    )
    _rule(made, move, content, granted)
    _move_states(held, move, content, revives=revives)
    _move_clocks(held, allegation, move, by=by, at=moment_of(day=day, at=at))
    plain_states.refresh(held, at)
    return made


def store_decision(
    *,
    case: Case,
    allegation: Allegation,
    kind: str,
    day: dt.date,
    persons: int,
    base_version: int,
    content: Content = NOTHING,
    granted: list[Granted] | None = None,
    moves_on: bool = True,
    by: Actor,
    at: dt.datetime,
) -> Decision:
    """Keep a decision with what the rules say on its day, in the proceeding in which it was made.

    `moves_on`: nobody is left whom the case must wait for.
    """
    move = country().procedure.kinds[kind]
    question = law.question_on(allegation=allegation, day=day)
    asked = law.ask(question)
    for_all = next((each for each in granted or () if each.on_person is None), None)
    decision = Decision.objects.create(
        case=case,
        kind=kind,
        day=day,
        persons=persons,
        base_version=base_version,
        recorded_at=at,
        law_question=question,
        law_answer=asked,
        pack_hash=asked["pack_hash"],
        proceeding=follow_move(
            case=case,
            kind=move,
            moves_on=moves_on,
            body_name=content.body_name.strip(),
            day=day,
            by=by,
            at=at,
        ),
        ground=content.ground,
        reason=content.reason.strip(),
        body_name=content.body_name.strip(),
        number=content.number.strip(),
        relief=for_all.relief if for_all else "",
        was_barred=for_all.is_barred if for_all else None,
        in_spite=content.in_spite.strip() if for_all and for_all.is_barred else "",
        reverses=_reversed(case) if move.asks("reverses") else None,
    )
    journal.record(
        act="case.decided",
        subject_kind="case",
        subject_key=case.key,
        by=by,
        at=at,
        reason_code=counted(kind=kind, day=day, persons=persons),
    )
    plain_states.refresh(case, at)
    return decision


def counted(*, kind: str, day: dt.date, persons: int) -> str:
    """What figures count of a decision, as its journal entry commits to it: an auditor recounts it."""
    return f"{kind} {day.isoformat()} {persons}"


def _is_head(case: Case, by: Actor) -> bool:
    return can(viewer=by, kind="case", key=case.key, compartment=HEADSHIP, action="rw")


def _sent_before(
    case: Case, kind: str, content: Content, *, day: dt.date, persons: int, version: int
) -> Decision:
    """The same decision upon the same version: a double click. Anything else is another editor's."""
    same = case.decisions.filter(
        kind=kind,
        day=day,
        persons=persons,
        base_version=version,
        ground=content.ground,
        reason=content.reason.strip(),
        body_name=content.body_name.strip(),
        number=content.number.strip(),
    ).first()
    if same is None or _said_of_persons(same) != _to_be_said(content):
        raise ChangedMeanwhileProblem
    return same


def _said_of_persons(decision: Decision) -> set[tuple[object, ...]]:
    return set(decision.rulings.values_list("person_id", "sentence", "months"))


def _to_be_said(content: Content) -> set[tuple[object, ...]]:
    return {(each.person.pk, each.sentence, each.months) for each in content.on_persons}


def _refuse_barred(granted: list[Granted], content: Content) -> None:
    """The register keeps what a court did against the law, but never without a word of why."""
    barred = [each for each in granted if each.is_barred]
    if barred and not content.in_spite.strip():
        named = dict.fromkeys(term("reliefs", each.relief) for each in barred)
        raise ReliefBarredError(barred, reliefs=", ".join(named))


def _revives(case: Case, move: DecisionKind) -> bool:
    """A decision that brings back a case that had ended."""
    stages = country().procedure.stages
    ended = case.stage in stages and not stages[case.stage].is_open
    return ended and move.ends == "pending" and move.asks("reverses")


def _reversed(case: Case) -> Decision | None:
    """The last decision that ended or interrupted the case, or judged somebody."""
    ends = ("terminated", "interrupted", "convicted", "acquitted", "court_terminated")
    kinds = [kind.code for kind in country().procedure.kinds.values() if kind.ends in ends]
    return case.decisions.filter(kind__in=kinds).order_by("base_version").last()


def _rule(decision: Decision, move: DecisionKind, content: Content, granted: list[Granted]) -> None:
    """What it says of each person whom it names."""
    of = {each.on_person.person.pk: each for each in granted if each.on_person}
    for each in content.on_persons:
        found = of.get(each.person.pk)
        is_barred = found.is_barred if found else None
        Ruling.objects.create(
            case=decision.case,
            decision=decision,
            person=each.person,
            charge=charge_of(each.person),
            sentence=each.sentence,
            months=each.months,
            relief=found.relief if found else "",
            was_barred=is_barred,
            in_spite=content.in_spite.strip() if is_barred else "",
            law_question=found.question if found else {},
            law_answer=found.answer if found else {},
        )


def _move_states(case: Case, move: DecisionKind, content: Content, *, revives: bool) -> None:
    named = {each.person.pk for each in content.on_persons}
    suspects = country().vocabularies["person_roles"].meaning("suspect")
    for person in case.persons.filter(role__in=suspects):
        is_charged = person.charges.filter(withdrawn_day=None).exists()
        if person.pk in named:
            state = state_of_named(move, person, is_charged=is_charged)
        else:
            state = state_of_others(move, person, is_charged=is_charged, revives=revives)
        if state != person.state:
            _set_state(person, state)


def _set_state(person: Person, state: str) -> None:
    """A person and the charges that stand against them."""
    person.state = state
    person.save(update_fields=["state"])
    Charge.objects.filter(person=person, withdrawn_day=None).update(state=state)


def _move_clocks(
    case: Case, allegation: Allegation, move: DecisionKind, *, by: Actor, at: dt.datetime
) -> None:
    stop_clocks(case=case, rules=(*move.meets, *move.starts), by=by, at=at)
    for rule in move.starts:
        start_clock(case=case, allegation=allegation, rule=rule, by=by, at=at)
    suspend_clocks(case=case, rules=move.suspends, reason=move.code, by=by, at=at)
    resume_clocks(case=case, rules=move.resumes, by=by, at=at)
