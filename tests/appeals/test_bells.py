"""What rings for officers by itself, and what does not."""

import datetime as dt

import pytest

from arasha.actors import TICK
from arasha.appeals import services
from arasha.appeals.models import Appeal, State
from arasha.appeals.tick import tick
from arasha.country import country, local_day
from arasha.engines.notes import grouped
from arasha.engines.sealing import RecipientSet
from arasha.notices import services as notices
from arasha.notices.models import Notice
from arasha.people.models import User
from tests.access.cast import keep_away
from tests.appeals.test_silence import every_row, hour_of
from tests.desk.signing_in import signed_in
from tests.walk import DAY, FILED_AT, OPENED_AT, Terminal, actor, at_most, file, posted

ODD_MINUTE = FILED_AT.replace(hour=11, minute=47, second=13)


def ringing(kind: str) -> list[User]:
    found = Notice.objects.filter(kind=kind, handled_at__isnull=True).order_by("user__email")
    return [notice.user for notice in found.select_related("user")]


def late_at(appeal: Appeal) -> dt.datetime:
    """Some time after the day by which an answer was due."""
    assert appeal.answer_by_day is not None
    return dt.datetime.combine(appeal.answer_by_day, dt.time(6), tzinfo=dt.UTC) + 2 * DAY


def test_who_is_barred_from_an_appeal_hears_nothing_of_it(
    appeal: Appeal, officer: User, second_officer: User
) -> None:
    keep_away("appeal", appeal.key, officer)

    tick(at=OPENED_AT)

    assert ringing("appeal.arrived") == [second_officer]


def test_other_people_of_the_body_hear_nothing(
    appeal: Appeal, analyst: User, prosecutor: User
) -> None:
    tick(at=OPENED_AT)

    assert not Notice.objects.exists()


def test_an_officer_who_comes_later_is_told_what_nobody_was_told(
    appeal: Appeal, request: pytest.FixtureRequest
) -> None:
    tick(at=OPENED_AT)
    newcomer = request.getfixturevalue("officer")

    tick(at=OPENED_AT)

    assert ringing("appeal.arrived") == [newcomer]


def test_no_bell_knows_the_minute_in_which_an_appeal_was_filed_or_rang(
    terminal: Terminal, recipients: RecipientSet, officer: User
) -> None:
    before = set(every_row())
    file(terminal, posted(recipients), at=ODD_MINUTE)

    told = tick(at=ODD_MINUTE + dt.timedelta(seconds=20))

    new = [values for values in every_row() if values not in before]
    assert {hour_of(each) for _, *row in new for each in row} - {None} == {dt.time(0)}
    assert (ringing("appeal.arrived"), told) == ([officer], 0)


def test_the_bell_is_dated_by_the_day_in_the_country(appeal: Appeal, officer: User) -> None:
    tick(at=OPENED_AT)

    local = Notice.objects.get().created_at.astimezone(country().timezone)
    assert (local.date(), local.time()) == (appeal.received_day, dt.time(0))


def test_a_second_tick_rings_nobody_again(appeal: Appeal, officer: User) -> None:
    tick(at=OPENED_AT)
    tick(at=OPENED_AT)

    assert Notice.objects.count() == 1


def test_what_a_person_put_away_stays_away(appeal: Appeal, officer: User) -> None:
    tick(at=OPENED_AT)
    notices.put_away(notice_key=Notice.objects.get().pk, by=actor(officer), at=OPENED_AT)

    tick(at=OPENED_AT)

    assert ringing("appeal.arrived") == []


def test_opening_an_appeal_stops_the_bell_of_its_arrival(
    appeal: Appeal, officer: User, second_officer: User
) -> None:
    tick(at=OPENED_AT)
    assert set(ringing("appeal.arrived")) == {officer, second_officer}

    services.open_appeal(appeal=appeal, by=actor(officer), at=OPENED_AT)

    assert ringing("appeal.arrived") == []
    assert tick(at=OPENED_AT) == 0


def test_the_bell_of_a_second_office_stops_with_the_opening_too(
    appeal: Appeal, officer: User, second_officer: User
) -> None:
    notices.notify(
        user_keys=[second_officer.pk],
        kind="appeal.unopened",
        subject_kind="appeal",
        subject_key=appeal.key,
        by=TICK,
        at=OPENED_AT,
    )

    services.open_appeal(appeal=appeal, by=actor(officer), at=OPENED_AT)

    assert ringing("appeal.unopened") == []


def test_a_notice_names_the_code_of_its_appeal(appeal: Appeal, officer: User) -> None:
    tick(at=OPENED_AT)

    page = signed_in(officer).get("/notices/").content.decode()

    assert "An appeal has arrived" in page
    assert grouped(appeal.code) in page


def test_a_notice_names_no_code_to_whom_the_appeal_was_closed_since(
    appeal: Appeal, officer: User
) -> None:
    tick(at=OPENED_AT)
    keep_away("appeal", appeal.key, officer)

    page = signed_in(officer).get("/notices/").content.decode()

    assert "An appeal has arrived" in page
    assert grouped(appeal.code) not in page


def test_an_appeal_without_an_answer_on_its_day_rings_once(opened: Appeal, officer: User) -> None:
    at = late_at(opened)

    assert [tick(at=at), tick(at=at)] == [1, 0]
    assert ringing("appeal.late") == [officer]


def test_on_the_day_itself_it_is_not_late(opened: Appeal, officer: User) -> None:
    assert tick(at=late_at(opened) - 2 * DAY) == 0


def test_what_is_late_for_barred_people_only_is_no_news_on_any_tick(
    opened: Appeal, officer: User
) -> None:
    keep_away("appeal", opened.key, officer)

    assert [tick(at=late_at(opened)), tick(at=late_at(opened))] == [0, 0]


def test_an_answer_stops_the_bell_of_being_late(opened: Appeal, officer: User) -> None:
    tick(at=late_at(opened))
    services.move(appeal=opened, state=State.ANSWERED, by=actor(officer), at=late_at(opened))

    tick(at=late_at(opened))

    assert ringing("appeal.late") == []


def test_a_tick_with_nothing_new_costs_few_queries(
    terminal: Terminal, recipients: RecipientSet, officer: User
) -> None:
    for number in range(5):
        file(terminal, posted(recipients, f"letter {number}"))
    tick(at=OPENED_AT)

    with at_most(queries=13):
        tick(at=OPENED_AT)


def test_many_are_rung_for_in_several_ticks_the_oldest_first(
    terminal: Terminal,
    recipients: RecipientSet,
    officer: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("arasha.appeals.tick.AT_ONCE", 2)
    for days in range(3):
        file(terminal, posted(recipients, f"letter {days}"), at=FILED_AT - days * DAY)

    tick(at=OPENED_AT)

    newest = Appeal.objects.get(received_day=local_day(FILED_AT))
    assert Notice.objects.count() == 2
    assert not Notice.objects.filter(subject_key=newest.key).exists()
