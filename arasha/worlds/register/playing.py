"""Plays a script: reported, registered, people and events entered, signed, decided, told; each on its day."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from arasha.actors import Actor
from arasha.cases import services as cases
from arasha.cases.deciding.content import Content, OnPerson
from arasha.cases.errors import BodyInConflictError
from arasha.cases.models import Allegation, Case, Decision, Person
from arasha.cases.receiving import CITIZEN
from arasha.cases.services.classifying import Finding
from arasha.cases.services.events import Done, Happened
from arasha.cases.telling_apart import SUSPECT as A_SUSPECT
from arasha.cases.telling_apart import About, Who, means
from arasha.country import country, local_day
from arasha.engines.dates import UNKNOWN, Partial, read
from arasha.worlds.register.scripts import Decided, Script, Signed, Somebody
from arasha.worlds.stage import Demo

OFFICE = "prosecutor-samal"
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
ALLEGED, DID, OFFICIAL = "alleged", "did", "official"  # pack: states, degrees; law: capacities
Row = TypeVar("Row")


@dataclass
class Matter:
    """A case of the demo while its story is told: every act upon its version of now."""

    demo: Demo
    case: Case
    people: list[tuple[Somebody, Person]] = field(default_factory=list)

    def do(
        self, act: Callable[..., Row], /, *, days: float = 0, by: Actor | None = None, **said: Any
    ) -> Row:
        """One act of the prosecutor's, so many days after registration."""
        self.case.refresh_from_db()
        return act(
            **said, base_version=self.case.version, by=by or self.prosecutor, at=self.on(days)
        )

    def on(self, days: float) -> dt.datetime:
        return min(self.case.registered_at + days * DAY, self.demo.at)

    def who(self, meaning: str) -> list[Person]:
        return [person for said, person in self.people if means(said.role) == meaning]

    @property
    def prosecutor(self) -> Actor:
        return self.demo.actor("prosecutor", OFFICE)

    @property
    def head(self) -> Actor:
        return self.demo.actor("supervisor", OFFICE)


def play(demo: Demo, script: Script, *, registered_at: dt.datetime | None = None) -> Matter:
    """Bring a case as far as its script says."""
    at = registered_at or demo.at - script.days_ago * DAY
    report = told(demo, script, at=at - 2 * HOUR)
    case = cases.register(
        allegation=report,
        holder=demo.institutions[OFFICE],
        number_register=first("registers"),
        number=f"DEMO-{at:%y%m%d}-{script.days_ago:03d}",
        number_day=local_day(at),
        number_issuer=next(iter(demo.institutions[OFFICE].name.values())),
        by=demo.actor("prosecutor", OFFICE),
        at=at,
    )
    matter = Matter(demo, case)
    enter_people(matter, script.people)
    enter_event(matter, script, report)
    follow(matter, script)
    return matter


def told(demo: Demo, script: Script, *, at: dt.datetime) -> Allegation:
    """A report that came in at the office's own door."""
    day = _day_of(script, local_day(at))
    who = next((each for each in script.people if each.name), None)
    of_citizen = script.source == CITIZEN
    return cases.take_report(
        key=uuid.uuid4(),
        report=cases.Report(
            source=script.source,
            source_words=script.source_words,
            account=script.account,
            conduct=script.conduct,
            capacity=OFFICIAL,
            criteria=script.signed[0].criteria if script.signed else (),
            received_at=at,
            place=demo.places[script.place],
            happened=day,
            happened_words=script.happened,
            consent=first("consents"),
            teller=cases.Teller(name=who.name if who else "№ 14 камерадағы адам", is_victim=True)
            if of_citizen
            else None,
            warned_day=local_day(at) if of_citizen else None,
        ),
        office=demo.institutions[OFFICE],
        by=demo.actor("prosecutor", OFFICE),
        at=at,
    )


def enter_people(matter: Matter, people: tuple[Somebody, ...]) -> None:
    for each in people:
        about = About(
            role=each.role,
            sex=each.sex if each.name else "",
            capacity=OFFICIAL if means(each.role) == A_SUSPECT else "",
            agency=each.agency if each.agency in country().authorities else "",
        )
        who = Who(
            name=each.name,
            born=read(each.born) if each.born else UNKNOWN,
            born_words=each.born,
            marks=each.marks,
        )
        person = matter.do(cases.add_person, case=matter.case, about=about, who=who)
        matter.people.append((each, person))


def enter_event(matter: Matter, script: Script, report: Allegation) -> None:
    """What happened, to each victim who was entered, and who is said to have done it."""
    if not script.methods:
        return
    received = local_day(report.received_at)
    day = Partial(report.happened_from, report.happened_to, "day")
    happened = Happened(place=report.place, day=day, words=report.happened_words)
    event = matter.do(cases.add_event, case=matter.case, happened=happened)
    criteria = tuple(report.criteria)
    for victim in matter.who("victim"):
        done = Done(victim=victim, methods=script.methods, criteria=criteria, harm=script.harm)
        act = matter.do(cases.add_act, event=event, done=done)
        for suspect in matter.who(A_SUSPECT):
            matter.do(
                cases.involve,
                act=act,
                person=suspect,
                degree=DID,
                capacity=OFFICIAL,
                state=ALLEGED,
                since_day=received,
            )


def follow(matter: Matter, script: Script) -> None:
    """Signatures, charges and decisions, in the order of their days."""
    if script.refused and any(each.agency in country().authorities for each in script.people):
        _refused(matter, script.signed[0], script.refused)
    moves: list[Signed | Decided] = sorted(
        [*script.signed, *script.decided], key=lambda move: move.days
    )
    if script.told:
        tell(matter, matter.case.decisions.get(), script.told, days=1)
    for move in moves:
        if isinstance(move, Signed):
            sign(matter, move)
        elif move.kind in country().procedure.kinds:
            decide(matter, move)


def sign(matter: Matter, move: Signed) -> None:
    """The prosecutor's signature after a fresh second factor; charges follow the first one."""
    is_first = not matter.case.classifications.exists()
    matter.do(
        cases.classify,
        case=matter.case,
        finding=_finding(move),
        factor_at=matter.on(move.days),
        days=move.days,
    )
    charged = [person for said, person in matter.people if said.is_charged]
    for person in charged if is_first else ():
        person.refresh_from_db()
        matter.do(
            cases.charge,
            person=person,
            conduct=move.conduct,
            part=_part(move),
            day=local_day(matter.on(move.days + 1)),
            days=move.days + 1,
        )


def decide(matter: Matter, move: Decided) -> None:
    kind = country().procedure.kinds[move.kind]
    on_persons = _charged(matter, judges=kind.judges) if kind.counts_persons else ()
    made = matter.do(
        cases.decide,
        case=matter.case,
        kind=move.kind,
        day=local_day(matter.on(move.days)),
        content=Content(
            ground=move.ground,
            reason=move.reason,
            body_name=move.court,
            number=f"DEMO-{move.days}" if move.court else "",
            in_spite=move.in_spite,
            on_persons=on_persons,
        ),
        days=move.days,
        by=matter.head if move.by_head else None,
    )
    if move.told and kind.tells_victim:
        tell(matter, made, move.told, days=move.days + 2)


def tell(matter: Matter, decision: Decision, way: str, *, days: float) -> None:
    victim = next(iter(matter.who("victim")), None)
    day = local_day(matter.on(days))
    matter.do(cases.tell_victim, decision=decision, person=victim, way=way, day=day, days=days)


def first(vocabulary: str) -> str:
    return next(iter(country().vocabularies[vocabulary].terms))


def _refused(matter: Matter, move: Signed, body_kind: str) -> None:
    """The rules name another body, and suspects serve in this one: the warning stays in the journal."""
    finding = _finding(move, body_kind)
    try:
        matter.do(cases.classify, case=matter.case, finding=finding, factor_at=matter.on(0))
    except BodyInConflictError as refused:
        cases.note_conflict(
            case=matter.case,
            conflicts=refused.conflicts,
            body_kind=body_kind,
            by=matter.prosecutor,
            at=matter.on(0),
        )


def _finding(move: Signed, body_kind: str = "") -> Finding:
    return Finding(
        conduct=move.conduct,
        part=_part(move),
        capacity=OFFICIAL,
        criteria=move.criteria,
        body_kind=body_kind or move.body_kind,
        reason=move.reason,
        reason_words=move.words,
    )


def _part(move: Signed) -> int | None:
    """The part of the article, where this country's article has it."""
    return move.part if move.part in country().law.parts_of(move.conduct) else None


def _charged(matter: Matter, *, judges: bool) -> tuple[OnPerson, ...]:
    return tuple(
        OnPerson(person=person, sentence=said.sentence, months=said.months)
        if judges
        else OnPerson(person=person)
        for said, person in matter.people
        if said.is_charged
    )


def _day_of(script: Script, received: dt.date) -> Partial:
    if script.happened:
        return read(script.happened)
    days_ago = script.happened_days_ago - script.days_ago if script.happened_days_ago else 3
    day = received - days_ago * DAY
    return Partial(day, day, "day")
