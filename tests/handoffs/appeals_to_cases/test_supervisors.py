"""What those see who lead an institution: all that is in its hands, and nothing to change."""

import uuid

import pytest

from arasha.access.models import Grant
from arasha.appeals import agenda as appeals_agenda
from arasha.appeals.models import Appeal
from arasha.cases import agenda as cases_agenda
from arasha.cases.models import Case, Decision
from arasha.country import local_day
from arasha.handoffs.appeals_to_cases import agenda, services
from arasha.handoffs.appeals_to_cases.models import Referral
from arasha.handoffs.crossings import Answer
from arasha.people.models import Institution, User
from tests.desk.signing_in import signed_in
from tests.walk import NOW, REGISTERED_AT, WORDS, accept, actor, institution, person


@pytest.fixture
def lead_of_officers(ombudsperson: Institution) -> User:
    return person("supervisor", ombudsperson)


@pytest.fixture
def lead_of_prosecutors(prosecution: Institution) -> User:
    return person("supervisor", prosecution)


@pytest.fixture
def superior(prosecution: Institution) -> User:
    """Who leads the office above the one that receives."""
    above = institution("general-prosecution", "prosecutor")
    prosecution.parent = above
    prosecution.save(update_fields=["parent"])
    return person("supervisor", above)


@pytest.mark.parametrize("act", ["open", "classify", "refer"])
def test_a_supervisor_neither_opens_nor_treats_an_appeal(
    act: str, opened: Appeal, lead_of_officers: User
) -> None:
    answer = signed_in(lead_of_officers).post(f"/appeals/{opened.key}/{act}/", {"category": "x"})

    assert answer.status_code == 404
    assert not Referral.objects.exists()


def test_a_supervisor_reads_what_the_server_knows_of_an_appeal(
    opened: Appeal, lead_of_officers: User
) -> None:
    desk = signed_in(lead_of_officers)

    page = desk.get(f"/appeals/{opened.key}/")

    assert page.status_code == 200
    assert "Open in the reader" not in page.content.decode()
    assert str(opened.key) in desk.get("/appeals/").content.decode()
    assert appeals_agenda.agenda(viewer=actor(lead_of_officers), at=NOW) == []


def test_a_supervisor_enters_no_decision(case: Case, lead_of_prosecutors: User) -> None:
    sent = {"day": local_day(NOW).isoformat(), "base_version": case.version}

    answer = signed_in(lead_of_prosecutors).post(f"/cases/{case.key}/decide/terminated/", sent)

    assert answer.status_code == 404
    assert Decision.objects.count() == 1


def test_a_supervisor_reads_the_cases_of_the_office(case: Case, lead_of_prosecutors: User) -> None:
    desk = signed_in(lead_of_prosecutors)

    page = desk.get(f"/cases/{case.key}/").content.decode()

    assert WORDS in page
    assert "/decide/" not in page
    assert case.number in desk.get("/cases/").content.decode()
    assert cases_agenda.agenda(viewer=actor(lead_of_prosecutors), at=NOW) == []


def test_a_supervisor_answers_no_referral(referral: Referral, lead_of_prosecutors: User) -> None:
    desk = signed_in(lead_of_prosecutors)

    answer = desk.post(f"/referrals/{referral.key}/refuse/", {"reason": "insufficient"})

    assert answer.status_code == 404
    assert Referral.objects.get().answer == Answer.WAITING
    assert desk.get(f"/referrals/{referral.key}/").status_code == 200
    assert str(referral.key) in desk.get("/referrals/").content.decode()


def test_what_their_own_office_refused_does_not_wait_for_a_supervisor(
    referral: Referral, prosecutor: User, lead_of_prosecutors: User
) -> None:
    services.refuse(
        crossing=referral, reason="insufficient", by=actor(prosecutor), at=REGISTERED_AT
    )

    assert agenda.agenda(viewer=actor(lead_of_prosecutors), at=NOW) == []


@pytest.mark.usefixtures("case")
def test_the_supervisor_of_another_office_sees_nothing(other_prosecution: Institution) -> None:
    stranger = signed_in(person("supervisor", other_prosecution))

    for kind, key in (("cases", Case.objects.get().key), ("referrals", Referral.objects.get().key)):
        assert stranger.get(f"/{kind}/{key}/").status_code == 404
        assert stranger.get(f"/{kind}/{uuid.uuid4()}/").status_code == 404


def test_the_superior_prosecutor_reads_the_case_from_its_registration(
    referral: Referral, prosecutor: User, superior: User
) -> None:
    case = accept(referral, prosecutor)
    desk = signed_in(superior)

    assert WORDS in desk.get(f"/cases/{case.key}/").content.decode()
    assert desk.get(f"/cases/{case.key}/decide/terminated/").status_code == 404


@pytest.mark.usefixtures("case")
def test_an_office_with_nobody_above_it_is_overseen_by_nobody_else() -> None:
    assert not Grant.objects.filter(basis="supervises").exists()
