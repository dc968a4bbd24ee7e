import uuid

from django.db.models import QuerySet

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.handoffs.appeals_to_support.models import Consent, SupportReferral
from arasha.handoffs.crossings import Answer, of_appeal, seen
from arasha.problems import NotFoundProblem


def referrals(*, viewer: Actor) -> QuerySet[SupportReferral]:
    return seen(SupportReferral.objects.all(), viewer=viewer, kind="support_referral")


def referrals_of(*, viewer: Actor, appeal_key: uuid.UUID) -> QuerySet[SupportReferral]:
    return of_appeal(referrals(viewer=viewer), appeal_key)


def to_answer(*, viewer: Actor) -> QuerySet[SupportReferral]:
    rows = SupportReferral.objects.filter(answer=Answer.WAITING)
    return seen(rows, viewer=viewer, kind="support_referral", writable=True)


def find_referral(*, viewer: Actor, key: uuid.UUID) -> SupportReferral:
    found = referrals(viewer=viewer).filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def consent_to(*, viewer: Actor, referral: SupportReferral, write: bool = False) -> Consent | None:
    """The consent behind a referral; `write`: only for who may record that it was withdrawn."""
    may = visible(
        viewer=viewer,
        kind="support_referral",
        compartment="consent",
        action="rw" if write else "r",
        field="referral",
    )
    return Consent.objects.filter(may, referral=referral).first()


def may_write(*, viewer: Actor, referral: SupportReferral) -> bool:
    """Whether the viewer's own centre was asked, and the consent still lasts."""
    may = visible(viewer=viewer, kind="support_referral", compartment="card", action="rw")
    return SupportReferral.objects.filter(may, pk=referral.pk).exists()
