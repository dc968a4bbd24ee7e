"""An appeal that went to another body: that body's rules keep it, and its people hear of it."""

import pytest

from arasha.access import services as access
from arasha.actors import WORLD
from arasha.appeals import alarms, services
from arasha.appeals.errors.work import NotDueError
from arasha.appeals.models import Appeal, Coverage, Erasure, Term
from arasha.appeals.tick import tick
from arasha.country import local_day
from arasha.notices.models import Notice
from arasha.people.models import Institution, User
from arasha.trust.models import RecipientSet as StoredSet
from tests.appeals.day import READ_AT, classified, closed
from tests.appeals.test_bells import late_at, ringing
from tests.walk import (
    DAY,
    FILED_AT,
    NOW,
    OPENED_AT,
    actor,
    institution,
    person,
)

A_YEAR_LATER = READ_AT + 370 * DAY


@pytest.fixture
def mechanism(db: None) -> Institution:
    return institution("npm", "npm")


def written_to(appeal: Appeal, body: Institution) -> Appeal:
    """As if another body had forwarded it: the list is that body's, the hands are not."""
    StoredSet.objects.filter(pk=appeal.recipient_set_id).update(institution=body)
    return Appeal.objects.select_related("recipient_set__institution").get(pk=appeal.pk)


def give(appeal: Appeal, body: Institution) -> None:
    access.grant(
        subject_kind="appeal",
        subject_key=appeal.key,
        holder_kind="institution",
        holder_key=body.key,
        basis="assigned",
        by=WORLD,
        at=OPENED_AT,
    )


def take_from(appeal: Appeal, body: Institution) -> None:
    access.withdraw_from(
        subject_kind="appeal",
        subject_key=appeal.key,
        holder_key=body.key,
        basis="assigned",
        reason_code="forward",
        by=WORLD,
        at=OPENED_AT,
    )


def ask_when_over(appeal: Appeal, officer: User) -> Erasure:
    by = actor(officer)
    return services.ask_erasure(appeal=appeal, reason_code="term_over", by=by, at=A_YEAR_LATER)


@pytest.mark.usefixtures("keeps_for_a_year")
def test_the_rule_of_a_body_that_passed_it_on_destroys_nothing(
    opened: Appeal, officer: User, ombudsperson: Institution, mechanism: Institution
) -> None:
    give(opened, mechanism)
    take_from(opened, ombudsperson)
    classified(opened, officer)
    closed(opened, officer)

    with pytest.raises(NotDueError):
        ask_when_over(Appeal.objects.get(), officer)


@pytest.mark.usefixtures("keeps_for_a_year")
def test_the_rule_of_the_body_that_has_it_now_keeps_it(
    opened: Appeal, officer: User, mechanism: Institution
) -> None:
    appeal = classified(written_to(opened, mechanism), officer)
    closed(appeal, officer)

    [kept] = Term.objects.filter(code="kept")
    assert ask_when_over(appeal, officer).appeal == kept.appeal


@pytest.mark.usefixtures("keeps_for_a_year")
def test_a_clock_that_began_holds_also_when_the_appeal_goes_on_to_another_body(
    opened: Appeal, officer: User, ombudsperson: Institution, mechanism: Institution
) -> None:
    classified(opened, officer)
    closed(opened, officer)
    give(opened, mechanism)
    take_from(opened, ombudsperson)

    assert ask_when_over(Appeal.objects.get(), officer).reason_code == "term_over"


def test_a_key_that_does_not_open_rings_the_leader_of_every_body_that_has_it(
    appeal: Appeal, officer: User, ombudsperson: Institution, mechanism: Institution
) -> None:
    leaders = [person("supervisor", each) for each in (ombudsperson, mechanism)]
    give(appeal, mechanism)
    day = local_day(NOW)
    Coverage.objects.create(
        appeal=appeal, recipient="age1x", user_key=officer.pk, opens=False, on_day=day
    )

    alarms.tick(at=NOW)

    assert set(ringing("appeal.unopenable")) == set(leaders)


def test_what_is_late_rings_where_it_is_though_nobody_is_left_where_it_was_sent(
    opened: Appeal, officer: User, mechanism: Institution
) -> None:
    appeal = written_to(opened, mechanism)

    assert tick(at=late_at(appeal)) == 1
    assert ringing("appeal.late") == [officer]


def test_what_a_second_office_was_told_of_does_not_arrive_there_once_more(
    appeal: Appeal, mechanism: Institution
) -> None:
    StoredSet.objects.update(offices=["npm", "ombudsperson"])
    person("officer", mechanism)
    alarms.tick(at=FILED_AT)

    tick(at=OPENED_AT)

    assert [each.kind for each in Notice.objects.all()] == ["appeal.unopened"]


def test_a_new_clock_rings_again_for_what_was_late_before(
    opened: Appeal, officer: User, ombudsperson: Institution, mechanism: Institution
) -> None:
    reader = person("officer", mechanism)
    first_late = late_at(opened)
    tick(at=first_late)
    give(opened, mechanism)
    take_from(opened, ombudsperson)
    opened.answer_by_day = local_day(first_late + 15 * DAY)
    opened.save(update_fields=["answer_by_day"])

    tick(at=first_late + DAY)
    tick(at=late_at(opened))

    assert ringing("appeal.late") == [reader]
