import datetime as dt
import uuid
from collections.abc import Collection

from django.db.models import Q, QuerySet

from arasha.actors import JOB, USER, Actor
from arasha.country import local_day
from arasha.people.models import (
    Appointment,
    Command,
    Institution,
    Invitation,
    Post,
    Restoration,
    User,
)
from arasha.people.roles import HEAD, MONITOR, PROSECUTOR, REGISTRAR, SUPERVISOR
from arasha.people.tokens import digest
from arasha.references import findable


def in_force(day: dt.date, prefix: str = "") -> Q:
    """Rows whose from_day/until_day (inclusive) hold on `day`."""
    return Q(**{f"{prefix}from_day__lte": day}) & (
        Q(**{f"{prefix}until_day__isnull": True}) | Q(**{f"{prefix}until_day__gte": day})
    )


def posts_of(*, viewer: Actor, user_key: uuid.UUID | str, day: dt.date) -> QuerySet[Post]:
    """The posts that a person holds on a day."""
    return Post.objects.filter(
        in_force(day, "appointments__"),
        appointments__user_id=user_key,
        appointments__user__left_at__isnull=True,
    ).distinct()


def commanders_of(*, viewer: Actor, place_key: uuid.UUID, day: dt.date) -> QuerySet[Institution]:
    """The institutions that command a place on a day."""
    return Institution.objects.filter(in_force(day, "commands__"), commands__place_id=place_key)


def commanders_by_place(*, viewer: Actor, day: dt.date) -> dict[uuid.UUID, list[str]]:
    """The codes of the institutions that command each place on a day, by the place's key."""
    found: dict[uuid.UUID, list[str]] = {}
    rows = Command.objects.filter(in_force(day)).values_list("place_id", "institution__code")
    for place, code in rows:
        found.setdefault(place, []).append(code)
    return found


def at_work(*, viewer: Actor, keys: Collection[uuid.UUID]) -> QuerySet[User]:
    """Those of these people who have not left and can sign in."""
    return User.objects.filter(pk__in=keys, is_active=True, left_at__isnull=True)


def heads_of(*, viewer: Actor, place_key: uuid.UUID, day: dt.date) -> QuerySet[Appointment]:
    """Who was in charge of this place on that day."""
    return Appointment.objects.filter(
        in_force(day), post__place_id=place_key, post__role=HEAD
    ).select_related("user", "post__institution")


def people_in(
    *, viewer: Actor, institution: Institution, role: str, day: dt.date
) -> QuerySet[User]:
    """Who holds a post with this role in an institution on a day: whom its bell rings for."""
    found = User.objects.filter(
        in_force(day, "appointments__"),
        appointments__post__institution=institution,
        appointments__post__role=role,
        left_at__isnull=True,
    )
    return found.distinct()


def staffed(*, viewer: Actor, role: str, day: dt.date) -> QuerySet[Institution]:
    """The institutions where somebody holds a post with this role on a day."""
    filled = Appointment.objects.filter(in_force(day), post__role=role, user__left_at__isnull=True)
    return Institution.objects.filter(pk__in=filled.values("post__institution_id"))


def find_user(*, viewer: Actor, key: uuid.UUID | str) -> User | None:
    return User.objects.filter(pk=key).first()


def is_registrar(*, viewer: Actor, at: dt.datetime) -> bool:
    """True for who keeps the registers of places, institutions and posts."""
    return posts_held(viewer=viewer, at=at).filter(role=REGISTRAR).exists()


def knows_unofficial(*, viewer: Actor, at: dt.datetime) -> bool:
    """Whether the viewer may know of places that no authority admits to.

    Monitors of the preventive mechanism, and who leads them or keeps their registers: nobody else,
    because whoever runs such a place would empty it (docs/adr/0023-unofficial-places.md).
    """
    if viewer.kind == JOB:
        return True
    posts = posts_held(viewer=viewer, at=at)
    groups = institutions_with(viewer=viewer, role=MONITOR).values("pk")
    near = Q(role__in=(SUPERVISOR, REGISTRAR), institution__in=groups)
    return posts.filter(Q(role=MONITOR) | near).exists()


def posts_held(*, viewer: Actor, at: dt.datetime) -> QuerySet[Post]:
    """The viewer's own posts at this moment, with their institutions."""
    if viewer.kind != USER:
        return Post.objects.none()
    posts = posts_of(viewer=viewer, user_key=viewer.key, day=local_day(at))
    return posts.select_related("institution")


def institutions_managed(*, viewer: Actor, at: dt.datetime) -> QuerySet[Institution]:
    """The institutions whose people the viewer manages."""
    posts = posts_held(viewer=viewer, at=at).filter(manages_people=True)
    return Institution.objects.filter(pk__in=posts.values("institution_id")).order_by("code")


def people_managed(*, viewer: Actor, at: dt.datetime, text: str = "") -> QuerySet[User]:
    """Everybody who holds a post now in an institution that the viewer manages."""
    mine = institutions_managed(viewer=viewer, at=at).values("pk")
    found = User.objects.filter(
        in_force(local_day(at), "appointments__"),
        appointments__post__institution__in=mine,
        left_at__isnull=True,
    )
    if text := findable(text):
        found = found.filter(Q(full_name__contains=text) | Q(email__icontains=text))
    return found.distinct().order_by("full_name")


def appointments_of(*, viewer: Actor, user: User) -> QuerySet[Appointment]:
    return user.appointments.select_related("post__institution").order_by("-from_day")


def posts_managed(*, viewer: Actor, at: dt.datetime) -> QuerySet[Post]:
    """The posts that the viewer may fill."""
    mine = institutions_managed(viewer=viewer, at=at).values("pk")
    return Post.objects.filter(institution__in=mine).select_related("institution")


def open_invitations(*, viewer: Actor, at: dt.datetime) -> QuerySet[Invitation]:
    """Invitations of the viewer's institutions that may still become an account."""
    return (
        Invitation.objects.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=at),
            post__in=posts_managed(viewer=viewer, at=at).values("pk"),
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
        )
        .select_related("post__institution")
        .order_by("invited_at")
    )


def restorations_to_confirm(*, viewer: Actor, at: dt.datetime) -> QuerySet[Restoration]:
    """Lost passkeys in the viewer's institutions that wait for a second people-manager."""
    people = people_managed(viewer=viewer, at=at).values("pk")
    return Restoration.objects.filter(
        user__in=people, confirmed_at__isnull=True, withdrawn_at__isnull=True
    ).select_related("user")


def institutions(*, viewer: Actor, kind: str = "") -> QuerySet[Institution]:
    """The register of institutions; it is open to everybody on the desk."""
    found = Institution.objects.select_related("region", "parent").order_by("code")
    return found.filter(kind=findable(kind)) if kind else found


def prosecutors(*, viewer: Actor) -> QuerySet[Institution]:
    """The offices that have a prosecutor: whom a case may be referred to, in any country."""
    return institutions_with(viewer=viewer, role=PROSECUTOR)


def posts_in(*, viewer: Actor, institution: Institution) -> QuerySet[Post]:
    return institution.posts.select_related("place").order_by("role")


def commands_of(*, viewer: Actor, institution: Institution) -> QuerySet[Command]:
    return institution.commands.select_related("place").order_by("place__code", "-from_day")


def invitation_behind(*, viewer: Actor, token: str, at: dt.datetime) -> Invitation | None:
    """The invitation that a valid link belongs to; the token is the right to see it."""
    return (
        Invitation.objects.filter(
            token_hash=digest(token),
            expires_at__gt=at,
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
        )
        .select_related("post__institution")
        .first()
    )


def restoration_behind(*, viewer: Actor, token: str, at: dt.datetime) -> Restoration | None:
    """The restoration that a valid link belongs to; the token is the right to see it."""
    return (
        Restoration.objects.filter(
            token_hash=digest(token),
            expires_at__gt=at,
            used_at__isnull=True,
            withdrawn_at__isnull=True,
            user__left_at__isnull=True,
        )
        .select_related("user")
        .first()
    )


def institutions_with(*, viewer: Actor, role: str) -> QuerySet[Institution]:
    """The institutions that have a post with this role, filled or not."""
    offices = Post.objects.filter(role=role).values("institution_id")
    return Institution.objects.filter(pk__in=offices).order_by("code")
