import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.country import local_day
from arasha.handoffs.appeals_to_cases import selectors
from arasha.rows import AgendaItem

MOST = 50


def agenda(*, viewer: Actor, at: dt.datetime) -> list[AgendaItem]:
    """Referrals to answer, and those that a receiver refused since they were sent."""
    to_answer = [
        AgendaItem(
            title=_("Referral of %(day)s") % {"day": _day(referral.made_at)},
            url=selectors.REFERRALS.url(referral),
            due_at=referral.answer_due_at,
            kind=_("Accept or refuse"),
        )
        for referral in selectors.REFERRALS.to_answer(viewer=viewer)[:MOST]
    ]
    refused = [
        AgendaItem(
            title=_("Referral of %(day)s was refused") % {"day": _day(referral.made_at)},
            url=selectors.REFERRALS.url(referral),
            due_at=referral.answered_at,
            kind=_("Decide what next"),
        )
        for referral in selectors.refused_to(viewer=viewer, at=at)[:MOST]
    ]
    return to_answer + refused


def _day(moment: dt.datetime) -> str:
    return date_format(local_day(moment), "DATE_FORMAT")
