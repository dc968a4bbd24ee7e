"""The pages of crossings as signed-in people see them: refusals first."""

import pytest

from arasha.appeals.models import Appeal
from arasha.appeals.words import TOLD_BY_READER
from arasha.handoffs.appeals_to_appeals.models import Forward
from arasha.handoffs.appeals_to_cctv.models import FootageHold
from arasha.handoffs.appeals_to_support.models import Consent, SupportReferral
from arasha.handoffs.appeals_to_visits.models import VisitProposal
from arasha.journal.models import Entry
from arasha.people.models import Institution, User
from arasha.places.models import Place
from tests.desk.signing_in import signed_in
from tests.handoffs.bodies import add_header
from tests.walk import NOW, institution, person

DOORS = ("forwards", "visit-proposals", "support", "footage-holds")
KINDS = ("forward", "visit_proposal", "support_referral", "footage_hold")


@pytest.mark.parametrize("door", DOORS)
def test_whoever_does_not_hold_the_appeal_passes_nothing_on(
    door: str, opened: Appeal, prosecutor: User
) -> None:
    assert signed_in(prosecutor).get(f"/{door}/from/{opened.key}/").status_code == 404


@pytest.mark.parametrize("door", DOORS)
def test_an_empty_form_is_given_back_and_makes_nothing(
    door: str, read: Appeal, officer: User, mechanism: Institution
) -> None:
    add_header(read, mechanism, officer)

    answer = signed_in(officer).post(f"/{door}/from/{read.key}/", {"named": "?"})

    assert answer.status_code == 422
    made = Entry.objects.filter(subject_kind__in=KINDS, act__endswith=".made")
    assert not made.exists()


def test_the_forward_s_page_names_each_body_and_what_stands_against_it(
    opened: Appeal, officer: User, mechanism: Institution
) -> None:
    add_header(opened, mechanism, officer)

    page = signed_in(officer).get(f"/forwards/from/{opened.key}/").content.decode()

    assert "Nobody has recorded yet whom this appeal complains of" in page
    assert "npm" in page


def test_an_officer_forwards_and_is_told_to_tell_the_person(
    read: Appeal, officer: User, mechanism: Institution, mechanism_officer: User
) -> None:
    add_header(read, mechanism, officer)
    desk = signed_in(officer)

    answer = desk.post(
        f"/forwards/from/{read.key}/", {"receiver": str(mechanism.key), "named": "named"}
    )

    made = Forward.objects.get()
    assert answer.headers["Location"] == f"/forwards/{made.key}/"
    page = desk.get(f"/forwards/{made.key}/").content.decode()
    assert "Tell the person" in page
    assert str(TOLD_BY_READER) in page
    assert "Forwarded appeal: npm" in desk.get(f"/appeals/{read.key}/").content.decode()


def test_the_receiver_accepts_and_is_shown_the_appeal(
    read: Appeal, officer: User, mechanism: Institution, mechanism_officer: User
) -> None:
    add_header(read, mechanism, officer)
    typed = {"receiver": str(mechanism.key), "named": "unnamed"}
    signed_in(officer).post(f"/forwards/from/{read.key}/", typed)
    address = f"/forwards/{Forward.objects.get().key}/"
    there = signed_in(mechanism_officer)

    assert signed_in(officer).post(address + "accept/").status_code == 404
    assert there.post(address + "return/", {}).status_code == 422
    assert there.post(address + "accept/").headers["Location"] == f"/appeals/{read.key}/"
    assert "already answered" in there.post(address + "accept/").content.decode()


def test_a_visit_is_proposed_and_the_group_returns_it(
    read: Appeal, officer: User, mechanism: Institution, monitor: User, place: Place
) -> None:
    desk, group = signed_in(officer), signed_in(monitor)
    typed = {"receiver": str(mechanism.key), "place": place.code, "reason": "reprisal"}

    desk.post(f"/visit-proposals/from/{read.key}/", typed)
    address = f"/visit-proposals/{VisitProposal.objects.get().key}/"

    assert read.code[:4] not in group.get(address).content.decode()
    assert address in group.get("/passed/").content.decode()
    assert group.post(address + "return/", {"reason": "no_capacity"}).status_code == 302
    assert "No capacity now" in desk.get(address).content.decode()


def test_the_list_begins_where_something_is_counts_each_kind_and_names_the_place(
    read: Appeal, officer: User, mechanism: Institution, monitor: User, place: Place
) -> None:
    desk = signed_in(officer)
    assert "Forwarded appeals: 0</strong>" in desk.get("/passed/").content.decode()
    typed = {"receiver": str(mechanism.key), "place": place.code, "reason": "reprisal"}
    desk.post(f"/visit-proposals/from/{read.key}/", typed)

    page = desk.get("/passed/").content.decode()

    assert "Proposals of a visit: 1</strong>" in page
    assert "Prison No. 1" in page
    assert "Forwarded appeals: 0</strong>" in desk.get("/passed/?kind=forward").content.decode()
    assert "Proposals of a visit: 1</strong>" in desk.get("/passed/?kind=?").content.decode()


def test_without_a_group_the_page_says_that_nothing_was_sent(
    read: Appeal, officer: User, place: Place
) -> None:
    desk = signed_in(officer)
    desk.post(f"/visit-proposals/from/{read.key}/", {"place": place.code, "reason": "torture"})

    page = desk.get(f"/visit-proposals/{VisitProposal.objects.get().key}/").content.decode()
    assert "Nothing was sent by this" in page


def test_a_consent_is_recorded_and_withdrawn_on_the_page(read: Appeal, officer: User) -> None:
    centre = institution("arqau", "crisis-centre")
    worker, desk = person("support_worker", centre), signed_in(officer)
    typed = {
        "receiver": str(centre.key),
        "needs": ["doctor"],
        "covers": [],
        "given_how": "written",
        "from_day": NOW.date().isoformat(),
        "asked_by": officer.pk,
        "language": "kk",
        "call_back": "8 7172 55 55 55",
    }

    refused = desk.post(f"/support/from/{read.key}/", typed)
    assert "Without consent nothing goes there" in refused.content.decode()
    desk.post(f"/support/from/{read.key}/", typed | {"covers": ["name"]})
    address = f"/support/{SupportReferral.objects.get().key}/"

    page = signed_in(worker).get(address).content.decode()
    assert "Call 8 7172 55 55 55 and ask for officer of" in page
    assert "told on the telephone or in person" in page
    assert signed_in(worker).post(address + "withdraw/").status_code == 404
    assert desk.post(address + "withdraw/").status_code == 302
    assert Consent.objects.get().withdrawn_at is not None
    assert signed_in(worker).get(address).status_code == 404


def test_a_hold_is_noted_with_its_letter_and_its_end(
    read: Appeal, officer: User, place: Place
) -> None:
    desk = signed_in(officer)
    typed = {
        "place": place.code,
        "zone": "yard",
        "from_at": "2026-01-05T00:00",
        "until_at": "2026-01-06T00:00",
        "kept_days": 30,
        "kept_by": "",
    }

    refused = desk.post(f"/footage-holds/from/{read.key}/", typed)
    assert "Name the document" in refused.content.decode()
    desk.post(f"/footage-holds/from/{read.key}/", typed | {"kept_by": "Order No. 7"})
    address = f"/footage-holds/{FootageHold.objects.get().key}/"
    desk.post(address + "letter/", {"number": "12-34", "day": "2026-01-07"})
    desk.post(address + "outcome/", {"outcome": "partly_lost"})

    page = desk.get(address).content.decode()
    assert "12-34" in page
    assert "Partly lost" in page


def test_what_a_supervisor_leads_they_see_and_do_not_answer(
    read: Appeal, officer: User, place: Place, mechanism: Institution, monitor: User
) -> None:
    typed = {"receiver": str(mechanism.key), "place": place.code, "reason": "torture"}
    signed_in(officer).post(f"/visit-proposals/from/{read.key}/", typed)
    leader = signed_in(person("supervisor", mechanism))
    address = f"/visit-proposals/{VisitProposal.objects.get().key}/"

    assert "Your answer" not in leader.get(address).content.decode()
    assert leader.post(address + "accept/").status_code == 404
