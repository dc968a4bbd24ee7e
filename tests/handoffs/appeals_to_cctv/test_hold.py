import datetime as dt
from functools import partial

import pytest

from arasha.appeals.errors.work import NotYetOpenedError
from arasha.appeals.models import Appeal
from arasha.country import local_day
from arasha.handoffs import agenda
from arasha.handoffs.appeals_to_cctv import services
from arasha.handoffs.appeals_to_cctv.errors import (
    AlreadyServedError,
    HoursWrongError,
    TooNarrowError,
)
from arasha.handoffs.appeals_to_cctv.models import FootageHold
from arasha.handoffs.appeals_to_cctv.selectors import HOLDS
from arasha.handoffs.crossings import Answer, WaitsFor, waits_for
from arasha.handoffs.errors import AlreadyAnsweredError, AlreadyPassedError
from arasha.people.models import User
from arasha.places.models import Place
from arasha.problems import NotFoundProblem
from tests.walk import DAY, REFERRED_AT, REGISTERED_AT, actor

FIRST = REFERRED_AT - 4 * DAY
HOURS = (FIRST, FIRST + DAY)
KNOWN = services.Retention(30, "Order No. 7")


def hold(
    appeal: Appeal,
    by: User,
    place: Place,
    *,
    hours: tuple[dt.datetime, dt.datetime] = HOURS,
    retention: services.Retention | None = KNOWN,
) -> FootageHold:
    return services.ask_to_hold(
        appeal=appeal,
        sender=appeal.recipient_set.institution,
        place=place,
        zone="yard",
        hours=hours,
        retention=retention,
        by=actor(by),
        at=REFERRED_AT,
    )


def test_what_nobody_has_read_holds_nothing(appeal: Appeal, officer: User, place: Place) -> None:
    with pytest.raises(NotYetOpenedError):
        hold(appeal, officer, place)


@pytest.mark.parametrize("hours", [(FIRST, FIRST), (FIRST, FIRST - DAY), (FIRST, FIRST + 9 * DAY)])
def test_hours_that_end_early_or_lie_ahead_are_refused(
    hours: tuple[dt.datetime, dt.datetime], opened: Appeal, officer: User, place: Place
) -> None:
    with pytest.raises(HoursWrongError):
        hold(opened, officer, place, hours=hours)


def test_so_few_hours_that_they_point_at_somebody_are_refused(
    opened: Appeal, officer: User, place: Place
) -> None:
    with pytest.raises(TooNarrowError, match="at least 6 hours"):
        hold(opened, officer, place, hours=(FIRST, FIRST + dt.timedelta(hours=1)))


def test_the_same_appeal_holds_once(opened: Appeal, officer: User, place: Place) -> None:
    hold(opened, officer, place)

    with pytest.raises(AlreadyPassedError):
        hold(opened, officer, place)


def test_a_letter_is_entered_once(opened: Appeal, officer: User, place: Place) -> None:
    made, day = hold(opened, officer, place), local_day(REFERRED_AT)
    enter = partial(
        services.enter_letter, crossing=made, number="12-34", day=day, by=actor(officer)
    )
    enter(at=REFERRED_AT)

    with pytest.raises(AlreadyServedError):
        enter(at=REGISTERED_AT)


def test_what_became_of_it_is_entered_once(opened: Appeal, officer: User, place: Place) -> None:
    made = hold(opened, officer, place)
    services.enter_outcome(crossing=made, outcome="lost", by=actor(officer), at=REGISTERED_AT)

    with pytest.raises(AlreadyAnsweredError):
        services.enter_outcome(crossing=made, outcome="held", by=actor(officer), at=REGISTERED_AT)


def test_where_retention_is_known_the_first_minute_sets_the_day(
    opened: Appeal, officer: User, place: Place
) -> None:
    assert hold(opened, officer, place).answer_due_at == FIRST + 30 * DAY


def test_where_nobody_knows_there_is_no_invented_day(
    opened: Appeal, officer: User, place: Place
) -> None:
    made = hold(opened, officer, place, retention=None)

    assert (made.answer_due_at, made.kept_days) == (None, None)
    [item] = agenda.agenda(viewer=actor(officer), at=REFERRED_AT)
    assert item.due_at is None


def test_it_waits_for_a_receiver_that_this_system_does_not_have_yet(
    opened: Appeal, officer: User, place: Place
) -> None:
    made = hold(opened, officer, place)

    assert made.receiver is None
    assert waits_for(made, viewer=actor(officer), role=None, at=REFERRED_AT) == WaitsFor.RECEIVER


def test_held_ends_the_waiting(opened: Appeal, officer: User, place: Place) -> None:
    made = hold(opened, officer, place)
    services.enter_outcome(crossing=made, outcome="held", by=actor(officer), at=REGISTERED_AT)

    made.refresh_from_db()
    assert (made.answer, made.reason_code) == (Answer.ACCEPTED, "held")
    assert agenda.agenda(viewer=actor(officer), at=REGISTERED_AT) == []


def test_a_prosecutor_knows_of_no_hold(
    opened: Appeal, officer: User, place: Place, prosecutor: User
) -> None:
    made = hold(opened, officer, place)

    with pytest.raises(NotFoundProblem):
        HOLDS.find(viewer=actor(prosecutor), key=made.key)
