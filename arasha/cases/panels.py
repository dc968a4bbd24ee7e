"""A case as a picture and as answers: typed rows for its page."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arasha.actors import Actor
from arasha.cases import selectors
from arasha.cases.answers import Said, all_said
from arasha.cases.models import Allegation, AllegationOutcome, Case, Deadline, Decision, SameEvent
from arasha.cases.scenario_form import as_query
from arasha.cases.tellings import LINKED
from arasha.country import country, local_day, term


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of the timeline; `note` says how many, where, or until which minute."""

    day: dt.date
    title: str
    note: str
    state: Literal["done", "running", "late"]


@dataclass(frozen=True, slots=True)
class Rules:
    """The answers of a day: what the case is and who investigates, then every way out of punishment.

    `again`: the same facts for the page that asks about another day, as the query of its address.
    """

    first: list[Said]
    ways_out: list[Said]
    again: str


def timeline(*, viewer: Actor, case: Case, at: dt.datetime, language: str) -> list[Moment]:
    """What is said to have happened, the decisions and the clocks of a case, in the order of days."""
    told = selectors.allegations(viewer=viewer, case=case)
    decided = selectors.decisions(viewer=viewer, case=case)
    clocks = selectors.clocks(viewer=viewer, case=case)
    moments = [_event(each, language) for each in told]
    moments += [_decided(each, language) for each in decided]
    joined = selectors.joined_to(viewer=viewer, case=case)
    moments += [_joined(each) for each in joined]
    moments += [_clock(each, at=at, language=language) for each in clocks]
    linked = selectors.same_events(viewer=viewer, case=case).filter(state=LINKED)
    moments += [_linked(each) for each in linked]
    return sorted(moments, key=lambda moment: moment.day)


def what_the_rules_say(*, viewer: Actor, decision: Decision, language: str) -> Rules:
    """The stored answers of the engine, in the reader's language."""
    pairs = list(zip(decision.law_question["ask"], decision.law_answer["answers"], strict=True))
    return Rules(
        first=all_said((pair for pair in pairs if "relief" not in pair[0]), language),
        ways_out=all_said((pair for pair in pairs if "relief" in pair[0]), language),
        again=as_query(decision.law_question),
    )


def _event(allegation: Allegation, language: str) -> Moment:
    where = allegation.place.name.get(language, allegation.place.code) if allegation.place else ""
    day = allegation.happened_from or local_day(allegation.received_at)
    if allegation.happened_from is None:
        return Moment(day, _("Received; the day on which it happened is not known"), where, "done")
    return Moment(day, _("Said to have happened"), where, "done")


def _linked(pair: SameEvent) -> Moment:
    day = local_day(pair.settled_at or pair.found_at)
    return Moment(day, _("Linked: another case tells of the same event"), pair.other.number, "done")


def _joined(outcome: AllegationOutcome) -> Moment:
    return Moment(
        outcome.day, _("A report was joined"), term("joining_reasons", outcome.reason), "done"
    )


def _decided(decision: Decision, language: str) -> Moment:
    title = country().term("decisions", decision.kind).in_(language)
    concerns = ngettext("%(n)d person", "%(n)d persons", decision.persons)
    note = concerns % {"n": decision.persons} if decision.persons else ""
    return Moment(decision.day, title, note, "done")


def _clock(deadline: Deadline, *, at: dt.datetime, language: str) -> Moment:
    name = country().deadlines[deadline.rule].name.in_(language)
    if deadline.met_at is not None and deadline.replaced_by:
        instead = country().deadlines[deadline.replaced_by].name.in_(language)
        note = _("since then runs: %(term)s") % {"term": instead}
        return Moment(local_day(deadline.met_at), name, note, "done")
    if deadline.met_at is not None:
        words = {"due": _day(local_day(deadline.due_at))}
        late = deadline.met_at > deadline.due_at
        note = _("met late, due %(due)s") if late else _("met, due %(due)s")
        return Moment(local_day(deadline.met_at), name, note % words, "done")
    if deadline.is_standing:
        return _stands(deadline, name)
    local = deadline.due_at.astimezone(country().timezone)
    note = _("until %(minute)s") % {"minute": date_format(local, "DATETIME_FORMAT")}
    return Moment(local.date(), name, note, "late" if deadline.due_at < at else "running")


def _stands(deadline: Deadline, name: str) -> Moment:
    """Nothing is due, and nothing is late, while it stands."""
    opened = [each.from_at for each in deadline.suspensions.all() if each.until_at is None]
    day = local_day(max(opened, default=deadline.started_at))
    note = _("stands since %(day)s: nothing is due") % {"day": _day(day)}
    return Moment(day, name, note, "running")


def _day(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")
