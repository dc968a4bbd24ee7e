"""Proceedings beside the criminal one, and what is done in each."""

import pytest

from arasha.cases import services
from arasha.cases.deciding.errors import (
    ByDecisionOnlyError,
    DayInFutureError,
    DayTooEarlyError,
    ProceedingClosedError,
    UnknownCodeError,
)
from arasha.cases.models import Case, Proceeding, Step
from arasha.country import local_day
from arasha.people.models import User
from arasha.problems import ChangedMeanwhileProblem
from tests.desk.signing_in import signed_in
from tests.walk import DAY, REGISTERED_AT, actor, at_most, decide

TODAY = local_day(REGISTERED_AT)


def opened(case: Case, by: User, **changes: object) -> Proceeding:
    asked: dict[str, object] = {
        "kind": "disciplinary",
        "body_name": "Prison service",
        "opened_day": TODAY,
        "base_version": Case.objects.get().version,
        "at": REGISTERED_AT + 5 * DAY,
    }
    return services.open_proceeding(case=case, by=actor(by), **(asked | changes))  # type: ignore[arg-type]


def step(proceeding: Proceeding, by: User, **changes: object) -> Step:
    asked: dict[str, object] = {
        "kind": "interview",
        "day": TODAY + DAY,
        "base_version": Case.objects.get().version,
        "at": REGISTERED_AT + 5 * DAY,
    }
    return services.add_step(proceeding=proceeding, by=actor(by), **(asked | changes))  # type: ignore[arg-type]


@pytest.fixture
def pre_trial(case: Case) -> Proceeding:
    return case.proceedings.get()


def test_what_a_decision_opens_is_not_opened_by_hand(
    case: Case, pre_trial: Proceeding, prosecutor: User
) -> None:
    with pytest.raises(ByDecisionOnlyError, match="Enter the decision"):
        opened(case, prosecutor, kind="court_first")
    with pytest.raises(ByDecisionOnlyError):
        services.close_proceeding(
            proceeding=pre_trial,
            closed_day=TODAY,
            base_version=1,
            by=actor(prosecutor),
            at=REGISTERED_AT,
        )


def test_an_unknown_kind_and_a_day_ahead_are_refused(case: Case, prosecutor: User) -> None:
    with pytest.raises(UnknownCodeError):
        opened(case, prosecutor, kind="ordeal")
    with pytest.raises(DayInFutureError):
        opened(case, prosecutor, opened_day=TODAY + 30 * DAY)


def test_a_step_lies_within_its_proceeding(
    case: Case, pre_trial: Proceeding, prosecutor: User
) -> None:
    with pytest.raises(DayTooEarlyError):
        step(pre_trial, prosecutor, day=TODAY - DAY)
    decide(case, "terminated", prosecutor, days_later=2)
    pre_trial.refresh_from_db()
    with pytest.raises(ProceedingClosedError):
        step(pre_trial, prosecutor, day=TODAY + 3 * DAY)


def test_a_double_click_enters_one_step_and_a_second_editor_none(
    pre_trial: Proceeding, prosecutor: User
) -> None:
    made = step(pre_trial, prosecutor, base_version=1)

    assert step(pre_trial, prosecutor, base_version=1) == made
    with pytest.raises(ChangedMeanwhileProblem):
        step(pre_trial, prosecutor, kind="search", base_version=1)


def test_registration_opens_the_pre_trial_proceeding(pre_trial: Proceeding, case: Case) -> None:
    assert (pre_trial.kind, pre_trial.body) == ("pre_trial", case.holder)
    assert case.decisions.get().proceeding == pre_trial


def test_a_disciplinary_proceeding_is_entered_and_closed_on_its_pages(
    case: Case, prosecutor: User
) -> None:
    desk, at = signed_in(prosecutor), f"/cases/{case.key}/proceeding/"
    sent = {"kind": "disciplinary", "body_name": "Prison service", "day": TODAY.isoformat()}

    assert desk.post(at, sent | {"base_version": 1}).status_code == 302
    made = Proceeding.objects.get(kind="disciplinary")
    closing = {"day": (TODAY + DAY).isoformat(), "base_version": 2}
    assert desk.post(f"{at}{made.key}/close/", closing).status_code == 302

    made.refresh_from_db()
    assert made.closed_day == TODAY + DAY


def test_a_step_is_entered_on_its_page(pre_trial: Proceeding, prosecutor: User) -> None:
    desk, page = signed_in(prosecutor), f"/cases/{pre_trial.case_id}/"
    sent = {"kind": "interview", "day": (TODAY + DAY).isoformat(), "base_version": 1}

    answer = desk.post(f"{page}proceeding/{pre_trial.key}/step/", sent)

    assert answer.status_code == 302
    assert "Interview" in desk.get(f"{page}decisions/").content.decode()


def test_the_sender_reads_the_decisions_and_changes_nothing(
    pre_trial: Proceeding, officer: User
) -> None:
    desk, page = signed_in(officer), f"/cases/{pre_trial.case_id}/"

    assert desk.get(f"{page}decisions/").status_code == 200
    for act in ("proceeding/", f"proceeding/{pre_trial.key}/step/", "charge/"):
        assert desk.get(page + act).status_code == 404


def test_interrupted_clocks_stand_and_go_on_later_by_the_days_they_stood(
    case: Case, prosecutor: User
) -> None:
    before = case.deadlines.get()

    decide(case, "interrupted", prosecutor, days_later=2)
    standing = case.deadlines.get()
    decide(case, "resumed", prosecutor, days_later=9)
    after = case.deadlines.get()

    assert (standing.is_standing, standing.due_at) == (True, before.due_at)
    assert (after.is_standing, after.due_at) == (False, before.due_at + 7 * DAY)
    assert case.suspensions.get().until_at == REGISTERED_AT + 9 * DAY


def test_a_decision_that_is_entered_late_met_its_clock_on_its_own_day(
    case: Case, prosecutor: User
) -> None:
    services.decide(
        case=case,
        kind="sent_to_court",
        day=TODAY + DAY,
        persons=1,
        base_version=1,
        by=actor(prosecutor),
        at=REGISTERED_AT + 12 * DAY,
    )

    met = case.deadlines.get().met_at
    assert met is not None
    assert local_day(met) == TODAY + DAY


def test_the_page_of_decisions_costs_few_queries(case: Case, prosecutor: User) -> None:
    decide(case, "sent_to_court", prosecutor, persons=2)
    desk = signed_in(prosecutor)
    desk.get(f"/cases/{case.key}/decisions/")

    with at_most(queries=32):
        desk.get(f"/cases/{case.key}/decisions/")
