import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.country import local_day
from arasha.handoffs.listing import KINDS
from arasha.rows import AgendaItem

MOST = 50


def agenda(*, viewer: Actor, at: dt.datetime) -> list[AgendaItem]:
    """What was passed to the viewer's institution and waits, those first whose day comes first."""
    return [
        AgendaItem(
            title=_("%(what)s, %(day)s") % {"what": kind.one, "day": _day(each.made_at)},
            url=kind.url(each),
            due_at=each.answer_due_at,
            kind=str(kind.to_do),
        )
        for kind in KINDS
        for each in kind.to_answer(viewer=viewer)[:MOST]
    ]


def _day(moment: dt.datetime) -> str:
    return date_format(local_day(moment), "DATE_FORMAT")
