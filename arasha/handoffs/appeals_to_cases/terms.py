"""Referrals that a prosecutor has to register: the clock runs before there is a case."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.cases.receiving import REGISTRATION
from arasha.country import country
from arasha.handoffs.appeals_to_cases import selectors
from arasha.rows import TermItem

MOST = 100


def waiting(*, viewer: Actor) -> list[TermItem]:
    """The referrals in the viewer's hands, by the clock of their registration."""
    name = country().deadlines[REGISTRATION].name.in_(get_language() or "en")
    return [
        TermItem(
            key=f"referral-{referral.pk}",
            what=_("Referral: %(term)s") % {"term": name},
            number="",
            url=selectors.REFERRALS.url(referral),
            due_at=referral.answer_due_at,
            since_at=referral.made_at,
        )
        for referral in selectors.REFERRALS.to_answer(viewer=viewer)[:MOST]
    ]
