"""“Danger now”: who is rung, when the next level is, and who plans the roster."""

import datetime as dt
import secrets

import pytest
from django.utils import timezone

from arasha.access import services as access
from arasha.actors import TICK, WORLD
from arasha.appeals import alarms
from arasha.appeals.errors.duty import (
    NotOfTheLineError,
    NotYourRosterError,
    ShiftTakenError,
    ShiftTimesError,
)
from arasha.appeals.models import Appeal, DutyCall, Shift
from arasha.appeals.selectors import duty as selectors
from arasha.appeals.services import duty
from arasha.country import local_day
from arasha.journal.models import Entry
from arasha.notices.models import Notice
from arasha.people.models import Institution, User
from tests.desk.signing_in import signed_in
from tests.walk import DAY, NOW, actor, at_work, body, list_of

HOUR = dt.timedelta(hours=1)
PATIENCE = dt.timedelta(minutes=5)


line = body("duty-line", "duty_line")
leader = at_work("supervisor", "line")
first = at_work("officer", "line")
second = at_work("officer", "line")


@pytest.fixture
def called(line: Institution) -> Appeal:
    """An appeal sealed to the duty line, as filing leaves it."""
    made = Appeal(
        leaf_hash=secrets.token_bytes(32),
        code=f"{secrets.randbelow(10**24):024d}",
        recipient_set=list_of(line),
        received_day=local_day(NOW),
    )
    access.grant_by_rule(
        subject_kind="appeal",
        subject_key=made.key,
        holder_kind="institution",
        holder_key=line.key,
        basis="assigned",
        at=NOW - HOUR,
    )
    made.save()
    return made


def on_duty(line: Institution, who: User, *, level: int = 1) -> Shift:
    return duty.plan_shift(
        institution=line,
        user=who,
        level=level,
        hours=(NOW - HOUR, NOW + HOUR),
        by=WORLD,
        at=NOW,
    )


def call(appeal: Appeal) -> DutyCall:
    return duty.begin_call(appeal=appeal, by=WORLD, at=NOW)


def rung() -> set[User]:
    return {notice.user for notice in Notice.objects.filter(kind="duty.called")}


def test_an_officer_plans_nobody(line: Institution, first: User) -> None:
    with pytest.raises(NotYourRosterError):
        duty.plan_shift(
            institution=line, user=first, level=1, hours=(NOW, NOW + HOUR), by=actor(first), at=NOW
        )


def test_a_stranger_is_not_put_on_the_roster(line: Institution, officer: User) -> None:
    with pytest.raises(NotOfTheLineError):
        on_duty(line, officer)


@pytest.mark.parametrize("hours", [(NOW, NOW), (NOW, NOW + 2 * DAY), (NOW - 2 * HOUR, NOW - HOUR)])
def test_hours_that_cannot_be_served_are_refused(
    hours: tuple[dt.datetime, dt.datetime], line: Institution, first: User
) -> None:
    with pytest.raises(ShiftTimesError):
        duty.plan_shift(institution=line, user=first, level=1, hours=hours, by=WORLD, at=NOW)


def test_nobody_serves_twice_at_once_but_again_after_being_taken_off(
    line: Institution, first: User
) -> None:
    shift = on_duty(line, first)
    with pytest.raises(ShiftTakenError):
        on_duty(line, first, level=2)

    duty.end_shift(shift=shift, by=WORLD, at=NOW - HOUR)
    assert on_duty(line, first, level=2).level == 2


def test_a_call_rings_level_one_at_once_and_urgently(
    line: Institution, called: Appeal, first: User, second: User
) -> None:
    on_duty(line, first)
    on_duty(line, second, level=2)

    call(called)

    assert rung() == {first}
    assert Notice.objects.get().urgent


def test_the_journal_names_no_terminal_for_a_call(called: Appeal, first: User) -> None:
    call(called)

    entry = Entry.objects.get(act="duty.called")
    assert (entry.actor_kind, entry.subject_key) == ("anonymous", called.key)


def test_where_level_one_is_empty_level_two_is_rung_at_once(
    line: Institution, called: Appeal, first: User
) -> None:
    on_duty(line, first, level=2)

    assert call(called).level == 2
    assert rung() == {first}


def test_with_an_empty_roster_everybody_is_rung(
    called: Appeal, leader: User, first: User, second: User
) -> None:
    call(called)

    assert rung() == {leader, first, second}


def test_before_its_minutes_are_over_nothing_escalates(
    line: Institution, called: Appeal, first: User
) -> None:
    on_duty(line, first)
    call(called)

    assert duty.escalate(by=TICK, at=NOW + PATIENCE - dt.timedelta(seconds=1)) == 0


def test_unread_minutes_ring_the_next_level_and_then_everybody(
    line: Institution, called: Appeal, leader: User, first: User, second: User
) -> None:
    on_duty(line, first)
    on_duty(line, second, level=2)
    call(called)

    assert alarms.tick(at=NOW + PATIENCE) >= 1
    assert rung() == {first, second}
    duty.escalate(by=TICK, at=NOW + 2 * PATIENCE)
    assert rung() == {first, second, leader}
    assert duty.escalate(by=TICK, at=NOW + 3 * PATIENCE) == 0


def test_a_call_that_was_read_rings_nobody_any_more(
    line: Institution, called: Appeal, first: User
) -> None:
    on_duty(line, first)
    call(called)

    assert duty.answer_call(appeal=called, by=actor(first), at=NOW + HOUR)
    assert not duty.answer_call(appeal=called, by=actor(first), at=NOW + HOUR)
    assert not Notice.objects.filter(handled_at=None).exists()
    assert duty.escalate(by=TICK, at=NOW + 2 * HOUR) == 0


def test_the_agenda_of_the_line_begins_with_what_nobody_has_read(
    called: Appeal, first: User
) -> None:
    call(called)

    [danger, hole] = alarms.agenda(viewer=actor(first), at=NOW)[:2]
    assert danger.title.startswith("Danger now")
    assert "nobody on duty" in hole.title


def test_holes_of_the_roster_are_told_by_level(line: Institution, first: User) -> None:
    on_duty(line, first)

    gaps = selectors.gaps(viewer=actor(first), institution=line, at=NOW)
    assert [(gap.level, gap.from_at) for gap in gaps] == [(1, NOW + HOUR), (2, NOW)]


def test_the_page_is_for_the_line_alone(called: Appeal, first: User, officer: User) -> None:
    duty.begin_call(appeal=called, by=WORLD, at=NOW - HOUR)

    page = signed_in(first).get("/duty/").content.decode()
    assert "unread for" in page
    assert "Nobody is on duty in these hours" in page
    assert signed_in(officer).get("/duty/").status_code == 404


def test_the_leader_plans_a_shift_on_the_page_and_an_officer_does_not(
    line: Institution, leader: User, first: User
) -> None:
    typed = {
        "user": first.pk,
        "level": 1,
        "from_at": "2030-01-01T08:00",
        "until_at": "2030-01-01T20:00",
    }

    assert signed_in(first).post("/duty/shifts/", typed).status_code == 422
    assert signed_in(leader).post("/duty/shifts/", typed).status_code == 302
    assert Shift.objects.get().user == first


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "came just now"), ("ru", "поступил только что"), ("kk", "жаңа ғана келді")],
)
def test_a_call_of_this_minute_came_just_now(
    language: str, said: str, called: Appeal, first: User
) -> None:
    duty.begin_call(appeal=called, by=WORLD, at=timezone.now())

    page = signed_in(first, language=language).get("/duty/").content.decode()
    assert f'<strong class="a-late">{said}</strong>' in page


def test_a_call_that_was_read_at_once_does_not_count_its_seconds(
    called: Appeal, first: User
) -> None:
    call(called)
    duty.answer_call(appeal=called, by=actor(first), at=NOW + dt.timedelta(seconds=59))

    assert "read within a minute" in signed_in(first).get("/duty/").content.decode()


def test_the_page_of_a_call_says_that_it_is_urgent_and_what_to_do_first(
    line: Institution, called: Appeal, first: User
) -> None:
    on_duty(line, first)
    duty.begin_call(appeal=called, by=WORLD, at=timezone.now() - 10 * PATIENCE)

    page = page_of(called, first)
    assert "waits for help" in page
    assert "unread for 50" in page
    assert first.full_name in page
    assert "the server does not know who called" in page
    assert page.index("What to do first") < page.index("Open in the reader")
    assert page.index("Open in the reader") < page.index("For the person who wrote:")
    assert page.count("Open in the reader") == 1


def test_the_page_of_a_call_that_was_read_asks_nobody_to_open_it(
    called: Appeal, first: User
) -> None:
    call(called)
    duty.answer_call(appeal=called, by=actor(first), at=NOW + 3 * PATIENCE)

    page = page_of(called, first)
    assert "The call was read." in page
    assert "read after 15" in page
    assert "Open it in the reader at once" not in page


def test_the_page_of_any_other_appeal_says_nothing_of_danger(appeal: Appeal, officer: User) -> None:
    assert "Danger now" not in page_of(appeal, officer)


def page_of(appeal: Appeal, viewer: User) -> str:
    return str(signed_in(viewer).get(f"/appeals/{appeal.key}/").content.decode())
