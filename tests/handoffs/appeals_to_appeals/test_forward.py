import pytest

from arasha.access.models import Grant
from arasha.access.selectors import can
from arasha.actors import TICK
from arasha.appeals import tick as late_appeals
from arasha.appeals.errors.work import AlreadyClosedError, AlreadyErasedError, NotYetOpenedError
from arasha.appeals.models import Appeal, Closing, State
from arasha.appeals.selectors import may_open
from arasha.country import local_day
from arasha.handoffs.appeals_to_appeals import services, tick
from arasha.handoffs.appeals_to_appeals.errors import (
    HeaderMissingError,
    NoListError,
    NotInYourHandsError,
)
from arasha.handoffs.appeals_to_appeals.models import Forward
from arasha.handoffs.crossings import Answer
from arasha.handoffs.errors import (
    AccusedBodyError,
    AccusedNotRecordedError,
    AlreadyAnsweredError,
    AlreadyPassedError,
    CommandingReceiverError,
    NotCompetentError,
    UnnamedOpensNothingError,
)
from arasha.journal.models import Entry
from arasha.notices.models import Notice
from arasha.people.models import Institution, User
from arasha.places.models import Place
from tests.handoffs.bodies import add_header
from tests.walk import (
    NOW,
    REFERRED_AT,
    REGISTERED_AT,
    actor,
    command,
    institution,
    list_of,
)


def forward(appeal: Appeal, to: Institution, by: User, *, named: bool = True) -> Forward:
    return services.forward(appeal=appeal, receiver=to, named=named, by=actor(by), at=REFERRED_AT)


def accept(made: Forward, by: User) -> Forward:
    return services.accept(crossing=made, by=actor(by), at=REGISTERED_AT)


def send_back(made: Forward, by: User) -> Forward:
    return services.send_back(crossing=made, reason="not_competent", by=actor(by), at=REGISTERED_AT)


@pytest.fixture
def made(read: Appeal, officer: User, mechanism: Institution, mechanism_officer: User) -> Forward:
    add_header(read, mechanism, officer)
    return forward(read, mechanism, officer)


def test_an_appeal_that_nobody_has_read_is_not_forwarded(
    appeal: Appeal, officer: User, mechanism: Institution
) -> None:
    with pytest.raises(NotYetOpenedError, match="Open it in the reader first"):
        forward(appeal, mechanism, officer)


def test_whom_it_complains_of_is_recorded_first(
    opened: Appeal, officer: User, mechanism: Institution
) -> None:
    with pytest.raises(AccusedNotRecordedError, match="Record it first"):
        forward(opened, mechanism, officer)


def test_the_accused_body_does_not_receive_it(
    read: Appeal, officer: User, accused: Institution
) -> None:
    with pytest.raises(AccusedBodyError, match="nothing to do with it"):
        forward(read, accused, officer)


def test_nor_does_a_body_with_people_of_the_accused_in_its_list(
    read: Appeal, officer: User, mechanism: Institution, accused: Institution
) -> None:
    shared = add_header(read, mechanism, officer).recipient_set
    shared.offices = [mechanism.code, accused.code]
    shared.save(update_fields=["offices"])

    with pytest.raises(AccusedBodyError):
        forward(read, mechanism, officer)


def test_what_ended_on_its_way_is_not_accepted(
    made: Forward, mechanism_officer: User, officer: User
) -> None:
    appeal = Appeal.objects.get()
    closing = {"outcome": "restored", "answered": "in_person", "by_key": officer.pk}
    day = local_day(REFERRED_AT)
    Closing.objects.create(appeal=appeal, outcome_day=day, closed_day=day, **closing)

    with pytest.raises(AlreadyClosedError):
        accept(made, mechanism_officer)
    assert Forward.objects.get().answer == Answer.WAITING


def test_what_was_erased_on_its_way_does_not_come_to_life(
    made: Forward, mechanism_officer: User
) -> None:
    Appeal.objects.update(erased_day=local_day(REFERRED_AT))

    with pytest.raises(AlreadyErasedError):
        accept(made, mechanism_officer)


def test_neither_whoever_is_above_the_accused_nor_its_offices_receive_it(
    read: Appeal, officer: User, accused: Institution
) -> None:
    accused.parent, branch = institution("ministry", "ministry"), institution("branch", "npm")
    accused.save()
    branch.parent = accused
    branch.save()

    for body in (accused.parent, branch):
        with pytest.raises(AccusedBodyError):
            forward(read, body, officer)


def test_a_body_that_commands_the_place_does_not_receive_it(
    read: Appeal, officer: User, mechanism: Institution, place: Place
) -> None:
    command(mechanism, place)

    with pytest.raises(CommandingReceiverError, match="does not command it"):
        forward(read, mechanism, officer)


def test_nor_does_whoever_stands_above_the_commander(
    read: Appeal, officer: User, administration: Institution
) -> None:
    administration.parent = institution("ministry", "ministry")
    administration.save()

    with pytest.raises(CommandingReceiverError):
        forward(read, administration.parent, officer)


def test_a_body_without_a_rule_for_this_matter_does_not_receive_it(
    read: Appeal, officer: User, prosecution: Institution
) -> None:
    read.category = "health"
    read.save()

    with pytest.raises(NotCompetentError, match="may not receive this matter"):
        forward(read, prosecution, officer)


def test_an_unnamed_appeal_goes_to_no_body_where_it_opens_nothing(
    read: Appeal, officer: User, prosecution: Institution
) -> None:
    with pytest.raises(UnnamedOpensNothingError, match="special visit"):
        forward(read, prosecution, officer, named=False)


def test_a_body_without_a_list_cannot_be_forwarded_to(
    read: Appeal, officer: User, mechanism: Institution
) -> None:
    with pytest.raises(NoListError, match="no list of recipients"):
        forward(read, mechanism, officer)


def test_without_an_added_header_nothing_is_forwarded_and_nothing_is_granted(
    read: Appeal, officer: User, mechanism: Institution
) -> None:
    list_of(mechanism)

    with pytest.raises(HeaderMissingError, match="add the readers"):
        forward(read, mechanism, officer)
    assert not Grant.objects.filter(holder_key=mechanism.key).exists()


def test_whoever_does_not_hold_it_does_not_forward_it(
    read: Appeal, mechanism_officer: User, prosecution: Institution
) -> None:
    with pytest.raises(NotInYourHandsError):
        forward(read, prosecution, mechanism_officer)


def test_a_second_forward_to_the_same_body_is_refused(
    made: Forward, read: Appeal, officer: User, mechanism: Institution
) -> None:
    with pytest.raises(AlreadyPassedError, match="already with that body"):
        forward(read, mechanism, officer)
    assert Forward.objects.count() == 1


def test_a_second_answer_is_refused(made: Forward, mechanism_officer: User) -> None:
    accept(made, mechanism_officer)

    with pytest.raises(AlreadyAnsweredError):
        send_back(made, mechanism_officer)


def test_before_the_forward_the_receiver_sees_nothing(
    read: Appeal, mechanism_officer: User
) -> None:
    assert not may_open(viewer=actor(mechanism_officer), appeal=read)


def test_forwarded_it_is_passed_on_and_the_receiver_may_open_it(
    made: Forward, read: Appeal, mechanism_officer: User
) -> None:
    read.refresh_from_db()

    assert read.state == State.PASSED_ON
    assert may_open(viewer=actor(mechanism_officer), appeal=read)
    assert Notice.objects.filter(kind="forward.arrived", user=mechanism_officer).exists()
    assert Entry.objects.filter(act="forward.made", subject_key=made.key).exists()


def test_the_receivers_clock_is_the_packs(made: Forward) -> None:
    assert made.answer_due_at is not None
    assert (made.answer_due_at - REFERRED_AT).days in (2, 3)


def test_accepted_it_is_in_the_receivers_hands_and_the_first_body_follows(
    made: Forward, read: Appeal, officer: User, mechanism_officer: User
) -> None:
    accept(made, mechanism_officer)

    read.refresh_from_db()
    assert (read.state, read.waits) == (State.CHECKED, True)
    for user, writes in ((mechanism_officer, True), (officer, False)):
        viewer, key = actor(user), read.key
        assert can(viewer=viewer, kind="appeal", key=key, compartment="sealed")
        held = can(viewer=viewer, kind="appeal", key=key, compartment="summary", action="rw")
        assert held is writes


def test_late_it_rings_where_it_is_now(
    made: Forward, read: Appeal, officer: User, mechanism_officer: User
) -> None:
    accept(made, mechanism_officer)
    Appeal.objects.update(answer_by_day=local_day(REGISTERED_AT))

    late_appeals.tick(at=NOW)

    assert Notice.objects.get(kind="appeal.late").user == mechanism_officer


def test_returned_the_receivers_access_ends_and_the_sender_has_it_again(
    made: Forward, read: Appeal, officer: User, mechanism_officer: User
) -> None:
    send_back(made, mechanism_officer)
    taken = tick.tick(at=NOW)

    read.refresh_from_db()
    made.refresh_from_db()
    assert (taken, read.state, made.answer) == (1, State.CHECKED, Answer.RETURNED)
    assert not may_open(viewer=actor(mechanism_officer), appeal=read)
    assert may_open(viewer=actor(officer), appeal=read)
    assert services.take_back(by=TICK, at=NOW) == 0


def test_after_a_return_it_may_be_forwarded_to_the_same_body_again(
    made: Forward, read: Appeal, officer: User, mechanism: Institution, mechanism_officer: User
) -> None:
    send_back(made, mechanism_officer)
    tick.tick(at=NOW)

    assert forward(read, mechanism, officer).pk != made.pk
