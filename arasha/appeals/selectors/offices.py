"""Small offices: who could open what waits, who is away, and which second office reads in their place."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from django.db.models import F, QuerySet

from arasha.actors import JOB, Actor
from arasha.appeals.clocks import OPENED_WITHIN_WORKING_DAYS, working_days_between
from arasha.appeals.models import Appeal, StandIn
from arasha.appeals.selectors.coverage import live_officers
from arasha.appeals.selectors.inbox import OPEN, appeals
from arasha.appeals.selectors.passing import AT_ONCE, with_holders
from arasha.country import local_day
from arasha.engines.sealing import body_told
from arasha.people.models import Institution, User
from arasha.people.roles import OFFICER, SUPERVISOR
from arasha.people.selectors import in_force, people_in, posts_held
from arasha.trust.models import RecipientSet
from arasha.trust.selectors import newest_sets

FEWEST_LIVE = 2


@dataclass(frozen=True, slots=True)
class Office:
    """A body's newest list, and how many of its officers have shown lately that their key opens."""

    recipient_set: RecipientSet
    live: int
    seconds: list[Institution]

    @property
    def institution(self) -> Institution:
        return self.recipient_set.institution

    @property
    def is_thin(self) -> bool:
        return self.live < FEWEST_LIVE


def offices(*, viewer: Actor, at: dt.datetime) -> list[Office]:
    """The bodies with a list of recipients where the viewer holds a post; all of them for a job.

    Those who are told names are no office: they read what the body's own list reads.
    """
    sets = newest_sets(viewer=viewer)
    found = [each for each in sets if each.officers and not body_told(each.institution.code)]
    if viewer.kind != JOB:
        posts = posts_held(viewer=viewer, at=at).filter(role__in=(OFFICER, SUPERVISOR))
        mine = set(posts.values_list("institution_id", flat=True))
        found = [each for each in found if each.institution_id in mine]
    return [
        Office(
            recipient_set=each,
            live=live_officers(viewer=viewer, recipient_set=each, day=local_day(at)),
            seconds=list(second_offices(viewer=viewer, recipient_set=each)),
        )
        for each in found
    ]


def second_offices(*, viewer: Actor, recipient_set: RecipientSet) -> QuerySet[Institution]:
    """The other institutions whose people hold a key of this list."""
    others = [code for code in recipient_set.offices if code != recipient_set.institution.code]
    return Institution.objects.filter(code__in=others).order_by("code")


def absences(*, viewer: Actor, day: dt.date) -> QuerySet[StandIn]:
    """Who is or will be away in the viewer's institutions, and who stands in."""
    found = StandIn.objects.filter(until_day__gte=day).filter(until_day__gte=F("from_day"))
    found = found.select_related("absent", "user").order_by("from_day", "absent__full_name")
    if viewer.kind == JOB:
        return found
    colleagues = User.objects.filter(
        in_force(day, "appointments__"),
        appointments__post__institution__in=_own(viewer, day),
    )
    return found.filter(absent__in=colleagues.values("pk"))


def may_stand_in(*, viewer: Actor, at: dt.datetime) -> QuerySet[User]:
    """Who can read in the viewer's place: officers whose institutions are in the same list."""
    codes = {
        code for office in offices(viewer=viewer, at=at) for code in office.recipient_set.offices
    }
    found = User.objects.filter(
        in_force(local_day(at), "appointments__"),
        appointments__post__role=OFFICER,
        appointments__post__institution__code__in=codes,
        left_at__isnull=True,
    )
    return found.exclude(pk=viewer.key).distinct()


def present(*, viewer: Actor, institution: Institution, day: dt.date) -> QuerySet[User]:
    """The officers of a body who are in post and not away on a day."""
    away = StandIn.objects.filter(from_day__lte=day, until_day__gte=day).values("absent_id")
    officers = people_in(viewer=viewer, institution=institution, role=OFFICER, day=day)
    return officers.exclude(pk__in=away)


def to_pass_on(
    *, viewer: Actor, at: dt.datetime
) -> Iterable[tuple[Appeal, list[Institution], bool]]:
    """Unopened appeals that a second office should read: with those offices, and whether nobody is left.

    After one working day; at once where the body has no officer, or all of them are away.
    """
    unopened = appeals(viewer=viewer, state=OPEN).filter(opened_day__isnull=True)
    shared = unopened.exclude(recipient_set__offices=[]).iterator(AT_ONCE)
    lists: dict[str, tuple[list[Institution], bool]] = {}
    last_day = _last_late_day(local_day(at))
    for appeal, held in with_holders(viewer=viewer, appeals=shared, at=at):
        of = appeal.recipient_set
        if of.pk not in lists:
            lists[of.pk] = _readers_of(of, viewer=viewer, day=local_day(at))
        others, is_empty = lists[of.pk]
        missing = [each for each in others if each.pk not in held]
        if missing and (is_empty or appeal.received_day <= last_day):
            yield appeal, missing, is_empty


def _last_late_day(today: dt.date) -> dt.date:
    """What was received until this day has waited for more working days than it may."""
    days = (today - dt.timedelta(days=ago) for ago in count())
    within = OPENED_WITHIN_WORKING_DAYS
    return next(day for day in days if working_days_between(day, today) > within)


def _readers_of(
    recipient_set: RecipientSet, *, viewer: Actor, day: dt.date
) -> tuple[list[Institution], bool]:
    """The second offices of a list, and whether its own body has no officer at work."""
    officers = present(viewer=viewer, institution=recipient_set.institution, day=day)
    others = second_offices(viewer=viewer, recipient_set=recipient_set)
    return list(others), not officers.exists()


def _own(viewer: Actor, day: dt.date) -> QuerySet[Institution]:
    return Institution.objects.filter(
        in_force(day, "posts__appointments__"), posts__appointments__user_id=viewer.key
    )
