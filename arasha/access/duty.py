"""Who breaks the glass, who is told at once, who reviews it afterwards."""

import datetime as dt
import uuid

from django.db.models import Q, QuerySet

from arasha.access.models import Breaking
from arasha.access.policy import POLICY
from arasha.access.selectors import barred_users
from arasha.actors import Actor
from arasha.country import local_day
from arasha.people.models import Institution, Post, User
from arasha.people.selectors import in_force, posts_held

TOLD_AT_ONCE = 2


def duty_posts(*, viewer: Actor, at: dt.datetime) -> QuerySet[Post]:
    """The posts by which a person may break the glass now."""
    return posts_held(viewer=viewer, at=at).filter(on_duty=True)


def opens(*, kind: str, role: str) -> bool:
    """Whether the policy has a break-glass cell for this role in any compartment of the kind."""
    return any(("breakglass", role) in cells for cells in POLICY.get(kind, {}).values())


def to_tell(
    *, viewer: Actor, institution: Institution, kind: str, key: uuid.UUID, at: dt.datetime
) -> list[User]:
    """Up to two supervisors or duty officers of the institution, supervisors first; never the breaker."""
    responsible = _responsible(institutions=[institution.pk], at=at).exclude(pk=viewer.key)
    fit = responsible.exclude(pk__in=barred_users(viewer=viewer, kind=kind, key=key, at=at))
    leads = set(
        fit.filter(_holds(at, role="supervisor", institution=institution.pk)).values_list(
            "pk", flat=True
        )
    )
    ordered = sorted(fit, key=lambda user: (user.pk not in leads, user.full_name, str(user.pk)))
    return ordered[:TOLD_AT_ONCE]


def may_review(*, viewer: Actor, breaking: Breaking, at: dt.datetime) -> bool:
    """A third: in charge at the institution or near it, neither the breaker nor told, not barred."""
    told = set(breaking.told.values_list("user_id", flat=True))
    if uuid.UUID(viewer.key) in told | {breaking.user_id}:
        return False
    subject = breaking.grant
    barred = barred_users(viewer=viewer, kind=subject.subject_kind, key=subject.subject_key, at=at)
    family = family_of(institution=breaking.institution)
    return (
        _responsible(institutions=family, at=at)
        .exclude(pk__in=barred)
        .filter(pk=viewer.key)
        .exists()
    )


def family_of(*, institution: Institution) -> QuerySet[Institution, uuid.UUID]:
    """An institution, the one above it, and the offices below either: small offices have no third."""
    above = institution.parent_id
    near = Q(pk=institution.pk) | Q(parent=institution.pk)
    if above is not None:
        near |= Q(pk=above) | Q(parent=above)
    return Institution.objects.filter(near).values_list("pk", flat=True)


def in_charge_at(*, viewer: Actor, at: dt.datetime) -> set[uuid.UUID]:
    """The institutions near which a person is a supervisor or on duty."""
    near: set[uuid.UUID] = set()
    for post in posts_held(viewer=viewer, at=at).filter(Q(role="supervisor") | Q(on_duty=True)):
        near.update(family_of(institution=post.institution))
    return near


def _responsible(*, institutions: object, at: dt.datetime) -> QuerySet[User]:
    posts = Q(appointments__post__role="supervisor") | Q(appointments__post__on_duty=True)
    here = Q(appointments__post__institution__in=institutions)
    serving = Q(is_active=True, left_at__isnull=True) & in_force(local_day(at), "appointments__")
    return User.objects.filter(serving & here & posts).distinct()


def _holds(at: dt.datetime, *, role: str, institution: uuid.UUID) -> Q:
    return in_force(local_day(at), "appointments__") & Q(
        appointments__post__role=role, appointments__post__institution=institution
    )
