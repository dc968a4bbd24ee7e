import datetime as dt
import uuid

from django.db.models import Exists, F, OuterRef, QuerySet

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.handoffs.appeals_to_cases.models import Answer, Referral
from arasha.people.selectors import posts_held
from arasha.problems import NotFoundProblem


def referrals(*, viewer: Actor) -> QuerySet[Referral]:
    """The referrals sent and received: first what waits, by its clock, then the newest answers."""
    may = visible(viewer=viewer, kind="referral", compartment="card")
    return (
        Referral.objects.filter(may)
        .select_related("sender", "receiver", "place")
        .order_by(F("answered_at").desc(nulls_first=True), "answer_due_at")
    )


def waiting(*, viewer: Actor) -> QuerySet[Referral]:
    """Referrals that the viewer's own institution has not answered."""
    may = visible(viewer=viewer, kind="referral", compartment="card", action="rw")
    return referrals(viewer=viewer).filter(may, answer=Answer.WAITING)


def refused_to(*, viewer: Actor, at: dt.datetime) -> QuerySet[Referral]:
    """Referrals that the viewer's institution sent: refused, and not made anew since."""
    mine = posts_held(viewer=viewer, at=at).values("institution_id")
    found = referrals(viewer=viewer).filter(answer=Answer.REFUSED, sender__in=mine)
    return found.filter(~_made_anew())


def appeals_to_take_back(*, viewer: Actor) -> QuerySet[Referral, uuid.UUID]:
    """Keys of the appeals whose newest referral was refused."""
    found = referrals(viewer=viewer).filter(answer=Answer.REFUSED)
    return found.filter(~_made_anew()).order_by().values_list("appeal_key", flat=True)


def find_referral(*, viewer: Actor, key: uuid.UUID) -> Referral:
    found = referrals(viewer=viewer).filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def may_write(*, viewer: Actor, referral: Referral) -> bool:
    """Whether the viewer's own institution is the receiver."""
    may = visible(viewer=viewer, kind="referral", compartment="card", action="rw")
    return Referral.objects.filter(may, pk=referral.pk).exists()


def may_answer(*, viewer: Actor, referral: Referral) -> bool:
    return waiting(viewer=viewer).filter(pk=referral.pk).exists()


def referral_of_appeal(*, viewer: Actor, appeal_key: uuid.UUID) -> Referral | None:
    return referrals(viewer=viewer).filter(appeal_key=appeal_key).order_by("-made_at").first()


def _made_anew() -> Exists:
    again = Referral.objects.filter(
        appeal_key=OuterRef("appeal_key"), made_at__gt=OuterRef("made_at")
    )
    return Exists(again)
