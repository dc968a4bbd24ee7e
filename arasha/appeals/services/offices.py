"""Small offices: stand-ins set ahead, and second offices that read when nobody has."""

import datetime as dt
import uuid
from itertools import islice

from django.db import transaction

from arasha.access import services as access
from arasha.access.policy import INSTITUTION
from arasha.access.selectors import people_to_tell
from arasha.actors import Actor
from arasha.appeals.errors.offices import AbsenceDaysError, NotInTheListError
from arasha.appeals.models import Appeal, StandIn, State
from arasha.appeals.recording import record, record_own
from arasha.appeals.selectors import offices as selectors
from arasha.country import local_day
from arasha.notices import services as notices
from arasha.people.models import Institution, User
from arasha.people.roles import OFFICER
from arasha.problems import NotFoundProblem

UNOPENED = "appeal.unopened"
AT_ONCE = 200  # the others with the next tick


@transaction.atomic
def set_stand_in(
    *, user: User, from_day: dt.date, until_day: dt.date, by: Actor, at: dt.datetime
) -> StandIn:
    """Say that I am away and who reads in my place. Raises AbsenceDaysError, NotInTheListError."""
    if not max(from_day, local_day(at)) <= until_day:
        raise AbsenceDaysError
    if not selectors.may_stand_in(viewer=by, at=at).filter(pk=user.pk).exists():
        raise NotInTheListError
    made = StandIn.objects.create(
        absent_id=uuid.UUID(by.key), user=user, from_day=from_day, until_day=until_day
    )
    record_own("absence.set", on_behalf_key=user.key, by=by, at=at)
    return made


@transaction.atomic
def end_absence(*, stand_in: StandIn, by: Actor, at: dt.datetime) -> StandIn:
    """Back earlier than planned. Raises NotFoundProblem for somebody else's absence."""
    if str(stand_in.absent_id) != by.key:
        raise NotFoundProblem
    stand_in.until_day = local_day(at) - dt.timedelta(days=1)
    stand_in.save(update_fields=["until_day"])
    record_own("absence.ended", on_behalf_key=stand_in.user_id, by=by, at=at)
    return stand_in


@transaction.atomic
def pass_to_second_offices(*, by: Actor, at: dt.datetime) -> int:
    """Give what nobody has opened to the second offices of its list, and ring them. Returns how many.

    Where the body has no officer left, its state is “passed on”: it waits for the second office.
    """
    passed = list(islice(selectors.to_pass_on(viewer=by, at=at), AT_ONCE))
    for appeal, others, is_empty in passed:
        for institution in others:
            _open_to(appeal, institution, "no_officer" if is_empty else "unopened", by=by, at=at)
        if is_empty:
            _tell_passed_on(appeal, by=by, at=at)
    return len(passed)


def _open_to(
    appeal: Appeal, institution: Institution, reason: str, *, by: Actor, at: dt.datetime
) -> None:
    access.grant(
        subject_kind="appeal",
        subject_key=appeal.key,
        holder_kind=INSTITUTION,
        holder_key=institution.key,
        basis="assigned",
        reason_code=reason,
        by=by,
        at=at,
    )
    officers = people_to_tell(
        viewer=by, kind="appeal", key=appeal.key, at=at, institution=institution, role=OFFICER
    )
    notices.notify(
        user_keys=officers,
        kind=UNOPENED,
        subject_kind="appeal",
        subject_key=appeal.key,
        by=by,
        at=at,
    )


def _tell_passed_on(appeal: Appeal, *, by: Actor, at: dt.datetime) -> None:
    locked = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    locked.state = State.PASSED_ON  # and it goes on waiting: for the second office
    locked.save(update_fields=["state"])
    record("appeal.passed_on", appeal.key, "no_officer", by=by, at=at)
