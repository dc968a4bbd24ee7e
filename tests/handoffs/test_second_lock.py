"""The crossings through the second lock: each act as the role of the door where it is done."""

from collections.abc import Iterator

import pytest
from django.db import connection

from arasha.access import services as access
from arasha.access.viewing import viewing
from arasha.actors import TICK, Actor
from arasha.appeals.models import Appeal, DutyCall, State
from arasha.appeals.services import duty, offices
from arasha.handoffs import passing
from arasha.handoffs.appeals_to_appeals import services as forwards
from arasha.handoffs.appeals_to_appeals.models import Forward
from arasha.handoffs.appeals_to_cctv.models import FootageHold
from arasha.handoffs.appeals_to_support import services as support
from arasha.handoffs.appeals_to_support.models import Consent, SupportReferral
from arasha.handoffs.appeals_to_visits.models import VisitProposal
from arasha.notices.models import Notice
from arasha.people.models import Institution, User
from arasha.places.models import Place
from tests.access.locking import Become, lock
from tests.handoffs.appeals_to_cctv.test_hold import hold
from tests.handoffs.appeals_to_visits.test_propose import propose
from tests.handoffs.bodies import add_header
from tests.walk import NOW, REFERRED_AT, REGISTERED_AT, actor, institution, person

pytestmark = pytest.mark.postgres


@pytest.fixture
def become() -> Iterator[Become]:
    """Go on as a door's role, once the tables' owner has built the second lock."""

    def change(role: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            lock()
            cursor.execute(f"GRANT {role} TO arasha_owner")
            cursor.execute(f"SET LOCAL ROLE {role}")

    yield change
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_an_appeal_is_forwarded_accepted_and_followed(
    read: Appeal,
    officer: User,
    mechanism: Institution,
    mechanism_officer: User,
    prosecutor: User,
    become: Become,
) -> None:
    add_header(read, mechanism, officer)
    become("arasha_desk")

    with viewing(actor(officer)):
        made = forwards.forward(
            appeal=read, receiver=mechanism, named=True, by=actor(officer), at=REFERRED_AT
        )
    with viewing(actor(mechanism_officer)):
        forwards.accept(crossing=made, by=actor(mechanism_officer), at=REGISTERED_AT)
        assert Appeal.objects.get().state == State.CHECKED
    with viewing(actor(officer)):
        assert Forward.objects.count() == Appeal.objects.count() == 1
        assert Appeal.objects.update(state=State.ANSWERED) == 0
    with viewing(actor(prosecutor)):
        assert Forward.objects.count() == Appeal.objects.count() == 0


def test_a_returned_appeal_is_taken_back_by_the_tick(
    read: Appeal,
    officer: User,
    mechanism: Institution,
    mechanism_officer: User,
    become: Become,
) -> None:
    add_header(read, mechanism, officer)
    become("arasha_desk")
    with viewing(actor(officer)):
        made = forwards.forward(
            appeal=read, receiver=mechanism, named=True, by=actor(officer), at=REFERRED_AT
        )
    by = actor(mechanism_officer)
    with viewing(by):
        forwards.send_back(crossing=made, reason="other", by=by, at=REGISTERED_AT)
        assert Appeal.objects.count() == 0

    become("arasha_jobs")
    with viewing(TICK):
        assert forwards.take_back(by=TICK, at=NOW) == 1


def test_a_group_answers_a_proposal_and_sees_no_appeal(
    opened: Appeal,
    officer: User,
    mechanism: Institution,
    monitor: User,
    place: Place,
    become: Become,
) -> None:
    become("arasha_desk")

    with viewing(actor(officer)):
        made = propose(opened, officer, mechanism, place)
    with viewing(actor(monitor)):
        passing.accept(crossing=made, by=actor(monitor), at=REGISTERED_AT)
        assert (VisitProposal.objects.count(), Appeal.objects.count()) == (1, 0)


def test_a_withdrawn_consent_closes_the_centre_s_rows(
    opened: Appeal, officer: User, become: Become
) -> None:
    centre = institution("arqau", "crisis-centre")
    worker, by = person("support_worker", centre), actor(officer)
    agreed = support.Agreed(["name"], "written", NOW.date(), officer.pk, "kk")
    become("arasha_desk")

    with viewing(by):
        made = support.ask_for_support(
            appeal=opened,
            sender=opened.recipient_set.institution,
            receiver=centre,
            needs=["doctor"],
            agreed=agreed,
            call_back="8 7172 00 00 00",
            by=by,
            at=NOW,
        )
    with viewing(actor(worker)):
        assert SupportReferral.objects.count() == Consent.objects.count() == 1
        assert Consent.objects.update(covers=["health"]) == 0
    with viewing(by):
        support.withdraw_consent(referral=made, by=by, at=NOW)
    with viewing(actor(worker)):
        assert SupportReferral.objects.count() == Consent.objects.count() == 0


def test_a_hold_is_its_sender_s_alone(
    opened: Appeal, officer: User, prosecutor: User, place: Place, become: Become
) -> None:
    become("arasha_desk")

    with viewing(actor(officer)):
        hold(opened, officer, place)
        assert FootageHold.objects.count() == 1
    with viewing(actor(prosecutor)):
        assert FootageHold.objects.count() == 0


def test_a_call_is_begun_at_the_gateway_and_escalated_by_the_tick(
    appeal: Appeal, officer: User, second_officer: User, become: Become
) -> None:
    device = Actor.device("0b6f3c1e-0000-4000-8000-000000000009")
    become("arasha_gateway")
    with viewing(device):
        duty.begin_call(appeal=appeal, by=device, at=NOW)

    become("arasha_jobs")
    with viewing(TICK):
        DutyCall.objects.update(level=1)
        assert duty.escalate(by=TICK, at=NOW + duty.LONGEST_SHIFT) == 1
        assert Notice.objects.filter(kind="duty.called").count() == 2


def test_a_second_office_reads_what_the_tick_opened_to_it(
    appeal: Appeal, officer: User, become: Become
) -> None:
    second = institution("office-akmola", "ombuds-office")
    reader_there, of = person("officer", second), appeal.recipient_set
    of.offices = [of.institution.code, second.code]
    of.save()
    become("arasha_jobs")
    with viewing(TICK):
        assert offices.pass_to_second_offices(by=TICK, at=NOW) == 1

    become("arasha_desk")
    with viewing(actor(reader_there)):
        assert Appeal.objects.count() == 1
        withdrawn = access.withdraw_from(
            subject_kind="appeal",
            subject_key=appeal.key,
            holder_key=second.key,
            basis="assigned",
            reason_code="test",
            by=actor(reader_there),
            at=NOW,
        )
        assert withdrawn == 1
