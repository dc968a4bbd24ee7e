import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.handoffs.appeals_to_cases import selectors
from arasha.rows import AgendaItem

MOST = 50


def agenda(*, viewer: Actor, at: dt.datetime) -> list[AgendaItem]:
    """Referrals to answer, and those that a receiver refused since they were sent."""
    to_answer = [
        AgendaItem(
            title=_("Referral of %(day)s") % {"day": f"{referral.made_at:%d.%m.%Y}"},
            url=reverse("appeals_to_cases:referral", args=[referral.key]),
            due_at=referral.answer_due_at,
            kind=_("Accept or refuse"),
        )
        for referral in selectors.waiting(viewer=viewer)[:MOST]
    ]
    refused = [
        AgendaItem(
            title=_("Referral of %(day)s was refused") % {"day": f"{referral.made_at:%d.%m.%Y}"},
            url=reverse("appeals_to_cases:referral", args=[referral.key]),
            due_at=referral.answered_at,
            kind=_("Decide what next"),
        )
        for referral in selectors.refused_to(viewer=viewer)[:MOST]
    ]
    return to_answer + refused
