"""Asks the law: which provision, is this way out barred, who investigates, when is it due."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from arasha.engines.law.questions import (
    Ask,
    AskDeadline,
    AskInvestigator,
    AskProvision,
    AskRelief,
    AskReport,
    Facts,
)
from arasha.engines.law.reports import on_report
from arasha.engines.law.rules import Checked, Law, Offence, Rule, V, Version, weakest
from arasha.engines.law.steps import Step, bare_step, principle, step, unknown
from arasha.engines.law.terms import IsWorking, add_months, due_at

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Piece:
    """The answer if the act ended on a day from `first` to `last`."""

    first: dt.date
    last: dt.date
    value: str | None
    barred: bool | None


@dataclass(frozen=True, slots=True)
class Answer:
    """`barred` None: not asked, it depends, or the pack does not know.

    `depends`: the answer for each part of an uncertain interval; `value` and `barred` are then None.
    `checked`: how well the weakest of its sources was checked.
    """

    value: str | None
    barred: bool | None
    due_at: dt.datetime | None
    depends: tuple[Piece, ...] | None
    steps: tuple[Step, ...]
    needs_review: bool

    @property
    def checked(self) -> Checked:
        return weakest(*(step.checked for step in self.steps))


@dataclass(frozen=True, slots=True)
class Finding:
    """What the law says for one day of the act."""

    steps: tuple[Step, ...]
    value: str | None = None
    barred: bool | None = None
    is_unsure: bool = False  # no source says it: two wordings nobody compared, or one nobody knows


def answer(law: Law, ask: Ask, *, zone: dt.tzinfo, is_working: IsWorking) -> Answer:
    """Answer one question under `law`; `zone` and `is_working` are the country's clock and calendar.

    A bar on the act's clock holds only if it held on the act's last day and in every version since, up to
    the decision: a worsening law has no retroactive force, a milder one has.
    """
    match ask:
        case AskRelief():
            return _relief(law, ask)
        case AskProvision():
            changes, later = law.offences.changes, _later_offences(law, ask)
            return _over_interval(
                ask.facts, changes, lambda _, day: _provision(law, ask, day, later)
            )
        case AskInvestigator():
            return _answered([(ask.facts.act_from, ask.facts.act_to, _investigator(law, ask))])
        case AskReport():
            return _report(law, ask)
        case AskDeadline():
            return _deadline(law, ask, zone, is_working)


def _relief(law: Law, ask: AskRelief) -> Answer:
    rules = law.bars[ask.relief].get(ask.facts.conduct, ())
    rule = _covering(rules, ask.facts.part)
    assumed = _assumed_part(law, ask.facts, rules)
    if rule is None:
        finding = Finding((*assumed, unknown(law, "bar.unknown", day=ask.decision_day)))
        return _answered([(ask.facts.act_from, ask.facts.act_to, finding)])
    if rule.clock == "act":
        return _over_interval(
            ask.facts,
            rule.changes,
            lambda first, last: _bar_since(law, rule, (first, last), ask.decision_day, assumed),
        )
    finding = _bar_on(law, rule, ask.decision_day, assumed)
    return _answered([(ask.facts.act_from, ask.facts.act_to, finding)])


def _bar_since(
    law: Law,
    rule: Rule[bool],
    ended: tuple[dt.date, dt.date],
    decision: dt.date,
    assumed: tuple[Step, ...],
) -> Finding:
    """The milder-law rule: barred only if barred on the day of the act and in every version since.

    The act `ended` on a day from the first to the last, between which the law was the same.
    """
    act = ended[1]
    first = _bar_on(law, rule, act, assumed)
    later = rule.starting_in(act, decision)
    later = later if law.counts_intermediate else later[-1:]
    values = [first.barred, *(version.value for version in later)]
    steps = [*first.steps, *_later_steps(law, first.barred, later)]
    since = rule.changes if law.counts_intermediate else {decision}
    gaps = [day for day in since if act < day <= decision and rule.on(day) is None]
    if gaps and first.barred is not None:
        values.append(None)
        steps.append(unknown(law, "bar.unknown", day=min(gaps)))
    barred = False if False in values else None if None in values else True
    if barred is False:
        steps += _limitation(law, [rule.on(act), *later], sorted(set(ended)))
    return Finding(tuple(steps), barred=barred, is_unsure=barred is None)


def _limitation(
    law: Law, versions: Iterable[Version[bool] | None], ends: Iterable[dt.date]
) -> Iterable[Step]:
    """For each day on which the act may have ended at the earliest and at the latest: from which day
    limitation releases, by the shortest term of the wordings that count.
    """
    limited = [(v.limitation_months, v) for v in versions if v and v.limitation_months]
    if limited:
        months, version = min(limited, key=lambda found: found[0])
        for act in ends:
            day = add_months(act, months)
            yield bare_step(law, "bar.limitation", version, act=act, months=months, day=day)


def _bar_on(law: Law, rule: Rule[bool], day: dt.date, assumed: tuple[Step, ...]) -> Finding:
    version = rule.on(day)
    if version is None:
        return Finding((*assumed, unknown(law, "bar.unknown", day=day)))
    sentence = _BAR_SENTENCE[version.value]
    steps = (*assumed, step(law, sentence, version, day=day))
    return Finding(steps, barred=version.value, is_unsure=version.value is None)


_BAR_SENTENCE = {True: "bar.barred", False: "bar.open", None: "bar.unknown"}


def _later_steps(law: Law, before: bool | None, later: Sequence[Version[bool]]) -> Iterable[Step]:
    """What changed after the act, and the principle that says whether the change counts."""
    for version in later:
        if version.value is True and before is not True:
            yield step(law, "bar.later_barred", version, day=version.counts_from)
            yield principle(law, "no_retroactive_worsening")
        if version.value is False and before is not False:
            yield step(law, "bar.later_open", version, day=version.counts_from)
            yield principle(law, "milder_law")
        if version.value is None:
            yield step(law, "bar.unknown", version, day=version.counts_from)
        before = version.value


def _provision(
    law: Law, ask: AskProvision, day: dt.date, told: Sequence[tuple[dt.date, Step]]
) -> Finding:
    facts, version = ask.facts, law.offences.on(day)
    if version is None:
        return Finding((unknown(law, "classify.unknown", day=day),))
    offence = _named(version, facts)
    later = [step for since, step in told if since > day]
    if offence is None or facts.capacity not in offence.capacities:
        reason = "classify.not_covered" if offence is None else "classify.person_not_covered"
        after = [principle(law, "no_retroactive_worsening")] if later else []
        return Finding((step(law, reason, version, day=day), *later, *after))
    known = step(law, "classify.covered", version, day=day, provision=offence.provision)
    if not later or _is_marked(law, version, ask, day):
        return Finding((known, *later), offence.provision)
    compare = unknown(law, "classify.compare")
    return Finding((known, *later, compare), offence.provision, is_unsure=True)


def _named(version: Version[tuple[Offence, ...]], facts: Facts) -> Offence | None:
    """The offence in this wording; one without a part of its own stands for every part."""
    offences = [o for o in version.value or () if o.conduct == facts.conduct]
    return next((o for o in offences if o.part in (facts.part, 0)), None)


def _later_offences(law: Law, ask: AskProvision) -> list[tuple[dt.date, Step]]:
    """The wordings that took force after the first day of the act, each with its first day."""
    steps = []
    for version in law.offences.starting_in(ask.facts.act_from, ask.decision_day or dt.date.max):
        offence = _named(version, ask.facts)
        if offence and ask.facts.capacity in offence.capacities:
            fields = {"day": version.counts_from, "provision": offence.provision}
            steps.append((version.counts_from, step(law, "classify.later", version, **fields)))
    return steps


def _is_marked(
    law: Law, version: Version[tuple[Offence, ...]], ask: AskProvision, day: dt.date
) -> bool:
    later = law.offences.starting_in(day, ask.decision_day or dt.date.max)
    pairs = {(version.counts_from, other.counts_from) for other in later}
    return pairs <= law.milder_pairs


def _investigator(law: Law, ask: AskInvestigator) -> Finding:
    rules = law.investigators.get(ask.facts.conduct, ())
    assumed = _assumed_part(law, ask.facts, rules)
    rule = _covering(rules, ask.facts.part)
    version = rule.on(ask.step_day) if rule else None
    if version is None or version.value is None:
        return Finding((*assumed, unknown(law, "investigator.unknown", day=ask.step_day)))
    found = step(law, f"investigator.{version.value}", version, day=ask.step_day)
    return Finding((*assumed, found), version.value)


def _report(law: Law, ask: AskReport) -> Answer:
    said = on_report(law, ask.report, ask.step_day)
    value = None if said.holds is None else "yes" if said.holds else "no"
    is_unsure = said.step.checked == "unverified"
    return Answer(value, None, None, None, (said.step,), needs_review=is_unsure)


def _deadline(law: Law, ask: AskDeadline, zone: dt.tzinfo, is_working: IsWorking) -> Answer:
    day = ask.start.astimezone(zone).date()
    version = law.deadlines[ask.code].on(day)
    if version is None or version.value is None:
        missing = unknown(law, "deadline.unknown", day=day)
        return Answer(None, None, None, None, (missing,), needs_review=True)
    term = version.value
    due = due_at(term, ask.start, zone=zone, is_working=is_working, suspensions=ask.suspensions)
    steps = (step(law, f"deadline.{term.unit}", version, amount=term.amount, day=day),)
    return Answer(None, None, due, None, steps, steps[0].checked == "unverified")


def _covering(rules: Iterable[Rule[V]], part: int) -> Rule[V] | None:
    return next((rule for rule in rules if rule.covers(part)), None)


def _assumed_part(law: Law, facts: Facts, rules: Sequence[Rule[V]]) -> tuple[Step, ...]:
    """Where parts are treated differently and none was given, the answer says what it assumed."""
    if facts.part_is_given or not any(rule.parts for rule in rules):
        return ()
    newest = law.offences.versions[-1]
    return (step(law, "classify.basic_part", newest, part=facts.part),)


def _over_interval(
    facts: Facts, changes: Iterable[dt.date], find: Callable[[dt.date, dt.date], Finding]
) -> Answer:
    """Ask once for each part of the act's interval in which the law was the same."""
    inside = sorted(day for day in changes if facts.act_from < day <= facts.act_to)
    starts = [facts.act_from, *inside]
    ends = [*(day - DAY for day in inside), facts.act_to]
    pieces = zip(starts, ends, strict=True)
    return _answered([(first, last, find(first, last)) for first, last in pieces])


def _answered(found: list[tuple[dt.date, dt.date, Finding]]) -> Answer:
    groups = [
        list(same)
        for _, same in groupby(found, key=lambda piece: (piece[2].value, piece[2].barred))
    ]
    steps = _steps_of([finding for _, _, finding in found])
    unsure = any(finding.is_unsure for _, _, finding in found)
    review = len(groups) > 1 or unsure or any(s.checked == "unverified" for s in steps)
    only = groups[0][0][2]
    if len(groups) == 1:
        return Answer(only.value, only.barred, None, None, steps, review)
    pieces = tuple(
        Piece(same[0][0], same[-1][1], same[0][2].value, same[0][2].barred) for same in groups
    )
    return Answer(None, None, None, pieces, steps, review)


def _steps_of(findings: Sequence[Finding]) -> tuple[Step, ...]:
    """All steps in order; one that several parts of the interval share is told once."""
    if len(findings) == 1:
        return findings[0].steps
    told = (found for finding in findings for found in finding.steps)
    return tuple({(s.instrument, s.article, *s.text.values()): s for s in told}.values())
