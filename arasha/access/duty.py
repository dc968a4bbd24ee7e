"""Who breaks the glass, who is told at once, who reviews it afterwards."""

import datetime as dt
import uuid

from django.db.models import Q, QuerySet

from arasha.access.models import Breaking
from arasha.access.policy import POLICY
from arasha.access.selectors import barred_users, may_ask_who
from arasha.actors import USER, Actor
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
    if uuid.UUID(viewer.key) in {breaking.user_id, *_told(breaking)}:
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


def unreviewed(*, viewer: Actor, at: dt.datetime) -> list[Breaking]:
    """The breakings that wait for a review which the viewer may give, the latest due first."""
    posts = posts_held(viewer=viewer, at=at).filter(Q(role="supervisor") | Q(on_duty=True))
    near = {key for post in posts for key in family_of(institution=post.institution)}
    if not near:
        return []
    waiting = Breaking.objects.filter(institution__in=near, reviewed_at__isnull=True)
    found = waiting.select_related("user", "institution", "grant").order_by("review_by_at")
    return [each for each in found if may_review(viewer=viewer, breaking=each, at=at)]


def find_breaking(*, viewer: Actor, key: uuid.UUID, at: dt.datetime) -> Breaking | None:
    """For the breaker, for who was told, for who may review it, and for who may see the record."""
    found = Breaking.objects.select_related("user", "institution", "reviewer", "grant").filter(
        pk=key
    )
    breaking = found.first()
    if breaking is None or viewer.kind != USER:
        return None
    concerned = {breaking.user_id, breaking.reviewer_id, *_told(breaking)}
    subject = breaking.grant
    allowed = (
        uuid.UUID(viewer.key) in concerned
        or may_review(viewer=viewer, breaking=breaking, at=at)
        or may_ask_who(viewer=viewer, kind=subject.subject_kind, key=subject.subject_key)
    )
    return breaking if allowed else None


def _told(breaking: Breaking) -> set[uuid.UUID]:
    return set(breaking.told.values_list("user_id", flat=True))


def _responsible(*, institutions: object, at: dt.datetime) -> QuerySet[User]:
    posts = Q(appointments__post__role="supervisor") | Q(appointments__post__on_duty=True)
    here = Q(appointments__post__institution__in=institutions)
    serving = Q(is_active=True, left_at__isnull=True) & in_force(local_day(at), "appointments__")
    return User.objects.filter(serving & here & posts).distinct()


def _holds(at: dt.datetime, *, role: str, institution: uuid.UUID) -> Q:
    return in_force(local_day(at), "appointments__") & Q(
        appointments__post__role=role, appointments__post__institution=institution
    )
