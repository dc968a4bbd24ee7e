"""Small offices: second offices, stand-ins, too few live officers, headers that do not open."""

import datetime as dt

import pytest

from arasha.access.models import Grant
from arasha.actors import TICK
from arasha.appeals import alarms
from arasha.appeals.errors.offices import AbsenceDaysError, NotInTheListError
from arasha.appeals.models import Appeal, Coverage, Liveness, StandIn, State
from arasha.appeals.selectors import may_open
from arasha.appeals.selectors import offices as selectors
from arasha.appeals.services import offices
from arasha.appeals.words import TOLD_BY_READER
from arasha.country import local_day
from arasha.notices.models import Notice
from arasha.people.models import Appointment, Institution, User
from arasha.problems import NotFoundProblem
from tests.desk.signing_in import signed_in
from tests.walk import (
    DAY,
    FILED_AT,
    NOW,
    Terminal,
    actor,
    at_most,
    file,
    institution,
    person,
    posted,
    recipient_set,
)

TODAY = local_day(NOW)
KEYS = ("age1first", "age1second")


@pytest.fixture
def second_office(db: None) -> Institution:
    return institution("office-akmola", "ombuds-office")


@pytest.fixture
def reader_there(second_office: Institution) -> User:
    return person("officer", second_office)


@pytest.fixture
def shared(appeal: Appeal, second_office: Institution) -> Appeal:
    """An appeal to a list where the people of a second office hold keys."""
    of = appeal.recipient_set
    of.offices = [of.institution.code, second_office.code]
    of.officers = [
        {"office": code, "recipient": key, "label": "", "role": "officer"}
        for code, key in zip(of.offices, KEYS, strict=True)
    ]
    of.save()
    return appeal


def passed(*, at: dt.datetime = NOW) -> int:
    return offices.pass_to_second_offices(by=TICK, at=at)


def away(by: User, who: User, *, days: int = 3) -> StandIn:
    until = TODAY + days * DAY
    return offices.set_stand_in(user=who, from_day=TODAY, until_day=until, by=actor(by), at=NOW)


def test_an_absence_that_is_over_or_runs_backwards_is_refused(
    shared: Appeal, officer: User, reader_there: User
) -> None:
    with pytest.raises(AbsenceDaysError):
        away(officer, reader_there, days=-1)


def test_whoever_holds_no_key_of_the_list_does_not_stand_in(
    shared: Appeal, officer: User, prosecutor: User
) -> None:
    with pytest.raises(NotInTheListError, match="they could open nothing"):
        away(officer, prosecutor)


def test_nobody_ends_somebody_else_s_absence(
    shared: Appeal, officer: User, reader_there: User
) -> None:
    made = away(officer, reader_there)

    with pytest.raises(NotFoundProblem):
        offices.end_absence(stand_in=made, by=actor(reader_there), at=NOW)


def test_on_its_first_day_an_appeal_stays_with_its_body(
    shared: Appeal, officer: User, reader_there: User
) -> None:
    assert passed(at=FILED_AT) == 0
    assert not may_open(viewer=actor(reader_there), appeal=shared)


def test_unopened_after_one_working_day_a_second_office_reads_it_too(
    shared: Appeal, officer: User, reader_there: User
) -> None:
    assert (passed(), passed()) == (1, 0)

    shared.refresh_from_db()
    assert shared.state == State.RECEIVED
    assert may_open(viewer=actor(reader_there), appeal=shared)
    assert Notice.objects.get(kind="appeal.unopened").user == reader_there
    given = Grant.objects.get(reason_code="unopened")
    assert (given.given_by_kind, given.basis) == ("job", "assigned")


def test_what_was_opened_stays_where_it_is(
    shared: Appeal, opened: Appeal, reader_there: User
) -> None:
    assert passed() == 0


def test_a_list_without_a_second_office_passes_nothing(appeal: Appeal, officer: User) -> None:
    assert passed() == 0


def test_a_body_without_officers_passes_at_once_and_its_state_says_so(
    shared: Appeal, officer: User, reader_there: User
) -> None:
    Appointment.objects.filter(user=officer).update(until_day=local_day(FILED_AT) - DAY)

    assert passed(at=FILED_AT) == 1
    shared.refresh_from_db()
    assert (shared.state, shared.waits) == (State.PASSED_ON, True)
    assert Grant.objects.filter(reason_code="no_officer").count() == 1


def test_with_every_officer_away_it_passes_at_once(
    shared: Appeal, officer: User, reader_there: User
) -> None:
    StandIn.objects.create(
        absent=officer, user=reader_there, from_day=local_day(FILED_AT), until_day=TODAY
    )

    assert passed(at=FILED_AT) == 1


def test_the_bell_of_the_second_office_stops_when_somebody_opens_it(
    shared: Appeal, officer: User, reader_there: User
) -> None:
    passed()
    shared.opened_day, shared.state = TODAY, State.OPENED
    shared.save()

    alarms.tick(at=NOW)

    assert Notice.objects.get(kind="appeal.unopened").handled_at == NOW


def test_the_pages_say_who_is_away_and_who_reads_by_rule(
    shared: Appeal, officer: User, reader_there: User
) -> None:
    away(officer, reader_there)
    passed()
    desk = signed_in(officer)

    inbox, page = desk.get("/appeals/"), desk.get(f"/appeals/{shared.key}/")
    assert f"{reader_there.full_name} stands in" in inbox.content.decode()
    assert "By rule" in page.content.decode()


def test_under_two_live_officers_is_an_alarm_until_they_show_their_keys(
    shared: Appeal, ombudsperson: Institution
) -> None:
    leader = person("supervisor", ombudsperson)
    alarms.tick(at=NOW)

    assert Notice.objects.get(kind="appeal.few_officers").user == leader
    assert "fewer than 2 officers" in alarms.doctor(at=NOW)
    [alarm] = alarms.agenda(viewer=actor(leader), at=NOW)
    assert (alarm.kind, alarm.title) == ("Alarm", "No officer of ombudsperson has a live key")

    first, *others = KEYS
    Liveness.objects.create(recipient=first, live_day=TODAY)
    [alarm] = alarms.agenda(viewer=actor(leader), at=NOW)
    assert alarm.title == "Only 1 officer of ombudsperson has a live key"

    for key in others:
        Liveness.objects.create(recipient=key, live_day=TODAY)
    alarms.tick(at=NOW)
    assert Notice.objects.get(kind="appeal.few_officers").handled_at == NOW
    assert alarms.doctor(at=NOW) == ""


def test_a_header_that_does_not_open_rings_the_supervisor_urgently(
    shared: Appeal, officer: User, ombudsperson: Institution
) -> None:
    leader = person("supervisor", ombudsperson)
    Coverage.objects.create(
        appeal=shared, recipient=KEYS[0], user_key=officer.pk, opens=False, on_day=TODAY
    )

    alarms.tick(at=NOW)

    notice = Notice.objects.get(kind="appeal.unopenable")
    assert (notice.user, notice.urgent) == (leader, True)
    assert "1 headers do not open" in alarms.doctor(at=NOW)
    assert shared.code[:4] in signed_in(officer).get("/offices/").content.decode()


def test_an_absence_is_set_and_ended_on_the_page(
    shared: Appeal, officer: User, reader_there: User
) -> None:
    desk = signed_in(officer)
    day = local_day(NOW)
    typed = {"from_day": day, "until_day": day + DAY, "user": reader_there.pk}

    assert desk.post("/offices/absence/", typed).status_code == 302
    made = StandIn.objects.get()
    assert desk.post(f"/offices/absence/{made.key}/back/").status_code == 302
    assert not selectors.absences(viewer=actor(officer), day=day).exists()


def test_an_office_that_lost_its_passkeys_reads_what_to_do(officer: User) -> None:
    page = signed_in(officer).get("/offices/lost-keys/").content.decode()

    assert "recovery passphrases" in page
    assert "office-key ceremony" in page
    assert str(TOLD_BY_READER) in page


def test_an_office_without_a_live_key_or_a_second_office_reads_what_to_do(
    appeal: Appeal, officer: User
) -> None:
    page = signed_in(officer).get("/offices/").content.decode()

    assert "No officer has shown in the last thirty days" in page
    assert "Ask for a second office" in page


def test_many_unopened_appeals_are_asked_about_together_and_passed_on_some_at_a_time(
    shared: Appeal, officer: User, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        file(terminal, posted(recipient_set(), f"letter {number}"))
    monkeypatch.setattr("arasha.appeals.services.offices.AT_ONCE", 4)

    with at_most(queries=5):
        found = list(selectors.to_pass_on(viewer=TICK, at=NOW))

    assert (len(found), passed(), passed(), passed()) == (6, 4, 2, 0)
