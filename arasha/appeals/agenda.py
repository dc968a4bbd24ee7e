import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.appeals import selectors
from arasha.appeals.models import Appeal
from arasha.country import country
from arasha.engines.notes import grouped
from arasha.rows import AgendaItem

MOST = 50


def agenda(*, viewer: Actor, at: dt.datetime) -> list[AgendaItem]:
    """Appeals that nobody has answered or passed on, those whose day comes first."""
    found = selectors.appeals_in_hand(viewer=viewer)[:MOST]
    return [
        AgendaItem(
            title=_("Appeal %(code)s") % {"code": grouped(appeal.code)},
            url=reverse("appeals:appeal", args=[appeal.key]),
            due_at=_end_of_day(appeal),
            kind=_("Answer") if appeal.opened_day else _("Open"),
        )
        for appeal in found
    ]


def _end_of_day(appeal: Appeal) -> dt.datetime | None:
    if appeal.answer_by_day is None:
        return None
    return dt.datetime.combine(appeal.answer_by_day, dt.time.max, tzinfo=country().timezone)
