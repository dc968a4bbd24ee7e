"""What waits for somebody's answer stands on their Today: a list to destroy, a victim's request."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arasha.cases import agenda, services
from arasha.cases.models import Case, TermRequest
from arasha.country import local_day
from arasha.people.models import Institution, User
from arasha.rows import AgendaItem, More
from tests.cases.keeping import listed
from tests.desk.signing_in import signed_in
from tests.walk import DAY, NOW, REGISTERED_AT, actor, at_work, decide

other_head = at_work("supervisor", "other_prosecution")
ASKED_DAY = local_day(REGISTERED_AT + 3 * DAY)


@pytest.fixture
def asked(case: Case) -> TermRequest:
    return TermRequest.objects.create(
        case=case, asked_day=ASKED_DAY, made_by_key="0b6f3c1e-0000-4000-8000-000000000001"
    )


def waiting(for_whom: User, kind: str) -> list[AgendaItem | More]:
    rows = agenda.agenda(viewer=actor(for_whom), at=NOW)
    return [row for row in rows if isinstance(row, More) or row.kind == kind]


def counted(viewer: User) -> int:
    with CaptureQueriesContext(connection) as captured:
        agenda.agenda(viewer=actor(viewer), at=NOW)
    return len(captured)


def lists(for_whom: User) -> list[AgendaItem | More]:
    return waiting(for_whom, "Agree, or withdraw it")


def requests(for_whom: User) -> list[AgendaItem | More]:
    return waiting(for_whom, "Answer to the victim")


def test_who_made_a_list_and_who_leads_another_office_are_not_asked(
    terminated: Case, prosecutor: User, other_head: User
) -> None:
    listed(terminated, prosecutor, at=NOW)

    assert lists(prosecutor) == lists(other_head) == []


def test_a_head_who_made_the_list_waits_for_another(terminated: Case, head_of_office: User) -> None:
    listed(terminated, head_of_office, at=NOW)

    assert lists(head_of_office) == []


def test_a_list_waits_on_the_today_of_who_leads_the_office(
    terminated: Case, prosecutor: User, head_of_office: User
) -> None:
    made = listed(terminated, prosecutor, at=NOW)

    [row] = lists(head_of_office)

    assert isinstance(row, AgendaItem)
    assert (row.url, row.due_at) == (f"/cases/keeping/{made.key}/", None)
    assert row.title.endswith("1 case to destroy")
    shown = signed_in(head_of_office).get("/").content.decode()
    assert row.url in shown
    assert "Nothing waits for you" not in shown


def test_what_was_taken_out_is_not_counted(
    terminated: Case, prosecutor: User, head_of_office: User
) -> None:
    made = listed(terminated, prosecutor, at=NOW)
    services.take_out(
        entry=made.entries.get(), words="An appeal.", by=actor(head_of_office), at=NOW
    )

    [row] = lists(head_of_office)

    assert isinstance(row, AgendaItem)
    assert row.title.endswith("0 cases to destroy")


@pytest.mark.parametrize("act", [services.agree_to_list, services.withdraw_list])
def test_an_answered_list_waits_no_more(
    act, terminated: Case, prosecutor: User, head_of_office: User
) -> None:
    act(listed=listed(terminated, prosecutor, at=NOW), by=actor(head_of_office), at=NOW)

    assert lists(head_of_office) == []


@pytest.mark.usefixtures("asked")
def test_a_victim_s_request_stands_on_no_other_desk(
    other_prosecutor: User, officer: User, head_of_office: User
) -> None:
    assert requests(other_prosecutor) == requests(officer) == requests(head_of_office) == []


def test_a_victim_s_request_waits_on_the_today_of_the_case_s_prosecutor(
    asked: TermRequest, prosecutor: User
) -> None:
    [row] = requests(prosecutor)

    assert isinstance(row, AgendaItem)
    assert row.url == f"/cases/{asked.case_id}/term-request/{asked.key}/"
    assert asked.case.number in row.title
    assert str(ASKED_DAY.year) in row.title
    desk = signed_in(prosecutor)
    assert row.url in desk.get("/").content.decode()
    assert desk.get(row.url).status_code == 200


def test_an_answered_request_waits_no_more(asked: TermRequest, prosecutor: User) -> None:
    services.answer_request(
        request=asked,
        day=local_day(NOW),
        until_day=local_day(NOW),
        base_version=asked.case.version,
        by=actor(prosecutor),
        at=NOW,
    )

    assert requests(prosecutor) == []


def test_nobody_is_asked_about_a_case_that_has_ended(asked: TermRequest, prosecutor: User) -> None:
    decide(asked.case, "terminated", prosecutor)

    assert requests(prosecutor) == []


@pytest.mark.usefixtures("asked")
def test_the_rows_cost_one_question_each(
    case: Case, prosecutor: User, prosecution: Institution
) -> None:
    """However many victims ask, Today asks once, and opens each request without asking for its case."""
    before = counted(prosecutor)
    for days in range(4, 9):
        TermRequest.objects.create(
            case=case, asked_day=ASKED_DAY + days * DAY, made_by_key=prosecution.pk
        )

    assert counted(prosecutor) == before
