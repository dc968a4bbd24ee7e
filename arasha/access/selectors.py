import datetime as dt
from typing import Literal

from django.db.models import Q
from django.utils import timezone

from arasha.access.models import INSTITUTION, PERSON, Bar, Grant
from arasha.access.policy import JOBS, POLICY
from arasha.actors import JOB, USER, Actor
from arasha.people.selectors import posts_of

NOTHING = Q(pk__in=())
EVERYTHING = Q()


def visible(
    *,
    viewer: Actor,
    kind: str,
    compartment: str,
    action: Literal["r", "rw"] = "r",
    at: dt.datetime | None = None,
    field: str = "pk",
) -> Q:
    """The rows of a compartment that a viewer may see, as one condition for lists and single records.

    `field` names the column that holds the record's key in the table asked.
    """
    if viewer.kind == JOB:
        right = JOBS.get(viewer.key, {}).get((kind, compartment))
        return EVERYTHING if right and action in (right, "r") else NOTHING
    if viewer.kind != USER:
        return NOTHING
    moment = at or timezone.now()
    reasons = _reasons(viewer=viewer, kind=kind, compartment=compartment, action=action, at=moment)
    if reasons is None:
        return NOTHING
    grants = Grant.objects.filter(_live(moment), reasons, subject_kind=kind)
    bars = Bar.objects.filter(
        Q(lifted_at__isnull=True) | Q(lifted_at__gt=moment),
        subject_kind=kind,
        user_key=viewer.key,
        since_at__lte=moment,
    )
    return Q(**{f"{field}__in": grants.values("subject_key")}) & ~Q(
        **{f"{field}__in": bars.values("subject_key")}
    )


def _live(moment: dt.datetime) -> Q:
    return (
        Q(since_at__lte=moment)
        & (Q(until_at__isnull=True) | Q(until_at__gt=moment))
        & (Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=moment))
    )


def _reasons(
    *, viewer: Actor, kind: str, compartment: str, action: str, at: dt.datetime
) -> Q | None:
    """Grants to the person or to an institution where they hold a post, by the policy's cells."""
    cells = POLICY[kind][compartment]
    reasons: Q | None = None
    for post in posts_of(viewer=viewer, user_key=viewer.key, day=at.date()):
        bases = [
            b for (b, role), right in cells.items() if role == post.role and action in (right, "r")
        ]
        if bases:
            holder = Q(holder_kind=PERSON, holder_key=viewer.key) | Q(
                holder_kind=INSTITUTION, holder_key=post.institution_id
            )
            reason = holder & Q(basis__in=bases)
            reasons = reason if reasons is None else reasons | reason
    return reasons
