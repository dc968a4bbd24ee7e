import datetime as dt

import pytest

from arasha.access.policy import ROLES
from arasha.actors import WORLD
from arasha.country import local_day
from arasha.journal.models import Entry
from arasha.people import selectors, services
from arasha.people.errors import (
    BackwardsPeriodError,
    HasLeftError,
    HeadNeedsPlaceError,
    InstitutionCodeTakenError,
    NotRegistrarError,
    NotYourPeopleError,
    NotYourselfError,
    OverlapError,
    UnknownInstitutionKindError,
    UnknownRoleError,
)
from arasha.people.roles import ROLE_NAMES
from tests.people.cast import NAME, NOW, SINCE, actor, institution, manager, person, post, registrar
from tests.places.cast import place

pytestmark = pytest.mark.django_db
TODAY = local_day(NOW)
A_DAY = dt.timedelta(days=1)


def test_only_a_registrar_opens_institutions_and_posts() -> None:
    nobody = actor(person(post(institution())))

    with pytest.raises(NotRegistrarError, match="Ask the registrar"):
        services.register_institution(code="X", kind="prosecutor", name=NAME, by=nobody, at=NOW)
    with pytest.raises(NotRegistrarError):
        services.open_post(institution=institution(), role="officer", title=NAME, by=nobody, at=NOW)


def test_a_registrar_opens_an_institution_once() -> None:
    by = actor(registrar())
    services.register_institution(code="PROS-1", kind="prosecutor", name=NAME, by=by, at=NOW)

    with pytest.raises(InstitutionCodeTakenError, match="PROS-1"):
        services.register_institution(code="PROS-1", kind="prosecutor", name=NAME, by=by, at=NOW)
    assert Entry.objects.filter(act="institution.registered", actor_key=by.key).count() == 1


def test_kinds_and_roles_come_from_their_lists() -> None:
    with pytest.raises(UnknownInstitutionKindError, match="circus"):
        services.register_institution(code="Y", kind="circus", name=NAME, by=WORLD, at=NOW)
    with pytest.raises(UnknownRoleError, match="superuser"):
        services.open_post(
            institution=institution(), role="superuser", title=NAME, by=WORLD, at=NOW
        )


def test_every_role_of_the_policy_has_a_word() -> None:
    assert set(ROLE_NAMES) == set(ROLES)


def test_a_head_without_a_place_is_refused() -> None:
    with pytest.raises(HeadNeedsPlaceError, match="Choose the place"):
        services.open_post(institution=institution(), role="head", title=NAME, by=WORLD, at=NOW)


def test_managers_of_another_institution_appoint_nobody_here() -> None:
    seat = post(institution())
    stranger = manager(institution())

    with pytest.raises(NotYourPeopleError, match="manages its own people"):
        services.appoint(user=person(), post=seat, from_day=TODAY, by=actor(stranger), at=NOW)


def test_a_manager_gives_no_post_to_themselves() -> None:
    office = institution("ombudsperson")
    chief, seat = manager(office), post(office, "officer")

    with pytest.raises(NotYourselfError, match="Ask another people-manager"):
        services.appoint(user=chief, post=seat, from_day=TODAY, by=actor(chief), at=NOW)

    assert chief.appointments.count() == 1


def test_a_manager_opens_no_ended_post_of_their_own_again() -> None:
    office = institution("ombudsperson")
    chief, seat = manager(office), post(office, "officer")
    before = services.appoint(
        user=chief, post=seat, from_day=SINCE, until_day=SINCE, by=WORLD, at=NOW
    )

    with pytest.raises(NotYourselfError):
        services.end_appointment(appointment=before, until_day=TODAY, by=actor(chief), at=NOW)


@pytest.mark.parametrize(
    ("from_day", "until_day"),
    [(SINCE, None), (SINCE - A_DAY, SINCE), (TODAY, TODAY), (SINCE - A_DAY, None)],
)
def test_one_person_is_not_in_one_post_twice_at_a_time(
    from_day: dt.date, until_day: dt.date | None
) -> None:
    seat = post(institution())
    user = person(seat)

    with pytest.raises(OverlapError, match="End the other period"):
        services.appoint(
            user=user, post=seat, from_day=from_day, until_day=until_day, by=WORLD, at=NOW
        )


def test_a_person_comes_back_to_a_post_after_the_first_period() -> None:
    seat = post(institution())
    user = person(seat)
    first = user.appointments.get()
    services.end_appointment(appointment=first, until_day=TODAY - A_DAY, by=WORLD, at=NOW)

    services.appoint(user=user, post=seat, from_day=TODAY, by=WORLD, at=NOW)

    assert user.appointments.count() == 2


def test_days_run_forwards() -> None:
    with pytest.raises(BackwardsPeriodError, match="Check both days"):
        services.appoint(
            user=person(),
            post=post(institution()),
            from_day=TODAY,
            until_day=TODAY - A_DAY,
            by=WORLD,
            at=NOW,
        )


def test_who_has_left_is_appointed_to_nothing() -> None:
    seat = post(institution())
    user = person(seat)
    services.leave(user=user, by=WORLD, at=NOW)

    with pytest.raises(HasLeftError, match="Aigerim Nurlan has left"):
        services.appoint(user=user, post=seat, from_day=TODAY, by=WORLD, at=NOW)


def test_a_place_has_one_head_at_a_time_and_each_day_knows_its_own() -> None:
    colony, ministry = place(), institution("administration")
    seats = [
        services.open_post(
            institution=ministry, role="head", title=NAME, place=colony, by=WORLD, at=NOW
        )
        for _ in range(2)
    ]
    old, new = person(seats[0], "Old Head"), person(name="New Head")
    with pytest.raises(OverlapError):
        services.appoint(user=new, post=seats[1], from_day=TODAY, by=WORLD, at=NOW)

    services.end_appointment(
        appointment=old.appointments.get(), until_day=TODAY - A_DAY, by=WORLD, at=NOW
    )
    services.appoint(user=new, post=seats[1], from_day=TODAY, by=WORLD, at=NOW)

    assert [_head(colony, day) for day in (TODAY - A_DAY, TODAY)] == ["Old Head", "New Head"]


def test_a_place_is_commanded_for_a_period() -> None:
    colony, ministry = place(), institution("administration")
    given = services.give_command(
        institution=ministry, place=colony, from_day=SINCE, by=WORLD, at=NOW
    )
    with pytest.raises(OverlapError):
        services.give_command(institution=ministry, place=colony, from_day=TODAY, by=WORLD, at=NOW)

    services.end_command(command=given, until_day=TODAY - A_DAY, by=WORLD, at=NOW)

    assert list(selectors.commanders_of(viewer=WORLD, place_key=colony.pk, day=SINCE)) == [ministry]
    assert not selectors.commanders_of(viewer=WORLD, place_key=colony.pk, day=TODAY)


def _head(colony: object, day: dt.date) -> str:
    return selectors.heads_of(viewer=WORLD, place_key=colony.pk, day=day).get().user.full_name  # type: ignore[attr-defined]
