import datetime as dt
from dataclasses import replace
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.appeals import selectors
from arasha.appeals.clocks import open_by
from arasha.appeals.models import Appeal
from arasha.appeals.selectors import Narrowed, ceremonies
from arasha.country import country, local_day
from arasha.engines.notes import grouped
from arasha.rows import MOST, AgendaItem, More, first_of


def agenda(*, viewer: Actor, at: dt.datetime) -> list[AgendaItem | More]:
    """Appeals that nobody has answered or passed on, and what else of them is due today."""
    today = local_day(at)
    rows = _waiting(viewer)
    rows += [
        _row(each.appeal, each.due_day, _("Remind the body"))
        for each in selectors.requests_due(viewer=viewer, day=today, action="rw")[:MOST]
    ]
    rows += [
        _row(each.appeal, each.due_day, _("Ask whether the person is safe"))
        for each in selectors.check_backs_due(viewer=viewer, day=today, action="rw")[:MOST]
    ]
    rows += [
        _row(each.appeal, None, _("Agree to destroy it, or keep it"))
        for each in selectors.erasures_to_confirm(viewer=viewer)[:MOST]
    ]
    return rows + [
        AgendaItem(
            title=_("Carry sealed appeals to the office key"),
            url=reverse("offices:export", args=[each.key]),
            due_at=_end_of(each.asked_day),
            kind=_("Confirm or decline"),
        )
        for each in ceremonies.exports_to_confirm(viewer=viewer, at=at)[:MOST]
    ]


def _waiting(viewer: Actor) -> list[AgendaItem | More]:
    """Who is in danger, what to open by the rule, and what to answer by its term."""
    in_hand = partial(selectors.appeals_in_hand, viewer=viewer)
    inbox = reverse("appeals:inbox")
    return [
        *(_in_danger(each) for each in in_hand(narrowed=Narrowed(danger=True))[:MOST]),
        *first_of(
            in_hand(narrowed=Narrowed(unopened=True)),
            row=lambda each: _row(each, open_by(each.received_day), _("Open")),
            title=_("Appeals that nobody has opened"),
            url=f"{inbox}?only=unopened",
        ),
        *first_of(
            in_hand(narrowed=Narrowed(unopened=False, danger=False)),
            row=lambda each: _row(each, each.answer_by_day, _("Answer")),
            title=_("Opened appeals that wait for an answer"),
            url=inbox,
        ),
    ]


def _in_danger(appeal: Appeal) -> AgendaItem:
    title = _("Danger now: appeal %(code)s") % {"code": grouped(appeal.code)}
    return replace(_row(appeal, appeal.answer_by_day, _("Answer")), title=title, is_danger=True)


def _row(appeal: Appeal, due_day: dt.date | None, kind: str) -> AgendaItem:
    return AgendaItem(
        title=_("Appeal %(code)s") % {"code": grouped(appeal.code)},
        url=reverse("appeals:appeal", args=[appeal.key]),
        due_at=_end_of(due_day),
        kind=kind,
    )


def _end_of(day: dt.date | None) -> dt.datetime | None:
    if day is None:
        return None
    return dt.datetime.combine(day, dt.time.max, tzinfo=country().timezone)
