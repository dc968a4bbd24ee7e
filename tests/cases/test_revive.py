"""A case that was terminated comes back by an act of the head of the office, and of nobody else."""

import pytest

from arasha.access.policy import POLICY
from arasha.cases import agenda, selectors
from arasha.cases.deciding.content import Content
from arasha.cases.deciding.errors import NoReasonError, NothingToApproveError, NotYoursToDecideError
from arasha.cases.models import Case, Decision
from arasha.country import country, local_day
from arasha.people.models import User
from arasha.rows import AgendaItem
from tests.cases.conftest import Enter
from tests.desk.signing_in import signed_in
from tests.walk import DAY, NOW, REGISTERED_AT, actor, decide


@pytest.fixture
def terminated(case: Case, prosecutor: User) -> Case:
    decide(case, "terminated", prosecutor)
    return Case.objects.get()


def test_a_prosecutor_does_not_reverse_their_own_termination(
    terminated: Case, prosecutor: User
) -> None:
    with pytest.raises(NotYoursToDecideError, match="Ask the head"):
        decide(terminated, "termination_reversed", prosecutor, days_later=3)
    assert Case.objects.get().stage == "closed"


def test_a_prosecutor_does_not_reverse_their_own_interruption(
    case: Case, prosecutor: User, head_of_office: User
) -> None:
    interrupted = Content(ground=next(iter(country().vocabularies["interruption_grounds"].terms)))
    decide(case, "interrupted", prosecutor, content=interrupted)
    held = Case.objects.get()

    with pytest.raises(NotYoursToDecideError, match="Ask the head"):
        decide(held, "interruption_reversed", prosecutor, days_later=3)
    made = decide(held, "interruption_reversed", head_of_office, days_later=3)
    assert made.reverses == Decision.objects.get(kind="interrupted")


def test_a_reversal_without_reasons_is_refused(terminated: Case, head_of_office: User) -> None:
    with pytest.raises(NoReasonError, match="as the decision says it"):
        decide(terminated, "termination_reversed", head_of_office, content=Content())


def test_the_head_enters_a_reversal_and_nothing_else(
    terminated: Case, head_of_office: User, prosecutor: User
) -> None:
    def open_to(user: User, case: Case) -> list[str]:
        return [k.code for k in selectors.kinds_to_decide(viewer=actor(user), case=case)]

    assert open_to(head_of_office, terminated) == ["termination_approved", "termination_reversed"]
    assert open_to(prosecutor, terminated) == []

    decide(terminated, "termination_reversed", head_of_office, days_later=3)

    assert open_to(head_of_office, Case.objects.get()) == []
    assert not selectors.may_change(viewer=actor(head_of_office), case=terminated)


def test_on_the_page_the_head_reverses_and_the_prosecutor_finds_no_such_page(
    terminated: Case, head_of_office: User, prosecutor: User
) -> None:
    address = f"/cases/{terminated.key}/decide/termination_reversed/"
    day = local_day(REGISTERED_AT) + 3 * DAY
    sent = {"day": day.isoformat(), "reason": "Not all was asked.", "base_version": 2}

    assert signed_in(prosecutor).post(address, sent).status_code == 404
    assert signed_in(head_of_office).post(address, sent).status_code == 302
    assert Case.objects.get().stage == "investigation"


def test_the_head_cannot_enter_another_decision_by_its_address(
    case: Case, head_of_office: User
) -> None:
    desk = signed_in(head_of_office)

    assert desk.get(f"/cases/{case.key}/decide/terminated/").status_code == 404
    assert desk.post(f"/cases/{case.key}/decide/joined/", {}).status_code == 404


def test_a_prosecutor_does_not_approve_their_own_termination(
    terminated: Case, prosecutor: User
) -> None:
    with pytest.raises(NotYoursToDecideError, match="Ask the head"):
        decide(terminated, "termination_approved", prosecutor, days_later=3)
    page = signed_in(prosecutor).get(f"/cases/{terminated.key}/").content.decode()
    assert "the head of the office has not approved it yet" in page
    assert "CPC 193(2)" in page


def test_a_termination_waits_on_the_head_s_day_until_it_is_approved_once(
    terminated: Case, head_of_office: User, prosecutor: User
) -> None:
    def waiting(user: User) -> list[str]:
        items = agenda.agenda(viewer=actor(user), at=NOW)
        rows = [each for each in items if isinstance(each, AgendaItem)]
        return [each.url for each in rows if each.kind == "Approve it, or reverse it"]

    assert waiting(head_of_office) == [f"/cases/{terminated.key}/"]
    assert waiting(prosecutor) == []

    decide(terminated, "termination_approved", head_of_office, days_later=3)

    held = Case.objects.get()
    assert held.stage == "closed"
    assert waiting(head_of_office) == []
    kinds = selectors.kinds_to_decide(viewer=actor(head_of_office), case=held)
    assert [each.code for each in kinds] == ["termination_reversed"]
    page = signed_in(head_of_office).get(f"/cases/{held.key}/").content.decode()
    assert "has not approved it yet" not in page
    with pytest.raises(NothingToApproveError):
        decide(held, "termination_approved", head_of_office, days_later=3)


def test_an_approved_termination_is_reversed_by_its_own_name(
    terminated: Case, head_of_office: User
) -> None:
    decide(terminated, "termination_approved", head_of_office, days_later=3)

    made = decide(Case.objects.get(), "termination_reversed", head_of_office, days_later=4)

    assert made.reverses == Decision.objects.get(kind="terminated")


def test_a_revived_case_names_what_was_reversed_and_has_its_month(
    terminated: Case, head_of_office: User
) -> None:
    made = decide(terminated, "termination_reversed", head_of_office, days_later=3)

    assert made.reverses == Decision.objects.get(kind="terminated")
    running = terminated.deadlines.get(met_at=None)
    assert (running.rule, running.started_at) == ("returned_case", REGISTERED_AT + 3 * DAY)
    assert Case.objects.get().next_due_rule == "returned_case"


def test_a_case_is_terminated_and_revived_again_and_again(
    case: Case, prosecutor: User, head_of_office: User
) -> None:
    for turn in range(3):
        decide(case, "terminated", prosecutor, days_later=turn * 2 + 2)
        decide(case, "termination_reversed", head_of_office, days_later=turn * 2 + 3)

    assert Case.objects.get().stage == "investigation"
    assert case.proceedings.filter(kind="pre_trial").count() == 4
    assert case.proceedings.filter(closed_day=None).count() == 1
    assert case.deadlines.filter(met_at=None).count() == 1


def test_persons_are_no_longer_pursued_and_then_again(
    case: Case, prosecutor: User, head_of_office: User, enter: Enter
) -> None:
    person = enter("S1", state="suspect")

    decide(case, "terminated", prosecutor)
    person.refresh_from_db()
    between = person.state
    decide(case, "termination_reversed", head_of_office, days_later=3)
    person.refresh_from_db()

    assert (between, person.state) == ("terminated", "suspect")


def test_only_the_head_s_kinds_need_the_head_s_cell() -> None:
    kinds = country().procedure.kinds.values()

    assert [k.code for k in kinds if k.who == "head_of_office"] == [
        "termination_approved",
        "termination_reversed",
        "interruption_reversed",
    ]
    assert POLICY["case"]["headship"] == {("assigned", "supervisor"): "rw"}
