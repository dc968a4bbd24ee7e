"""Why a person may or may not see a record, in words that name the row and the cell."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from arasha.access.models import Bar, Grant
from arasha.access.policy import INSTITUTION, PERSON, POLICY
from arasha.access.selectors import barred, live
from arasha.access.words import BAR_REASONS
from arasha.actors import Actor
from arasha.country import local_day
from arasha.people.models import Post, User
from arasha.people.selectors import posts_held
from arasha.references import Reference


@dataclass(frozen=True, slots=True)
class Answer:
    """One compartment of a record, for one person."""

    compartment: str
    allowed: bool
    reason: str


def find_person(*, viewer: Actor, email: str) -> User | None:
    return User.objects.filter(email__iexact=email.strip()).first()


def explain(*, viewer: Actor, person: User, record: Reference, at: dt.datetime) -> list[Answer]:
    """Say for every compartment of a record which grant and cell open it, or what is missing.

    `viewer` is who asks: `arasha why` on the server. The answers name grants, never content.
    """
    actor = Actor.user(person.pk)
    bar = barred(viewer=actor, kind=record.kind, at=at).filter(subject_key=record.key).first()
    posts = list(posts_held(viewer=actor, at=at))
    grants = list(_naming(person, posts, record))
    return [
        _answer(
            compartment, person=person, posts=posts, grants=grants, bar=bar, record=record, at=at
        )
        for compartment in POLICY[record.kind]
    ]


def _answer(
    compartment: str,
    *,
    person: User,
    posts: list[Post],
    grants: list[Grant],
    bar: Bar | None,
    record: Reference,
    at: dt.datetime,
) -> Answer:
    if bar is not None:
        return Answer(compartment, False, _barred(bar))
    if person.left_at is not None or not posts:
        return Answer(compartment, False, _("holds no post today, and rights hang on posts"))
    cells = POLICY[record.kind][compartment]
    for held in (grant for grant in grants if _is_live(grant, at)):
        for post in posts:
            right = cells.get((held.basis, post.role))
            if right is not None and _reaches(held, person, post):
                return Answer(compartment, True, _opened(held, post, right))
    return Answer(compartment, False, _missing(record.kind, compartment, posts, grants, at))


def _naming(person: User, posts: list[Post], record: Reference) -> list[Grant]:
    holders = Q(holder_kind=PERSON, holder_key=person.pk) | Q(
        holder_kind=INSTITUTION, holder_key__in=[post.institution_id for post in posts]
    )
    found = Grant.objects.filter(holders, subject_kind=record.kind, subject_key=record.key)
    return list(found.order_by("-since_at", "key"))


def _is_live(grant: Grant, at: dt.datetime) -> bool:
    return Grant.objects.filter(live(at), pk=grant.pk).exists()


def _reaches(grant: Grant, person: User, post: Post) -> bool:
    return grant.holder_key in (person.pk, post.institution_id)


def _barred(bar: Bar) -> str:
    return _("a bar stands against them since %(day)s (%(reason)s); a bar beats every grant") % {
        "day": local_day(bar.since_at).isoformat(),
        "reason": BAR_REASONS.get(bar.reason_code, bar.reason_code),
    }


def _opened(grant: Grant, post: Post, right: str) -> str:
    return _(
        "grant %(key)s (%(basis)s, %(holder)s, since %(day)s) and the post of %(role)s at"
        " %(institution)s: the cell %(basis)s × %(role)s gives “%(right)s”"
    ) % {
        "key": grant.key,
        "basis": grant.basis,
        "holder": grant.holder_kind,
        "day": local_day(grant.since_at).isoformat(),
        "role": post.role,
        "institution": post.institution.code,
        "right": right,
    }


def _missing(
    kind: str, compartment: str, posts: list[Post], grants: list[Grant], at: dt.datetime
) -> str:
    roles = sorted({post.role for post in posts})
    useful = [basis for (basis, role) in POLICY[kind][compartment] if role in roles]
    if not useful:
        return _("no grant could open it: the policy has no cell for the role %(roles)s here") % {
            "roles": ", ".join(roles)
        }
    needed = _("missing: a live grant “%(bases)s” to them or to their institution") % {
        "bases": "” / “".join(useful)
    }
    return "; ".join([needed, *(_ended(grant, at) for grant in grants)])


def _ended(grant: Grant, at: dt.datetime) -> str:
    told = {"key": grant.key, "basis": grant.basis}
    if grant.withdrawn_at is not None and grant.withdrawn_at <= at:
        told["day"] = local_day(grant.withdrawn_at).isoformat()
        return _("grant %(key)s (%(basis)s) was withdrawn on %(day)s") % told
    if grant.until_at is not None and grant.until_at <= at:
        told["day"] = local_day(grant.until_at).isoformat()
        return _("grant %(key)s (%(basis)s) ended on %(day)s") % told
    if grant.since_at > at:
        told["day"] = local_day(grant.since_at).isoformat()
        return _("grant %(key)s (%(basis)s) begins on %(day)s") % told
    return _("grant %(key)s (%(basis)s) is live, but has no cell for their role") % told
