import datetime as dt
import uuid

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from arasha.actors import Actor
from arasha.cases.selectors import cases_of
from arasha.handoffs.appeals_to_cases.models import Referral
from arasha.handoffs.crossings import Answer
from arasha.handoffs.kinds import Kind
from arasha.people.selectors import posts_held

REFERRALS = Kind(
    rows=Referral.objects.select_related("place"),
    label=_("Referrals to prosecutors"),
    one=_("Referral"),
    page="appeals_to_cases:referral",
    answers="prosecutor",
    to_do=_("Accept or refuse"),
    reason=(_("Refused because"), "refusals"),
    reasons={
        Answer.PASSED_ON: (_("Passed on because"), "pass_on_reasons"),
        Answer.JOINED: (_("Joined because"), "joining_reasons"),
    },
)


def refused_to(*, viewer: Actor, at: dt.datetime) -> QuerySet[Referral]:
    """Referrals that the viewer's institution sent: refused, and not made anew since."""
    mine = posts_held(viewer=viewer, at=at).values("institution_id")
    return _refused_last(viewer).filter(sender__in=mine)


def appeals_to_take_back(*, viewer: Actor) -> QuerySet[Referral, uuid.UUID]:
    """Keys of the appeals whose newest referral was refused."""
    return _refused_last(viewer).order_by().values_list("appeal_key", flat=True)


def referral_of_appeal(*, viewer: Actor, appeal_key: uuid.UUID) -> Referral | None:
    found = REFERRALS.seen(viewer=viewer).filter(appeal_key=appeal_key)
    return found.order_by("-made_at").first()


def is_referred(*, viewer: Actor, appeal_key: uuid.UUID) -> bool:
    """Whether a prosecutor has it, or has it to answer."""
    found = REFERRALS.seen(viewer=viewer).filter(appeal_key=appeal_key)
    return found.exclude(answer__in=(Answer.REFUSED, Answer.PASSED_ON)).exists()


def registered_later(*, viewer: Actor) -> list[tuple[Referral, uuid.UUID]]:
    """Referrals that were passed on and registered after all, each with the key of its case."""
    rows = Referral.objects.filter(
        REFERRALS.may(viewer, "rw"), answer=Answer.PASSED_ON, case_key__isnull=True
    )
    waiting = {row.allegation_key: row for row in rows.select_related("sender", "receiver")}
    found = cases_of(viewer=viewer, keys=waiting.keys())
    return [(waiting[allegation], case) for allegation, case in found.items()]


def _refused_last(viewer: Actor) -> QuerySet[Referral]:
    again = Referral.objects.filter(
        appeal_key=OuterRef("appeal_key"), made_at__gt=OuterRef("made_at")
    )
    return REFERRALS.seen(viewer=viewer).filter(~Exists(again), answer=Answer.REFUSED)
