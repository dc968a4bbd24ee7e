"""Bells for the officers of a body, by pull: filing rings nobody, so that no bell knows its minute."""

import datetime as dt
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from arasha.access.viewing import viewing
from arasha.actors import RETENTION, TICK
from arasha.appeals import selectors, services
from arasha.appeals.models import Appeal
from arasha.appeals.selectors.passing import in_whose_hands, with_holders
from arasha.appeals.services.offices import UNOPENED
from arasha.country import local_day, midnight
from arasha.notices import services as notices
from arasha.notices.selectors import rung
from arasha.people.roles import OFFICER, SUPERVISOR
from arasha.people.selectors import staffed

ARRIVED, LATE = "appeal.arrived", "appeal.late"
REQUEST_DUE, REQUEST_LATE = "appeal.request_due", "appeal.request_late"
CHECK_BACK_DUE, CHECK_BACK_LATE = "appeal.check_back_due", "appeal.check_back_late"
Bells = dict[str, tuple[str, str]]  # by the step that rings it: its kind, and for which role
REQUEST_BELLS: Bells = {
    "reminded": (REQUEST_DUE, OFFICER),
    "escalated": (REQUEST_LATE, SUPERVISOR),
}
CHECK_BACK_BELLS: Bells = {
    "due": (CHECK_BACK_DUE, OFFICER),
    "escalated": (CHECK_BACK_LATE, SUPERVISOR),
}
AT_ONCE = 200  # the others with the next tick; each bell is a short transaction of its own


def tick(*, at: dt.datetime) -> int:
    """Ring for what has arrived or is late, remind, and stop the bells of what is done.

    Returns how many bells stopped and how many appeals became late. What has arrived is not counted:
    the number is written down with its minute.
    """
    unopened = selectors.appeals(viewer=TICK, state=selectors.OPEN).filter(opened_day__isnull=True)
    overdue = selectors.overdue(viewer=TICK, at=at)
    stopped = _stop({ARRIVED: unopened, LATE: overdue}, at=at)
    untold = unopened.exclude(rung(viewer=TICK, kind=UNOPENED, subject_kind="appeal"))
    for appeal in _unrung(untold, ARRIVED, at=at):
        _ring(appeal, ARRIVED, to=OFFICER, since=midnight(appeal.received_day), at=at)
    late = _unrung(overdue, LATE, since="answer_by_day", at=at)
    became_late = sum(_ring(each, LATE, to=OFFICER, since=at, at=at) for each in late)
    services.forget_spent_puzzles(by=TICK, at=at)
    return stopped + became_late + _remind(at=at) + _ask_back(at=at)


def erase(*, at: dt.datetime) -> int:
    """Destroy what two officers agreed to destroy and nobody took up again. Returns how many appeals."""
    with viewing(RETENTION):
        agreed = list(selectors.erasures_agreed(viewer=RETENTION)[:AT_ONCE])
        answered = [services.erase(erasure=each, by=RETENTION, at=at) for each in agreed]
    return sum(each.erased_day is not None for each in answered)


def _remind(*, at: dt.datetime) -> int:
    """Tell officers that a body is silent, twice, and then their supervisor."""
    due = selectors.requests_due(viewer=TICK, day=local_day(at))
    done = _stop_answered(due, REQUEST_BELLS, at=at)
    for request in due.filter(_not_told_lately("reminded_day", at), escalated_day=None)[:AT_ONCE]:
        step = services.remind(request=request, by=TICK, at=at)
        done += _tell(request.appeal, step, REQUEST_BELLS, at=at)
    return done


def _ask_back(*, at: dt.datetime) -> int:
    """Tell officers whom to ask whether they are safe, and their supervisor of what is late."""
    due = selectors.check_backs_due(viewer=TICK, day=local_day(at))
    done = _stop_answered(due, CHECK_BACK_BELLS, at=at)
    for check_back in due.filter(_not_told_lately("rung_day", at), escalated_day=None)[:AT_ONCE]:
        step = services.call_back(check_back=check_back, by=TICK, at=at)
        done += _tell(check_back.appeal, step, CHECK_BACK_BELLS, at=at)
    return done


def _stop_answered(due: QuerySet[Any], bells: Bells, *, at: dt.datetime) -> int:
    """Stop these bells for appeals of which nothing is due any more."""
    still = Appeal.objects.filter(pk__in=due.order_by().values("appeal"))
    return _stop({kind: still for kind, _role in bells.values()}, at=at)


def _tell(appeal: Appeal, step: str, bells: Bells, *, at: dt.datetime) -> bool:
    """Ring the bell of a step that was taken; an empty step rings nobody."""
    if step:
        kind, role = bells[step]
        _ring(appeal, kind, to=role, since=at, at=at)
    return bool(step)


def _not_told_lately(told_day: str, at: dt.datetime) -> Q:
    """Leaves out what has no next step today, so that the first of the list do not block the others."""
    yesterday = local_day(at) - dt.timedelta(days=1)
    return Q(**{told_day: None}) | Q(**{f"{told_day}__lte": yesterday})


def _stop(kinds: dict[str, QuerySet[Appeal]], *, at: dt.datetime) -> int:
    """Stop the bells of each kind whose appeal is no longer among those it rings for."""
    return sum(
        notices.handled_where_done(kind=kind, subject_kind="appeal", still=still, by=TICK, at=at)
        for kind, still in kinds.items()
    )


def _unrung(
    waiting: QuerySet[Appeal], kind: str, *, since: str = "", at: dt.datetime
) -> list[Appeal]:
    """The oldest of these that somebody can be told of and nobody was told of yet.

    `since`: the column with the day of the clock; a bell from before it rang for an earlier clock.
    """
    officers = staffed(viewer=TICK, role=OFFICER, day=local_day(at))
    bodies = set(officers.values_list("pk", flat=True))
    told = rung(viewer=TICK, kind=kind, subject_kind="appeal", since=since)
    # Sorted out here: asked by their body, SQLite would walk all appeals, not only those that wait.
    held = with_holders(viewer=TICK, appeals=waiting.exclude(told), at=at)
    return list(islice((each for each, holders in held if holders & bodies), AT_ONCE))


def _ring(appeal: Appeal, kind: str, *, to: str, since: dt.datetime, at: dt.datetime) -> bool:
    made = notices.notify(
        user_keys=in_whose_hands(viewer=TICK, appeal=appeal, role=to, at=at),
        kind=kind,
        subject_kind="appeal",
        subject_key=appeal.key,
        by=TICK,
        at=since,
    )
    return bool(made)
