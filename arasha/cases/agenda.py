import datetime as dt

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.cases import selectors
from arasha.cases.models import (
    Allegation,
    Case,
    Decision,
    LawChange,
    RetentionList,
    TermRequest,
)
from arasha.country import country, local_day, term
from arasha.rows import AgendaItem, More, first_of


def agenda(*, viewer: Actor, at: dt.datetime) -> list[AgendaItem | More]:
    """What of the register waits for the viewer: a clock, an answer, a signature, a word to a victim, changed rules."""
    return [
        *first_of(
            selectors.allegations_in_hand(viewer=viewer),
            row=_report,
            title=_("Reports that wait"),
            url=reverse("cases:reports"),
        ),
        *_with_clocks(viewer),
        *first_of(
            selectors.requests_to_answer(viewer=viewer),
            row=_asked,
            title=_("Victims who asked for a term"),
            url=reverse("cases:list"),
        ),
        *first_of(
            selectors.untold(viewer=viewer),
            row=_untold,
            title=_("Decisions of which the victim was not told"),
            url=reverse("cases:list"),
        ),
        *first_of(
            selectors.to_approve(viewer=viewer),
            row=_to_approve,
            title=_("Decisions that wait for your approval"),
            url=reverse("cases:list"),
        ),
        *first_of(
            selectors.unclassified(viewer=viewer),
            row=_unclassified,
            title=_("Cases that nobody has classified"),
            url=reverse("cases:list"),
        ),
        *first_of(
            selectors.law_changes(viewer=viewer, in_hand=True),
            row=_changed,
            title=_("Cases under rules that changed"),
            url=reverse("cases:law_changes"),
        ),
        *first_of(
            selectors.lists_to_answer(viewer=viewer, at=at),
            row=_listed,
            title=_("Lists of what is to be destroyed"),
            url=reverse("cases:retention"),
        ),
    ]


def _report(allegation: Allegation) -> AgendaItem:
    return AgendaItem(
        title=_("Report of %(day)s") % {"day": _day(allegation.received_at)},
        url=reverse("cases:report", args=[allegation.key]),
        due_at=allegation.register_by_at,
        kind=_("Register it, pass it on, or join it"),
    )


def _with_clocks(viewer: Actor) -> list[AgendaItem | More]:
    return first_of(
        selectors.cases_in_hand(viewer=viewer).filter(next_due_at__isnull=False),
        row=_row,
        title=_("Cases with a term that runs"),
        url=reverse("cases:list"),
    )


def _row(case: Case) -> AgendaItem:
    return AgendaItem(
        title=_("Case %(number)s") % {"number": case.number},
        url=reverse("cases:case", args=[case.key]),
        due_at=case.next_due_at,
        kind=country().deadlines[case.next_due_rule].name.in_(get_language() or "en"),
    )


def _unclassified(case: Case) -> AgendaItem:
    return AgendaItem(
        title=_("Case %(number)s") % {"number": case.number},
        url=reverse("cases:in_law", args=[case.key]),
        due_at=None,
        kind=_("Classification to sign"),
    )


def _changed(change: LawChange) -> AgendaItem:
    return AgendaItem(
        title=_("Case %(number)s") % {"number": change.case.number},
        url=reverse("cases:in_law", args=[change.case_id]),
        due_at=None,
        kind=_("The law changed"),
    )


def _untold(decision: Decision) -> AgendaItem:
    words = {"number": decision.case.number, "decision": term("decisions", decision.kind)}
    return AgendaItem(
        title=_("Case %(number)s: %(decision)s") % words,
        url=reverse("cases:tell", args=[decision.case_id, decision.key]),
        due_at=None,
        kind=_("Tell the victim"),
    )


def _to_approve(decision: Decision) -> AgendaItem:
    words = {"number": decision.case.number, "decision": term("decisions", decision.kind)}
    return AgendaItem(
        title=_("Case %(number)s: %(decision)s") % words,
        url=reverse("cases:case", args=[decision.case_id]),
        due_at=None,
        kind=_("Approve it, or reverse it"),
    )


def _asked(asked: TermRequest) -> AgendaItem:
    """The rules name no day by which a victim must be answered: it says since when they wait."""
    words = {"number": asked.case.number, "day": date_format(asked.asked_day, "DATE_FORMAT")}
    return AgendaItem(
        title=_("Case %(number)s: a victim asked for a term on %(day)s") % words,
        url=reverse("cases:answer_request", args=[asked.case_id, asked.key]),
        due_at=None,
        kind=_("Answer to the victim"),
    )


def _listed(listed: RetentionList) -> AgendaItem:
    left: int = getattr(listed, "listed", 0) - getattr(listed, "taken", 0)
    said = ngettext(
        "List of %(day)s: %(n)d case to destroy", "List of %(day)s: %(n)d cases to destroy", left
    )
    return AgendaItem(
        title=said % {"day": _day(listed.made_at), "n": left},
        url=reverse("cases:retention_list", args=[listed.key]),
        due_at=None,
        kind=_("Agree, or withdraw it"),
    )


def _day(moment: dt.datetime) -> str:
    return date_format(local_day(moment), "DATE_FORMAT")
