"""Whether the victim was told of a decision: when, how, and what nobody was told of yet."""

import pytest

from arasha.cases import agenda, selectors, services
from arasha.cases.deciding.errors import (
    DayInFutureError,
    DayTooEarlyError,
    NotToBeToldError,
    NotVictimError,
    UnknownCodeError,
)
from arasha.cases.models import Case, Decision, Telling
from arasha.country import local_day
from arasha.people.models import User
from arasha.problems import ChangedMeanwhileProblem
from arasha.rows import AgendaItem
from tests.cases.conftest import Enter
from tests.desk.signing_in import signed_in
from tests.walk import DAY, NOW, REGISTERED_AT, actor, at_most, decide

TODAY = local_day(REGISTERED_AT)


def tell(decision: Decision, by: User, **changes: object) -> Telling:
    asked: dict[str, object] = {
        "person": None,
        "way": "letter",
        "day": TODAY + DAY,
        "base_version": Case.objects.get().version,
        "at": REGISTERED_AT + 5 * DAY,
    }
    return services.tell_victim(decision=decision, by=actor(by), **(asked | changes))  # type: ignore[arg-type]


@pytest.fixture
def registered(case: Case) -> Decision:
    return case.decisions.get()


def test_of_what_need_not_be_told_nothing_is_entered(case: Case, prosecutor: User) -> None:
    made = decide(case, "investigation_opened", prosecutor, days_later=0)

    with pytest.raises(NotToBeToldError):
        tell(made, prosecutor)


def test_nobody_is_told_before_it_was_decided_or_tomorrow(
    registered: Decision, prosecutor: User
) -> None:
    with pytest.raises(DayTooEarlyError, match=TODAY.isoformat()):
        tell(registered, prosecutor, day=TODAY - DAY)
    with pytest.raises(DayInFutureError):
        tell(registered, prosecutor, day=TODAY + 9 * DAY)


def test_a_way_is_of_the_list_and_a_person_is_a_victim(
    registered: Decision, prosecutor: User, enter: Enter
) -> None:
    with pytest.raises(UnknownCodeError):
        tell(registered, prosecutor, way="smoke_signals")
    with pytest.raises(NotVictimError, match="S1"):
        tell(registered, prosecutor, person=enter("S1"))


def test_a_double_click_tells_once_and_a_second_editor_is_refused(
    registered: Decision, prosecutor: User
) -> None:
    made = tell(registered, prosecutor, base_version=1)

    assert tell(registered, prosecutor, base_version=1) == made
    with pytest.raises(ChangedMeanwhileProblem):
        tell(registered, prosecutor, way="in_person", base_version=1)


def test_what_nobody_was_told_of_waits_on_today_until_somebody_is(
    case: Case, registered: Decision, prosecutor: User, officer: User
) -> None:
    def waiting() -> list[str]:
        items = agenda.agenda(viewer=actor(prosecutor), at=NOW)
        return [i.title for i in items if isinstance(i, AgendaItem) and i.kind == "Tell the victim"]

    assert waiting() == [f"Case {case.number}: Registered"]
    tell(registered, prosecutor)
    assert waiting() == []
    assert not selectors.untold(viewer=actor(officer)).exists()


def test_the_end_of_a_case_waits_to_be_told_though_the_case_is_closed(
    case: Case, prosecutor: User
) -> None:
    made = decide(case, "terminated", prosecutor)

    assert made in selectors.untold(viewer=actor(prosecutor))


def test_who_could_not_be_found_was_not_told_but_does_not_nag(
    case: Case, registered: Decision, prosecutor: User
) -> None:
    tell(registered, prosecutor, way="not_found")

    assert not selectors.untold(viewer=actor(prosecutor)).exists()
    page = signed_in(prosecutor).get(f"/cases/{case.key}/decisions/").content.decode()
    assert "The victim was not told yet" in page
    assert "Could not be found" in page


def test_the_page_enters_who_was_told(
    case: Case, registered: Decision, prosecutor: User, enter: Enter
) -> None:
    victim, desk = enter("V1", "victim"), signed_in(prosecutor)
    address = f"/cases/{case.key}/decision/{registered.key}/told/"
    sent = {"person": victim.pk, "way": "in_person", "base_version": 1}

    assert desk.post(address, sent | {"day": "2999-01-01"}).status_code == 422
    assert desk.post(address, sent | {"day": (TODAY + DAY).isoformat()}).status_code == 302

    assert Telling.objects.get().person == victim
    assert "V1" in desk.get(f"/cases/{case.key}/decisions/").content.decode()


def test_today_asks_few_questions_of_many_cases(registered: Decision, prosecutor: User) -> None:
    agenda.agenda(viewer=actor(prosecutor), at=NOW)

    with at_most(queries=28):
        agenda.agenda(viewer=actor(prosecutor), at=NOW)
