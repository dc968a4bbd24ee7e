import datetime as dt
import uuid
from collections.abc import Collection
from typing import Literal

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull
from django.utils import timezone

from arasha.access.models import Bar, Breaking, Grant
from arasha.access.policy import INSTITUTION, JOBS, PERSON, POLICY
from arasha.access.viewing import look_one_by_one, remembered
from arasha.actors import JOB, USER, Actor
from arasha.country import local_day
from arasha.people.models import Institution, User
from arasha.people.selectors import people_in, posts_of

Action = Literal["r", "rw"]
Bases = tuple[
    tuple[uuid.UUID, tuple[str, ...]], ...
]  # institutions, and the bases that count there
# So many grants that a row is asked about its grants, rather than all grants collected.
MANY = {"sqlite": 3_000, "postgresql": 10_000}
VERY_MANY = 50_000  # the second lock of PostgreSQL, too, is asked of each row
FEW = 3_000  # grants: what they open is read through faster than an index of the whole country's is
NOTHING = Q(pk__in=())
EVERYTHING = Q()


def visible(
    *,
    viewer: Actor,
    kind: str,
    compartment: str,
    action: Action = "r",
    at: dt.datetime | None = None,
    field: str = "pk",
) -> Q:
    """The rows of a compartment that a viewer may see, as one condition for lists and single records.

    `field` names the column that holds the record's key in the table asked.
    """
    if viewer.kind == JOB:
        right = JOBS.get(viewer.key, {}).get((kind, compartment))
        return EVERYTHING if right and action in (right, "r") else NOTHING
    moment = at or timezone.now()
    bases = _bases(viewer=viewer, kind=kind, compartment=compartment, action=action, at=moment)
    if not bases:
        return NOTHING
    grants = _granted(viewer=viewer, kind=kind, bases=bases, at=moment)
    bars = barred(viewer=viewer, kind=kind, at=moment)
    # Compartments that the same grants open are asked once, together.
    are_many = remembered(("many", viewer, kind, bases), lambda: _are_many(grants))
    return _on(field, grants, are_many=are_many) & ~Q(
        **{f"{field}__in": bars.values("subject_key")}
    )


def opens_little(*, viewer: Actor, kind: str, compartment: str) -> bool:
    """Whether so little of a compartment is open to a viewer that all of it may be read through."""
    if viewer.kind == JOB:
        return False
    open_to_them = granted(
        viewer=viewer, kind=kind, compartment=compartment, action="r", at=timezone.now()
    )
    return open_to_them is None or remembered(
        ("few", viewer, kind, compartment), lambda: not open_to_them[FEW : FEW + 1].exists()
    )


def can(
    *,
    viewer: Actor,
    kind: str,
    key: uuid.UUID,
    compartment: str,
    action: Action = "r",
    at: dt.datetime | None = None,
) -> bool:
    """Whether one record's compartment is open to a viewer, asked without the record's table."""
    may = visible(
        viewer=viewer, kind=kind, compartment=compartment, action=action, at=at, field="subject_key"
    )
    return Grant.objects.filter(may, subject_kind=kind, subject_key=key).exists()


def gave(*, viewer: Actor, kind: str, key: uuid.UUID, basis: str) -> bool:
    """Whether the viewer gave a grant on this record: it came by their own act."""
    return Grant.objects.filter(
        subject_kind=kind,
        subject_key=key,
        basis=basis,
        given_by_kind=viewer.kind,
        given_by_key=viewer.key,
    ).exists()


def opened_by(*, viewer: Actor, kind: str, key: uuid.UUID, at: dt.datetime) -> bool:
    """Whether any compartment of a record is open to a viewer."""
    return any(
        can(viewer=viewer, kind=kind, key=key, compartment=compartment, at=at)
        for compartment in POLICY.get(kind, {})
    )


def granted(
    *, viewer: Actor, kind: str, compartment: str, action: Action, at: dt.datetime
) -> QuerySet[Grant] | None:
    """The live grants that open a compartment to a person; None if no post of theirs has a cell."""
    bases = _bases(viewer=viewer, kind=kind, compartment=compartment, action=action, at=at)
    return _granted(viewer=viewer, kind=kind, bases=bases, at=at) if bases else None


def _granted(*, viewer: Actor, kind: str, bases: Bases, at: dt.datetime) -> QuerySet[Grant]:
    reasons = Q()
    for institution, of_post in bases:
        holder = Q(holder_kind=PERSON, holder_key=viewer.key) | Q(
            holder_kind=INSTITUTION, holder_key=institution
        )
        reasons |= holder & Q(basis__in=of_post)
    found = Grant.objects.filter(live(at), reasons, subject_kind=kind)
    if connection.vendor != "sqlite":
        return found
    # Said once more of all of them together: then SQLite finds them by their holder and their kind.
    # PostgreSQL does so without it, and would think that there are very few.
    holders: list[uuid.UUID | str] = [viewer.key, *(institution for institution, _ in bases)]
    return found.filter(holder_key__in=holders)


def barred(*, viewer: Actor, kind: str, at: dt.datetime) -> QuerySet[Bar]:
    """The bars that keep a person from records of a kind."""
    return Bar.objects.filter(
        _standing(at),
        subject_kind=kind,
        user_key=viewer.key if viewer.kind == USER else uuid.UUID(int=0),
    )


def barred_users(
    *, viewer: Actor, kind: str, key: uuid.UUID, at: dt.datetime
) -> QuerySet[Bar, uuid.UUID]:
    """Who must not hear of a record: only for the system's own choices, never for a page."""
    return Bar.objects.filter(_standing(at), subject_kind=kind, subject_key=key).values_list(
        "user_key", flat=True
    )


def people_to_tell(
    *,
    viewer: Actor,
    kind: str,
    key: uuid.UUID,
    at: dt.datetime,
    institution: Institution,
    role: str,
) -> QuerySet[User, uuid.UUID]:
    """For whom a bell rings about a record: who has the role in an institution and no bar."""
    people = people_in(viewer=viewer, institution=institution, role=role, day=local_day(at))
    barred_from_it = barred_users(viewer=viewer, kind=kind, key=key, at=at)
    return people.exclude(pk__in=barred_from_it).values_list("pk", flat=True)


def holders(
    *, viewer: Actor, kind: str, key: uuid.UUID, at: dt.datetime, basis: str = "assigned"
) -> QuerySet[Institution]:
    """The institutions in whose hands a record is."""
    held = Grant.objects.filter(
        live(at), subject_kind=kind, subject_key=key, holder_kind=INSTITUTION, basis=basis
    )
    return Institution.objects.filter(pk__in=held.values("holder_key")).order_by("code")


def holders_by_record(
    *, viewer: Actor, kind: str, keys: Collection[uuid.UUID], at: dt.datetime
) -> dict[uuid.UUID, set[uuid.UUID]]:
    """For many records at once: the keys of the institutions in whose hands each is."""
    held = Grant.objects.filter(
        live(at),
        subject_kind=kind,
        subject_key__in=keys,
        holder_kind=INSTITUTION,
        basis="assigned",
    )
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    for record, holder in held.values_list("subject_key", "holder_key"):
        found.setdefault(record, set()).add(holder)
    return found


def grants_on(*, viewer: Actor, kind: str, key: uuid.UUID) -> QuerySet[Grant]:
    """Every reason there is or was to see a record, newest first, for who may see its summary."""
    found = Grant.objects.filter(subject_kind=kind, subject_key=key).order_by("-since_at", "key")
    return found if may_ask_who(viewer=viewer, kind=kind, key=key) else found.none()


def breakings_of(*, viewer: Actor, kind: str, key: uuid.UUID) -> QuerySet[Breaking]:
    """Every time the glass was broken on a record, for ever, for who may see its summary."""
    found = (
        Breaking.objects.filter(grant__subject_kind=kind, grant__subject_key=key)
        .select_related("user", "institution", "reviewer", "grant")
        .order_by("-opened_at")
    )
    return found if may_ask_who(viewer=viewer, kind=kind, key=key) else found.none()


def may_ask_who(*, viewer: Actor, kind: str, key: uuid.UUID) -> bool:
    """Who may see a record's summary may see who else may, and who did."""
    if kind not in POLICY:
        return False
    return can(viewer=viewer, kind=kind, key=key, compartment=first_compartment(kind))


def first_compartment(kind: str) -> str:
    """The compartment that says least: a summary, a card."""
    return next(iter(POLICY[kind]))


def live(moment: dt.datetime) -> Q:
    """Grants in force at a moment."""
    return (
        Q(since_at__lte=moment)
        & (Q(until_at__isnull=True) | Q(until_at__gt=moment))
        & (Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=moment))
    )


def _on(field: str, grants: QuerySet[Grant], *, are_many: bool) -> Q:
    """Rows that have one of these grants: one subquery, in the form that costs least."""
    if are_many:
        # Of each row, its first grant: PostgreSQL would collect the grants of an EXISTS all the same.
        first = grants.filter(subject_key=OuterRef(field)).values("key")[:1]
        return Q(IsNull(Subquery(first), False))
    return Q(**{f"{field}__in": grants.values("subject_key")})


def _are_many(grants: QuerySet[Grant]) -> bool:
    """Whether to ask each row costs less than to collect all keys first (benchmarks-names.md has the times)."""
    many = MANY[connection.vendor]
    if not grants[many : many + 1].exists():
        return False
    if connection.vendor == "postgresql" and grants[VERY_MANY : VERY_MANY + 1].exists():
        look_one_by_one()
    return True


def _standing(moment: dt.datetime) -> Q:
    return Q(since_at__lte=moment) & (Q(lifted_at__isnull=True) | Q(lifted_at__gt=moment))


def _bases(*, viewer: Actor, kind: str, compartment: str, action: Action, at: dt.datetime) -> Bases:
    """Where a person holds a post that opens a compartment, and on which bases, by the policy's cells."""
    if viewer.kind != USER:
        return ()
    day = local_day(at)
    posts = remembered(
        ("posts", viewer, day),
        lambda: list(posts_of(viewer=viewer, user_key=viewer.key, day=day)),
    )
    cells = POLICY[kind][compartment]
    found: dict[tuple[uuid.UUID, tuple[str, ...]], None] = {}
    for post in posts:
        bases = tuple(
            basis
            for (basis, role), right in cells.items()
            if role == post.role and action in (right, "r")
        )
        if bases:
            found[post.institution_id, bases] = None
    return tuple(found)
