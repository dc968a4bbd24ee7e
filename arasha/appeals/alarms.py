"""What must not stay silent: calls that nobody reads, keys that do not open, offices without officers."""

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arasha.actors import TICK, Actor
from arasha.appeals.models import Appeal
from arasha.appeals.selectors import duty, inbox, offices
from arasha.appeals.selectors.coverage import unopenable
from arasha.appeals.selectors.passing import in_whose_hands
from arasha.appeals.services import duty as duty_services
from arasha.appeals.services import offices as office_services
from arasha.country import local_day, midnight
from arasha.engines.notes import grouped
from arasha.notices import services as notices
from arasha.people.models import Institution
from arasha.people.roles import SUPERVISOR
from arasha.people.selectors import people_in
from arasha.places.templatetags.names import in_language
from arasha.rows import MOST, AgendaItem

UNOPENABLE, FEW = "appeal.unopenable", "appeal.few_officers"


def tick(*, at: dt.datetime) -> int:
    """Escalate silent calls, let second offices read, ring for alarms. Returns how many things it did."""
    done = duty_services.escalate(by=TICK, at=at)
    done += office_services.pass_to_second_offices(by=TICK, at=at)
    return done + _ring_unopenable(at=at) + _ring_thin(at=at) + _stop_opened(at=at)


def agenda(*, viewer: Actor, at: dt.datetime) -> list[AgendaItem]:
    """Alarms of the viewer's own institutions, unread calls before everything."""
    calls = [
        AgendaItem(
            title=_("Danger now: appeal %(code)s") % {"code": grouped(call.appeal.code)},
            url=reverse("appeals:appeal", args=[call.appeal.key]),
            due_at=call.received_at,
            kind=_("Open at once"),
            is_danger=True,
        )
        for call in duty.unread(viewer=viewer)[:MOST]
    ]
    holes = [
        AgendaItem(
            title=_("The duty line has hours with nobody on duty"),
            url=reverse("duty:line"),
            due_at=min(gap.from_at for gap in gaps),
            kind=_("Duty roster"),
        )
        for line in duty.lines(viewer=viewer, at=at)
        if (gaps := duty.gaps(viewer=viewer, institution=line, at=at))
    ]
    return [*calls, *holes, *_alarms(viewer, at)]


def doctor(*, at: dt.datetime) -> str:
    """One line for `arasha doctor`; empty if all is well."""
    thin = [each for each in offices.offices(viewer=TICK, at=at) if each.is_thin]
    codes = ", ".join(each.institution.code for each in thin)
    found = (
        [f"fewer than {offices.FEWEST_LIVE} officers have a live key at {codes}"] if thin else []
    )
    if count := unopenable(viewer=TICK).count():
        found.append(f"{count} headers do not open for an officer")
    return f"{'; '.join(found)}; see /offices/ on the desk" if found else ""


def _alarms(viewer: Actor, at: dt.datetime) -> list[AgendaItem]:
    today_ends = midnight(local_day(at) + dt.timedelta(days=1))
    thin = [
        AgendaItem(
            title=_live_keys(each.live)
            % {"n": each.live, "body": in_language(each.institution.name)},
            url=reverse("offices:home"),
            due_at=today_ends,
            kind=_("Alarm"),
        )
        for each in offices.offices(viewer=viewer, at=at)
        if each.is_thin
    ]
    shut = [
        AgendaItem(
            title=_("Appeal %(code)s does not open for a key it should be sealed to")
            % {"code": grouped(each.appeal.code)},
            url=reverse("appeals:appeal", args=[each.appeal.key]),
            due_at=today_ends,
            kind=_("Alarm"),
        )
        for each in unopenable(viewer=viewer)[:MOST]
    ]
    return thin + shut


def _ring_unopenable(*, at: dt.datetime) -> int:
    broken = {each.appeal_id: each.appeal for each in unopenable(viewer=TICK)[:MOST]}
    return sum(_ring_leaders(appeal, at=at) for appeal in broken.values())


def _ring_leaders(appeal: Appeal, *, at: dt.datetime) -> bool:
    made = notices.notify(
        user_keys=in_whose_hands(viewer=TICK, appeal=appeal, role=SUPERVISOR, at=at),
        kind=UNOPENABLE,
        subject_kind="appeal",
        subject_key=appeal.key,
        urgent=True,
        by=TICK,
        at=at,
    )
    return bool(made)


def _ring_thin(*, at: dt.datetime) -> int:
    thin = [each.institution for each in offices.offices(viewer=TICK, at=at) if each.is_thin]
    still = Institution.objects.filter(pk__in=[each.pk for each in thin])
    notices.handled_where_done(kind=FEW, subject_kind="institution", still=still, by=TICK, at=at)
    return sum(_ring_office(institution, at=at) for institution in thin)


def _ring_office(institution: Institution, *, at: dt.datetime) -> bool:
    leaders = people_in(viewer=TICK, institution=institution, role=SUPERVISOR, day=local_day(at))
    made = notices.notify(
        user_keys=leaders.values_list("pk", flat=True),
        kind=FEW,
        subject_kind="institution",
        subject_key=institution.key,
        by=TICK,
        at=at,
    )
    return bool(made)


def _stop_opened(*, at: dt.datetime) -> int:
    """A second office need not look any more once somebody has opened it."""
    return notices.handled_where_done(
        kind=office_services.UNOPENED, subject_kind="appeal", still=_unopened(), by=TICK, at=at
    )


def _unopened() -> QuerySet[Appeal]:
    return inbox.appeals(viewer=TICK, state=inbox.OPEN).filter(opened_day__isnull=True)


def _live_keys(count: int) -> str:
    if not count:
        return _("No officer of %(body)s has a live key")
    return ngettext(
        "Only %(n)s officer of %(body)s has a live key",
        "Only %(n)s officers of %(body)s have a live key",
        count,
    )
