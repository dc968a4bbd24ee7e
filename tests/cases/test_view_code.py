"""Codes for those whom a case concerns: who gets one, what it shows, and when it stops."""

import datetime as dt

import pytest

from arasha.actors import ANONYMOUS
from arasha.cases import plain_states, selectors, services
from arasha.cases.errors.keeping import (
    CodeRevokedError,
    CodeStandsError,
    NoAuthorityError,
    NotTheVictimsError,
)
from arasha.cases.models import Case, Person, PlainState, ViewCode
from arasha.cases.services.view_codes import MadeCode
from arasha.cases.tick import tell_plainly
from arasha.country import local_day
from arasha.engines.notes import read_code
from arasha.journal.models import Entry
from arasha.people.models import User
from tests.desk.signing_in import signed_in
from tests.walk import DAY, NOW, REGISTERED_AT, actor, decide

AT = REGISTERED_AT + dt.timedelta(hours=2)


def make(person: Person, by: User, **seen: bool) -> MadeCode:
    return services.make_code(person=person, by=actor(by), at=AT, **seen)


def shown(made: MadeCode) -> PlainState | None:
    return selectors.plain_state(viewer=ANONYMOUS, typed=made.digits)


@pytest.fixture
def made(victim: Person, prosecutor: User) -> MadeCode:
    return make(victim, prosecutor)


@pytest.mark.parametrize("role", ["suspect", "witness"])
def test_whom_it_does_not_concern_gets_no_code(role: str, victim: Person, prosecutor: User) -> None:
    Person.objects.update(role=role)

    with pytest.raises(NotTheVictimsError):
        make(Person.objects.get(), prosecutor)


def test_a_lawyer_s_authority_must_have_been_seen(victim: Person, prosecutor: User) -> None:
    Person.objects.update(role="lawyer")
    lawyer = Person.objects.get()

    with pytest.raises(NoAuthorityError, match="warrant"):
        make(lawyer, prosecutor)
    assert make(lawyer, prosecutor, authority_seen=True).row.person == lawyer


def test_nobody_has_two_codes(made: MadeCode, victim: Person, prosecutor: User) -> None:
    with pytest.raises(CodeStandsError, match="replace"):
        make(victim, prosecutor)


def test_of_a_code_only_its_hash_is_kept(made: MadeCode) -> None:
    assert read_code(made.digits) == made.digits
    assert bytes(ViewCode.objects.get().code_hash) == plain_states.hash_of(made.digits)
    assert not Entry.objects.filter(reason_code__contains=made.digits[:4]).exists()


def test_a_code_shows_the_stage_its_day_and_the_clock(made: MadeCode, case: Case) -> None:
    state, fresh = shown(made), Case.objects.get()

    assert state is not None
    assert (state.stage, state.since_day) == ("registered", local_day(REGISTERED_AT))
    assert (state.next_due_at, state.next_due_rule) == (fresh.next_due_at, "investigation")
    assert state.told == [["registered", local_day(REGISTERED_AT).isoformat()]]


def test_a_decision_is_shown_at_once(made: MadeCode, case: Case, prosecutor: User) -> None:
    decide(case, "terminated", prosecutor)

    state = shown(made)

    assert state is not None
    assert (state.stage, state.next_due_at) == ("closed", None)
    assert [kind for kind, _day in state.told] == ["registered", "terminated"]
    assert state.since_day == local_day(REGISTERED_AT + 2 * DAY)


def test_what_nobody_must_be_told_of_is_not_told(
    made: MadeCode, case: Case, prosecutor: User
) -> None:
    decide(case, "investigation_opened", prosecutor)

    state = shown(made)

    assert state is not None
    assert state.stage == "investigation"
    assert [kind for kind, _day in state.told] == ["registered"]


def test_a_replaced_code_shows_nothing_and_the_new_one_does(
    made: MadeCode, prosecutor: User
) -> None:
    new = services.replace_code(code=made.row, by=actor(prosecutor), at=NOW)

    assert shown(made) is None
    assert shown(new) is not None
    with pytest.raises(CodeRevokedError):
        services.revoke_code(code=made.row, by=actor(prosecutor), at=NOW)


def test_a_revoked_code_stays_dark_after_the_next_act(
    made: MadeCode, case: Case, prosecutor: User
) -> None:
    services.revoke_code(code=made.row, by=actor(prosecutor), at=NOW)
    decide(case, "terminated", prosecutor)

    assert shown(made) is None
    assert not PlainState.objects.exists()


def test_the_tick_says_what_an_act_left_unsaid_and_says_it_once(made: MadeCode, case: Case) -> None:
    Case.objects.update(stage="investigation")

    assert [tell_plainly(at=NOW), tell_plainly(at=NOW)] == [1, 0]
    state = shown(made)
    assert state is not None and state.stage == "investigation"


def test_the_slip_is_shown_once_and_has_no_number_in_its_address(
    victim: Person, prosecutor: User
) -> None:
    desk, page = signed_in(prosecutor), f"/cases/{victim.case_id}/codes/"

    slip = desk.post(page, {"person": victim.pk})

    text = slip.content.decode()
    assert slip.headers["Cache-Control"] == "no-store"
    assert "/case</strong>" in text and "<svg" in text
    [code] = ViewCode.objects.all()
    digits = text.split('a-slip__code">')[1].split("<")[0]
    assert bytes(code.code_hash) == plain_states.hash_of(read_code(digits))
    assert digits not in desk.get(page).content.decode()


def test_the_page_replaces_and_revokes(made: MadeCode, prosecutor: User) -> None:
    desk, page = signed_in(prosecutor), f"/cases/{made.row.case_id}/codes/"

    assert "a-slip__code" in desk.post(f"{page}{made.row.pk}/replace/").content.decode()
    [live] = ViewCode.objects.filter(revoked_at=None)
    assert desk.post(f"{page}{live.pk}/revoke/").headers["Location"] == page
    assert not PlainState.objects.exists()


def test_whoever_referred_the_case_makes_no_code(victim: Person, officer: User) -> None:
    page = f"/cases/{victim.case_id}/codes/"

    assert signed_in(officer).get(page).status_code == 404
