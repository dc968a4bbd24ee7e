"""Which rows open a record, and which have stopped to."""

import pytest
from django.db import connection

from arasha.access import selectors, services
from arasha.access.errors import AlreadyLiftedError, AlreadyWithdrawnError, UnknownBarReasonError
from arasha.access.models import Bar
from arasha.access.selectors import can, grants_on, visible
from arasha.actors import ANONYMOUS, FIGURES, TICK, WORLD, Actor
from arasha.appeals.models import Appeal
from arasha.cases.models import Case
from arasha.journal.models import Entry
from arasha.people.models import User
from tests.access import cast, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return rows.case()


@pytest.fixture
def prosecutor() -> User:
    return cast.person("prosecutor")


def sees(user: User, case: Case) -> bool:
    """As a list, as one record, and without the record's table: all must agree."""
    viewer = cast.actor(user)
    may = visible(viewer=viewer, kind="case", compartment="summary")
    listed = case in Case.objects.filter(may)
    single = Case.objects.filter(may, pk=case.pk).exists()
    asked = can(viewer=viewer, kind="case", key=case.key, compartment="summary")
    assert listed == single == asked
    return listed


def test_where_each_row_is_asked_an_expired_grant_and_a_barred_case_stay_closed(
    prosecutor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(selectors.MANY, connection.vendor, 0)
    of_others, over, barred, open_case = (rows.case() for _ in range(4))
    cast.give("case", over.key, prosecutor, "assigned", until_at=cast.YESTERDAY)
    for each in (barred, open_case):
        cast.give("case", each.key, prosecutor, "assigned")
    cast.keep_away("case", barred.key, prosecutor)

    assert not any(sees(prosecutor, each) for each in (of_others, over, barred))
    assert sees(prosecutor, open_case)


def test_an_expired_grant_opens_nothing(case: Case, prosecutor: User) -> None:
    cast.give("case", case.key, prosecutor, "assigned", until_at=cast.YESTERDAY)

    assert not sees(prosecutor, case)


def test_a_grant_that_begins_tomorrow_opens_nothing_today(case: Case, prosecutor: User) -> None:
    cast.give("case", case.key, prosecutor, "assigned", since_at=cast.TOMORROW)

    assert not sees(prosecutor, case)


def test_a_withdrawn_grant_opens_nothing_and_leaves_a_trace(case: Case, prosecutor: User) -> None:
    given = cast.give("case", case.key, prosecutor, "assigned")
    assert sees(prosecutor, case)

    services.withdraw(grant=given, reason_code="reassigned", by=WORLD, at=cast.YESTERDAY)

    assert not sees(prosecutor, case)
    assert Entry.objects.filter(act="access.withdrawn", grant_key=given.key).exists()


def test_a_second_withdrawal_is_refused(case: Case, prosecutor: User) -> None:
    given = cast.give("case", case.key, prosecutor, "assigned")
    services.withdraw(grant=given, reason_code="reassigned", by=WORLD, at=cast.NOW)

    with pytest.raises(AlreadyWithdrawnError):
        services.withdraw(grant=given, reason_code="reassigned", by=WORLD, at=cast.NOW)


@pytest.mark.parametrize("reason", ["accused", "witness", "works_there", "relative"])
def test_a_bar_beats_every_grant(case: Case, reason: str) -> None:
    office = cast.institution()
    prosecutor = cast.person("prosecutor", office)
    cast.give("case", case.key, office, "assigned")
    cast.give("case", case.key, prosecutor, "assigned")

    cast.keep_away("case", case.key, prosecutor, reason)

    assert not sees(prosecutor, case)


def test_a_bar_keeps_away_one_person_not_their_colleagues(case: Case) -> None:
    office = cast.institution()
    barred, colleague = cast.person("prosecutor", office), cast.person("prosecutor", office)
    cast.give("case", case.key, office, "assigned")

    cast.keep_away("case", case.key, barred)

    assert sees(colleague, case)


def test_a_lifted_bar_lets_grants_count_again(case: Case, prosecutor: User) -> None:
    cast.give("case", case.key, prosecutor, "assigned")
    cast.keep_away("case", case.key, prosecutor)

    services.lift_bar(bar=Bar.objects.get(), by=WORLD, at=cast.YESTERDAY)

    assert sees(prosecutor, case)
    with pytest.raises(AlreadyLiftedError):
        services.lift_bar(bar=Bar.objects.get(), by=WORLD, at=cast.NOW)


def test_a_bar_needs_a_reason_that_is_known(case: Case, prosecutor: User) -> None:
    with pytest.raises(UnknownBarReasonError, match="accused"):
        cast.keep_away("case", case.key, prosecutor, "dislike")


def test_who_has_left_sees_nothing(case: Case, prosecutor: User) -> None:
    cast.give("case", case.key, prosecutor, "assigned")
    User.objects.filter(pk=prosecutor.pk).update(left_at=cast.YESTERDAY)

    assert not sees(prosecutor, case)


def test_an_appointment_that_ended_opens_nothing(case: Case) -> None:
    former = cast.person("prosecutor", until_day=cast.LONG_AGO.date())
    cast.give("case", case.key, former, "assigned")

    assert not sees(former, case)


def test_a_grant_to_another_institution_opens_nothing(case: Case, prosecutor: User) -> None:
    cast.give("case", case.key, cast.institution(), "assigned")

    assert not sees(prosecutor, case)


def test_a_role_in_one_institution_is_no_role_in_another(case: Case) -> None:
    """A prosecutor elsewhere who is an officer here sees what an officer here may see."""
    here = cast.institution()
    both = cast.person("prosecutor")
    cast.appoint(both, "monitor", here)

    cast.give("case", case.key, here, "assigned")

    assert not sees(both, case)


def test_a_grant_on_another_kind_of_record_opens_nothing(case: Case, prosecutor: User) -> None:
    cast.give("referral", case.key, prosecutor, "assigned")

    assert not sees(prosecutor, case)


@pytest.mark.parametrize("viewer", [ANONYMOUS, Actor.device("00000000"), Actor.job("sequencer")])
def test_nobody_devices_and_other_jobs_see_no_case(case: Case, viewer: Actor) -> None:
    assert not Case.objects.filter(visible(viewer=viewer, kind="case", compartment="summary"))


def test_jobs_see_whole_tables_but_only_their_own() -> None:
    rows.ciphertext()
    summary = visible(viewer=TICK, kind="appeal", compartment="summary", action="rw")
    counted = visible(viewer=FIGURES, kind="appeal", compartment="summary", action="rw")
    sealed = visible(viewer=TICK, kind="appeal", compartment="sealed")

    assert Appeal.objects.filter(summary).count() == 1
    assert Appeal.objects.filter(counted).count() == 0
    assert Appeal.objects.filter(sealed).count() == 0


def test_who_may_see_is_shown_only_to_who_may_see(case: Case, prosecutor: User) -> None:
    cast.give("case", case.key, prosecutor, "assigned")
    stranger = cast.actor(cast.person("prosecutor"))

    assert len(grants_on(viewer=cast.actor(prosecutor), kind="case", key=case.key)) == 1
    assert len(grants_on(viewer=stranger, kind="case", key=case.key)) == 0


def test_what_arrives_by_rule_names_nobody() -> None:
    appeal, office = rows.appeal(), cast.institution()

    given = services.grant_by_rule(
        subject_kind="appeal",
        subject_key=appeal.key,
        holder_kind="institution",
        holder_key=office.key,
        basis="assigned",
        at=cast.NOW,
    )

    assert (given.given_by_kind, given.given_by_key) == ("anonymous", "")
    assert not Entry.objects.filter(grant_key=given.key).exists()


def test_a_load_of_grants_has_an_entry_for_each(prosecutor: User) -> None:
    loaded = [
        services.Granted(
            subject_kind="case",
            subject_key=rows.case().key,
            holder_kind="person",
            holder_key=prosecutor.pk,
            basis="assigned",
            at=cast.LONG_AGO,
        )
        for _ in range(3)
    ]

    made = services.grant_many(grants=loaded, by=WORLD)

    keys = {grant.key for grant in made}
    assert set(Entry.objects.values_list("grant_key", flat=True)) == keys
    may = visible(viewer=cast.actor(prosecutor), kind="case", compartment="summary")
    assert Case.objects.filter(may).count() == 3
