import pytest

from arasha.appeals.errors.work import NotYetOpenedError
from arasha.appeals.models import Appeal, State
from arasha.handoffs import passing
from arasha.handoffs.appeals_to_visits import services
from arasha.handoffs.appeals_to_visits.models import VisitProposal
from arasha.handoffs.appeals_to_visits.selectors import PROPOSALS
from arasha.handoffs.crossings import Answer, WaitsFor, waits_for
from arasha.handoffs.errors import AlreadyAnsweredError, AlreadyPassedError
from arasha.journal.models import Entry
from arasha.notices.models import Notice
from arasha.people.models import Institution, User
from arasha.places.models import Place
from arasha.problems import NotFoundProblem
from tests.walk import REFERRED_AT, REGISTERED_AT, actor


def propose(appeal: Appeal, by: User, to: Institution | None, place: Place) -> VisitProposal:
    return services.propose(
        appeal=appeal,
        sender=appeal.recipient_set.institution,
        receiver=to,
        place=place,
        reason="torture",
        wanted_by_day=None,
        by=actor(by),
        at=REFERRED_AT,
    )


@pytest.fixture
def made(
    opened: Appeal, officer: User, mechanism: Institution, monitor: User, place: Place
) -> VisitProposal:
    return propose(opened, officer, mechanism, place)


def test_what_nobody_has_read_proposes_no_visit(
    appeal: Appeal, officer: User, mechanism: Institution, place: Place
) -> None:
    with pytest.raises(NotYetOpenedError):
        propose(appeal, officer, mechanism, place)


def test_the_same_group_is_not_asked_twice(
    made: VisitProposal, opened: Appeal, officer: User, mechanism: Institution, place: Place
) -> None:
    with pytest.raises(AlreadyPassedError):
        propose(opened, officer, mechanism, place)


def test_without_a_group_it_is_asked_once_all_the_same(
    opened: Appeal, officer: User, place: Place
) -> None:
    propose(opened, officer, None, place)

    with pytest.raises(AlreadyPassedError):
        propose(opened, officer, None, place)


def test_a_second_answer_is_refused(made: VisitProposal, monitor: User) -> None:
    passing.accept(crossing=made, by=actor(monitor), at=REGISTERED_AT)

    with pytest.raises(AlreadyAnsweredError):
        passing.send_back(crossing=made, reason="other", by=actor(monitor), at=REGISTERED_AT)


def test_nobody_in_this_system_to_receive_it_is_said_and_not_hidden(
    opened: Appeal, officer: User, mechanism: Institution, place: Place
) -> None:
    nowhere = propose(opened, officer, None, place)
    to_nobody = propose(opened, officer, mechanism, place)

    for each in (nowhere, to_nobody):
        said = waits_for(each, viewer=actor(officer), role="monitor", at=REFERRED_AT)
        assert said == WaitsFor.RECEIVER


def test_the_group_learns_the_place_and_never_sees_the_appeal(
    made: VisitProposal, opened: Appeal, monitor: User, officer: User
) -> None:
    mine = list(PROPOSALS.to_answer(viewer=actor(monitor)))

    assert mine == [made]
    assert waits_for(made, viewer=actor(officer), role="monitor", at=REFERRED_AT) == "answer"
    assert Notice.objects.get(kind="visit_proposal.arrived").user == monitor
    opened.refresh_from_db()
    assert opened.state == State.OPENED


def test_accepted_it_rings_the_officer_and_stops_the_group_s_bell(
    made: VisitProposal, monitor: User, officer: User
) -> None:
    passing.accept(crossing=made, by=actor(monitor), at=REGISTERED_AT)

    made.refresh_from_db()
    assert made.answer == Answer.ACCEPTED
    assert Notice.objects.get(kind="visit_proposal.arrived").handled_at == REGISTERED_AT
    assert Notice.objects.get(kind="visit_proposal.answered").user == officer
    assert Entry.objects.filter(act="visit_proposal.accepted", subject_key=made.key).exists()


def test_a_prosecutor_knows_of_no_proposal(made: VisitProposal, prosecutor: User) -> None:
    with pytest.raises(NotFoundProblem):
        PROPOSALS.find(viewer=actor(prosecutor), key=made.key)
