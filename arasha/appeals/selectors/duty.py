"""The duty line: who is on it now, which calls nobody has read, where the roster has holes."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet

from arasha.access.selectors import visible
from arasha.actors import JOB, Actor
from arasha.appeals.models import Appeal, DutyCall, Shift
from arasha.country import local_day
from arasha.people.models import Institution, User
from arasha.people.roles import OFFICER, SUPERVISOR
from arasha.people.selectors import people_in, posts_held

DUTY_LINE = "duty_line"  # the kind of institution that answers such calls
LEVELS = (1, 2)
EVERYBODY = 3  # nobody on duty has read it: every officer of the line, and whoever leads it
AHEAD = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Gap:
    """Hours in which nobody is on a level."""

    level: int
    from_at: dt.datetime
    until_at: dt.datetime


def lines(*, viewer: Actor, at: dt.datetime) -> list[Institution]:
    """The duty lines where the viewer holds a post."""
    posts = posts_held(viewer=viewer, at=at).filter(
        institution__kind=DUTY_LINE, role__in=(OFFICER, SUPERVISOR)
    )
    return list({post.institution_id: post.institution for post in posts}.values())


def calls(*, viewer: Actor) -> QuerySet[DutyCall]:
    """The calls open to a viewer: unread first, the longest silent on top; then the last read."""
    may = visible(viewer=viewer, kind="appeal", compartment="summary", field="appeal")
    return (
        DutyCall.objects.filter(may)
        .select_related("appeal__recipient_set__institution")
        .order_by(F("read_at").desc(nulls_first=True), "received_at")
    )


def call_of(*, viewer: Actor, appeal: Appeal) -> DutyCall | None:
    return calls(viewer=viewer).filter(appeal=appeal).first()


def unread(*, viewer: Actor) -> QuerySet[DutyCall]:
    return calls(viewer=viewer).filter(read_at__isnull=True)


def on_shift(
    *, viewer: Actor, institution: Institution, level: int, at: dt.datetime
) -> set[uuid.UUID]:
    """Who is on a level of the roster at a moment, and still holds a post there."""
    shifts = Shift.objects.filter(
        institution=institution, level=level, from_at__lte=at, until_at__gt=at
    )
    planned = set(shifts.values_list("user_id", flat=True))
    return planned & _keys(members(viewer=viewer, institution=institution, at=at))


def on_level(
    *, viewer: Actor, institution: Institution, level: int, at: dt.datetime
) -> set[uuid.UUID]:
    """Whom a level rings; EVERYBODY are all officers of the line and whoever leads them."""
    if level != EVERYBODY:
        return on_shift(viewer=viewer, institution=institution, level=level, at=at)
    leads = people_in(viewer=viewer, institution=institution, role=SUPERVISOR, day=local_day(at))
    return _keys(members(viewer=viewer, institution=institution, at=at)) | _keys(leads)


def rung(*, viewer: Actor, call: DutyCall, at: dt.datetime) -> QuerySet[User]:
    """Who is on the level that a call has rung."""
    line = call.appeal.recipient_set.institution
    people = on_level(viewer=viewer, institution=line, level=call.level, at=at)
    return User.objects.filter(pk__in=people).order_by("full_name")


def first_level_staffed(*, viewer: Actor, institution: Institution, at: dt.datetime) -> int:
    """The lowest level with somebody on it now; EVERYBODY if the roster is empty."""
    staffed = (
        level
        for level in LEVELS
        if on_shift(viewer=viewer, institution=institution, level=level, at=at)
    )
    return next(staffed, EVERYBODY)


def members(*, viewer: Actor, institution: Institution, at: dt.datetime) -> QuerySet[User]:
    """Who can be put on the roster: the officers of the line."""
    return people_in(viewer=viewer, institution=institution, role=OFFICER, day=local_day(at))


def may_plan(*, viewer: Actor, institution: Institution, at: dt.datetime) -> bool:
    if viewer.kind == JOB:
        return True
    posts = posts_held(viewer=viewer, at=at)
    return posts.filter(institution=institution, role=SUPERVISOR).exists()


def roster(*, viewer: Actor, institution: Institution, at: dt.datetime) -> QuerySet[Shift]:
    """Who is on duty from now on."""
    # A shift that was taken off before it began ends when it begins.
    shifts = Shift.objects.filter(institution=institution, until_at__gt=at).filter(
        until_at__gt=F("from_at")
    )
    return shifts.select_related("user").order_by("from_at", "level")


def find_shift(*, viewer: Actor, key: uuid.UUID, at: dt.datetime) -> Shift | None:
    """A shift of a line where the viewer holds a post."""
    mine = [each.pk for each in lines(viewer=viewer, at=at)]
    return Shift.objects.select_related("institution").filter(pk=key, institution__in=mine).first()


def gaps(*, viewer: Actor, institution: Institution, at: dt.datetime) -> list[Gap]:
    """The hours of the next week in which a level has nobody."""
    shifts = list(roster(viewer=viewer, institution=institution, at=at))
    return [
        gap
        for level in LEVELS
        for gap in _gaps(level, (each for each in shifts if each.level == level), at=at)
    ]


def _gaps(level: int, shifts: Iterable[Shift], *, at: dt.datetime) -> Iterable[Gap]:
    covered, end = at, at + AHEAD
    for shift in shifts:
        if shift.from_at > covered:
            yield Gap(level, covered, min(shift.from_at, end))
        covered = max(covered, shift.until_at)
        if covered >= end:
            return
    if covered < end:
        yield Gap(level, covered, end)


def _keys(people: QuerySet[User]) -> set[uuid.UUID]:
    return set(people.values_list("pk", flat=True))
