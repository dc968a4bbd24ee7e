"""An appeal as a picture: what was done, what runs, what is late."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.appeals import selectors
from arasha.appeals.models import Appeal, BodyRequest, CheckBack, Closing, Reply, Term
from arasha.appeals.words import STATE_NAMES, days_left
from arasha.country import country, term
from arasha.places.templatetags.names import in_language


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of the timeline."""

    day: dt.date
    title: str
    note: str = ""
    state: Literal["done", "running", "late"] = "done"


@dataclass(frozen=True, slots=True)
class Clock:
    """A term as the page shows it. `doubt`: why a reader should not rely on it, in a sentence."""

    term: Term
    name: str
    left: str
    is_late: bool
    stands_since: dt.date | None
    stands_because: str
    extended: list[str]
    doubt: str


def timeline(*, viewer: Actor, appeal: Appeal, today: dt.date) -> list[Moment]:
    """Everything dated that the server knows of an appeal, in the order of days."""
    moments = list(_of_appeal(appeal))
    for request in selectors.requests(viewer=viewer, appeal=appeal):
        moments += _of_request(request, today)
    for check_back in selectors.check_backs(viewer=viewer, appeal=appeal):
        moments.append(_of_check_back(check_back, today))
    for closing in selectors.closings(viewer=viewer, appeal=appeal):
        moments += _of_closing(closing)
    for reply in selectors.replies_of(viewer=viewer, appeal=appeal):
        moments.append(_of_reply(reply))
    for number in selectors.numbers(viewer=viewer, appeal=appeal):
        moments.append(
            Moment(number.on_day, _("Number given"), f"{number.issuer}: {number.number}")
        )
    moments += [_of_term(each, today) for each in selectors.terms(viewer=viewer, appeal=appeal)]
    return sorted(moments, key=lambda moment: moment.day)


def clocks(*, viewer: Actor, appeal: Appeal, today: dt.date) -> list[Clock]:
    """The terms of an appeal, each with what makes it doubtful."""
    return [_clock(each, today) for each in selectors.terms(viewer=viewer, appeal=appeal)]


def _of_reply(reply: Reply) -> Moment:
    if reply.state:
        return Moment(reply.on_day, _("Mailbox told"), str(STATE_NAMES[reply.state]))
    return Moment(reply.on_day, _("Reply put into the mailbox"))


def _of_appeal(appeal: Appeal) -> Iterator[Moment]:
    yield Moment(appeal.received_day, _("Received"))
    if appeal.opened_day:
        yield Moment(appeal.opened_day, _("First opened"))
    if appeal.withdrawn_day:
        yield Moment(appeal.withdrawn_day, _("The person asked to withdraw"))
    if appeal.erased_day:
        yield Moment(appeal.erased_day, _("What was sealed was destroyed"))


def _of_request(request: BodyRequest, today: dt.date) -> Iterator[Moment]:
    body = in_language(request.institution.name)
    asked = term("body_requests", request.asks_for)
    yield Moment(request.asked_day, _("Asked of a body"), f"{body}: {asked}")
    if request.reminded_day:
        said = ngettext("%(n)d reminder", "%(n)d reminders", request.reminders)
        yield Moment(request.reminded_day, _("A reminder was due"), said % {"n": request.reminders})
    if request.escalated_day:
        yield Moment(request.escalated_day, _("The supervisor was told"), body)
    if request.answered_day:
        answer = term("body_answers", request.answer)
        yield Moment(request.answered_day, _("The body answered"), f"{body}: {answer}")
    else:
        late = request.due_day < today
        yield Moment(
            request.due_day,
            _("The body should answer"),
            f"{body} · {days_left(request.due_day, today)}",
            "late" if late else "running",
        )


def _of_check_back(check_back: CheckBack, today: dt.date) -> Moment:
    if check_back.done_day:
        found = term("check_back_findings", check_back.found)
        return Moment(check_back.done_day, _("Asked whether the person is safe"), found)
    return Moment(
        check_back.due_day,
        _("Ask whether the person is safe"),
        days_left(check_back.due_day, today),
        "late" if check_back.due_day < today else "running",
    )


def _of_closing(closing: Closing) -> Iterator[Moment]:
    answered = term("answer_ways", closing.answered)
    outcome = term("appeal_outcomes", closing.outcome)
    yield Moment(closing.outcome_day, outcome, _("Answered: %(how)s") % {"how": answered})
    if closing.reopened_day:
        reason = term("reopening_reasons", closing.reopening_reason)
        yield Moment(closing.reopened_day, _("Opened again"), reason)


def _of_term(term_: Term, today: dt.date) -> Moment:
    name = _name(term_)
    if term_.met_day:
        due = date_format(term_.due_day, "DATE_FORMAT")
        late = term_.met_day > term_.due_day
        note = _("met late, due %(due)s") if late else _("met, due %(due)s")
        return Moment(term_.met_day, name, note % {"due": due})
    late = term_.due_day < today
    left = days_left(term_.due_day, today)
    return Moment(term_.due_day, name, left, "late" if late else "running")


def _clock(term_: Term, today: dt.date) -> Clock:
    standing = next((each for each in term_.suspensions.all() if each.until_day is None), None)
    runs = term_.met_day is None and standing is None
    return Clock(
        term=term_,
        name=_name(term_),
        left=days_left(term_.due_day, today) if runs else "",
        is_late=runs and term_.due_day < today,
        stands_since=standing.from_day if standing else None,
        stands_because=term("suspension_reasons", standing.reason_code) if standing else "",
        extended=[term("extension_reasons", each.reason_code) for each in term_.extensions.all()],
        doubt=_doubt(term_),
    )


def _doubt(term_: Term) -> str:
    if term_.needs_review:
        return _("Not checked against the official text: a lawyer must confirm it.")
    if term_.pack_hash != country().hash:
        return _("Counted by an earlier version of the country's rules.")
    return ""


def _name(term_: Term) -> str:
    known = country().deadlines.get(term_.code)
    return known.name.in_(get_language() or "en") if known else term_.code
