import datetime as dt

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.cases import selectors
from arasha.cases.models import Case
from arasha.country import country
from arasha.rows import AgendaItem, More, first_of


def agenda(*, viewer: Actor, at: dt.datetime) -> list[AgendaItem | More]:
    """Cases in the viewer's hands with a clock that runs."""
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
