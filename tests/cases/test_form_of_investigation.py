"""In which form a case is investigated, and which of the law's terms runs with it."""

import datetime as dt
from dataclasses import replace

from arasha.cases import services
from arasha.cases.models import Case
from arasha.country import local_day
from arasha.people.models import User
from tests.cases.test_classify import ILL_TREATMENT, TORTURE, sign
from tests.desk.signing_in import signed_in
from tests.walk import NOW, actor

TODAY = local_day(NOW)

POLICE = replace(
    ILL_TREATMENT,
    body_kind="police",
    reason="purpose_not_found",
    conflict_answer="no_other_body",
    conflict_words="The place is theirs; by court order.",
)


def running(case: Case) -> dict[str, dt.datetime]:
    return dict(case.deadlines.filter(met_at=None).values_list("rule", "started_at"))


def test_torture_is_investigated_and_its_term_is_that_of_an_investigation(
    case: Case, prosecutor: User
) -> None:
    sign(case, prosecutor)

    assert running(case) == {"investigation": case.registered_at}


def test_what_the_police_inquire_into_has_the_term_of_an_inquiry_from_the_same_day(
    case: Case, prosecutor: User
) -> None:
    sign(case, prosecutor, POLICE)

    case.refresh_from_db()
    assert case.provision == "146.1"
    assert running(case) == {"inquiry": case.registered_at}
    assert case.next_due_rule == "inquiry"
    old = case.deadlines.get(rule="investigation")
    assert (old.met_at, old.replaced_by) == (NOW, "inquiry")
    step = case.deadlines.get(rule="inquiry").law_answer["answers"][0]["steps"][-1]
    assert (step["article"], step["checked"]) == ("CPC 191, 192", "unverified")


def test_back_to_torture_the_term_of_an_investigation_runs_from_the_first_day_again(
    case: Case, prosecutor: User
) -> None:
    sign(case, prosecutor, POLICE)
    case.refresh_from_db()
    sign(case, prosecutor, replace(TORTURE, reason="purpose_found"))

    assert running(case) == {"investigation": case.registered_at}
    page = signed_in(prosecutor).get(f"/cases/{case.key}/terms/").content.decode()
    assert "Another term runs instead" in page


def test_a_term_that_was_lengthened_goes_on_whatever_the_case_is_called(
    case: Case, prosecutor: User
) -> None:
    term = case.deadlines.get(rule="investigation")
    services.file_motion(
        deadline=term,
        amount=3,
        reason="An expert.",
        day=TODAY,
        base_version=case.version,
        by=actor(prosecutor),
        at=NOW,
    )
    case.refresh_from_db()
    sign(case, prosecutor, POLICE)

    assert running(case) == {"investigation": case.registered_at}


def test_time_for_which_a_term_stood_is_not_lost_with_it(case: Case, prosecutor: User) -> None:
    term = case.deadlines.get(rule="investigation")
    services.suspend_term(
        deadline=term,
        reason="approval",
        day=TODAY,
        base_version=case.version,
        by=actor(prosecutor),
        at=NOW,
    )
    case.refresh_from_db()
    sign(case, prosecutor, POLICE)

    inquiry = case.deadlines.get(rule="inquiry")
    assert inquiry.is_standing
    assert inquiry.suspensions.get().until_at is None
    assert not case.deadlines.get(rule="investigation").suspensions.filter(until_at=None).exists()
