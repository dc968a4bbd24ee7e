import datetime as dt

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.cases import selectors
from arasha.cases.models import Allegation, Case, Decision, LawChange
from arasha.country import country, local_day, term
from arasha.rows import AgendaItem, More, first_of


def agenda(*, viewer: Actor, at: dt.datetime) -> list[AgendaItem | More]:
    """Reports and cases in the viewer's hands: a clock runs, somebody was not told, a signature is missing, the rules changed."""
    return [
        *first_of(
            selectors.allegations_in_hand(viewer=viewer),
            row=_report,
            title=_("Reports that wait"),
            url=reverse("cases:reports"),
        ),
        *_with_clocks(viewer),
        *first_of(
            selectors.untold(viewer=viewer),
            row=_untold,
            title=_("Decisions of which the victim was not told"),
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


def _day(moment: dt.datetime) -> str:
    return date_format(local_day(moment), "DATE_FORMAT")
