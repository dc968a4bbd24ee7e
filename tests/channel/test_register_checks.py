"""What a monitor saw at a terminal: kept per day, an incident where it hinders use."""

from functools import partial
from pathlib import Path

import pytest

from arasha.actors import TICK
from arasha.channel.models import Check, Incident
from arasha.channel.upkeep.errors import (
    CheckInFutureError,
    HalfAPositionError,
    ImpossibleWorksError,
    NotYourTerminalsError,
    UnknownAnswerError,
    WorksAfterwardsError,
)
from arasha.channel.upkeep.services import checks, keeping
from arasha.channel.upkeep.services.incidents import look_again
from arasha.country import country
from arasha.journal.selectors import entries_of
from arasha.people.errors import NotRegistrarError
from arasha.places.models import Device
from tests.channel.upkeep import DAY, NOW, TODAY, place, somebody, terminal
from tests.together import at_once

pytestmark = pytest.mark.django_db
LINES = country().vocabularies["terminal_checks"].terms
ALL_WELL = dict.fromkeys(LINES, "yes")


def enter(device: Device, **said: object) -> Check:
    asked = {"day": TODAY, "answers": ALL_WELL, "camera_m": (None, None), "at": NOW} | said
    return checks.enter_check(device=device, by=somebody("monitor"), **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ["head", "registrar", "officer"])
def test_only_a_monitor_checks_a_terminal(role: str) -> None:
    device = terminal()

    with pytest.raises(NotYourTerminalsError):
        checks.enter_check(
            device=device,
            day=TODAY,
            answers=ALL_WELL,
            camera_m=(None, None),
            by=somebody(role, leads=device.place),
            at=NOW,
        )


def test_a_check_of_tomorrow_is_refused() -> None:
    with pytest.raises(CheckInFutureError):
        enter(terminal(), day=TODAY + DAY)


def test_half_a_position_of_a_camera_is_refused() -> None:
    with pytest.raises(HalfAPositionError):
        enter(terminal(), camera_m=(3.5, None))


def test_a_list_with_a_missing_line_or_an_answer_of_no_meaning_is_refused() -> None:
    short = dict.fromkeys(list(LINES)[1:], "yes")

    for answers in (short, ALL_WELL | {"alone": "perhaps"}):
        with pytest.raises(UnknownAnswerError):
            enter(terminal(), answers=answers)


def test_what_hinders_opens_an_incident_that_names_the_line_and_nobody() -> None:
    device = terminal()

    check = enter(device, answers=ALL_WELL | {"no_camera": "no"}, camera_m=(4.0, 12.5))

    assert Incident.objects.get().seen == ["no_camera"]
    assert (check.camera_x_m, check.camera_y_m) == (4.0, 12.5)


def test_what_does_not_hinder_opens_none() -> None:
    enter(terminal(), answers=ALL_WELL | {"sound": "no"})

    assert not Incident.objects.exists()


def test_a_later_check_closes_it_only_if_the_line_was_seen_to_be_in_order() -> None:
    device = terminal()
    enter(device, day=TODAY - 2 * DAY, answers=ALL_WELL | {"alone": "no"})

    enter(device, day=TODAY - DAY, answers=ALL_WELL | {"alone": "unknown"})
    assert Incident.objects.get().closed_day is None
    enter(device)

    assert Incident.objects.get().closed_how == "mended"


def test_what_nobody_could_see_since_is_not_mended_and_nothing_of_it_is_lost() -> None:
    device, alone, no_camera = terminal(), {"alone": "no"}, {"no_camera": "no"}
    enter(device, day=TODAY - 3 * DAY, answers=ALL_WELL | alone)
    enter(device, day=TODAY - 2 * DAY, answers=ALL_WELL | {"alone": "unknown"} | no_camera)
    assert Incident.objects.get().seen == ["alone", "no_camera"]

    enter(device, day=TODAY - DAY, answers=ALL_WELL | {"alone": "unknown"})
    assert Incident.objects.get().seen == ["alone"]
    entries = entries_of(
        viewer=TICK, subject_kind="incident", subject_key=Incident.objects.get().pk
    )
    assert {(each.act, each.reason_code) for each in entries} == {
        ("incident.opened", "obstructed"),
        ("incident.hindrance_seen", "alone"),
        ("incident.hindrance_seen", "no_camera"),
        ("incident.hindrance_mended", "no_camera"),
    }


@pytest.mark.django_db(transaction=True)
def test_what_two_monitors_see_at_the_same_moment_is_both_kept(tmp_path: Path) -> None:
    device = terminal()
    enter(device, day=TODAY - DAY, answers=ALL_WELL | {"alone": "no"})
    incident, by = Incident.objects.get(), somebody("monitor")

    def sees(code: str) -> set[str]:
        look_again(incident=incident, hinders={code}, mended=set(), by=by, at=NOW)
        return set(Incident.objects.get().seen)

    codes = {"no_camera", "sound", "reachable"}
    assert codes | {"alone"} in at_once(tmp_path, *[partial(sees, each) for each in codes])


def test_an_older_check_that_is_entered_late_changes_nothing_of_today() -> None:
    device = terminal()
    enter(device)

    enter(device, day=TODAY - 5 * DAY, answers=ALL_WELL | {"alone": "no"})

    assert not Incident.objects.exists()


def test_only_a_registrar_announces_works() -> None:
    with pytest.raises(NotRegistrarError):
        keeping.announce_works(
            place=place(), from_day=TODAY, until_day=TODAY, by=somebody("monitor"), at=NOW
        )


def test_works_are_announced_before_they_begin_and_end_after_it() -> None:
    registrar, there = somebody("registrar"), place()

    with pytest.raises(WorksAfterwardsError):
        keeping.announce_works(
            place=there, from_day=TODAY - DAY, until_day=TODAY, by=registrar, at=NOW
        )
    with pytest.raises(ImpossibleWorksError):
        keeping.announce_works(
            place=there, from_day=TODAY + DAY, until_day=TODAY, by=registrar, at=NOW
        )
