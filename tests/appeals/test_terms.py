"""The clocks of an appeal: what the rules say is stored, and moves only by a dated act."""

import datetime as dt

import pytest

from arasha.appeals import clocks, services
from arasha.appeals.errors.work import (
    ExtendedBeforeError,
    MuchLongerError,
    NotLongerError,
    TermMetError,
    TermRanOutError,
    TermRunsError,
    TermStandsError,
)
from arasha.appeals.models import Appeal, Extension, State, Term
from arasha.country import country, local_day
from arasha.journal.models import Entry
from arasha.people.models import Institution, User
from tests.desk.signing_in import signed_in
from tests.walk import DAY, OPENED_AT, actor, institution

WEEK = 7 * DAY


def term_of(appeal: Appeal) -> Term:
    return Term.objects.get(appeal=appeal, code="ombudsperson_answer")


def due_of(appeal: Appeal) -> dt.date:
    due = Appeal.objects.get(pk=appeal.pk).answer_by_day
    assert due is not None
    return due


def extend(term: Term, officer: User, until: dt.date, *, reason: str = "more_checks") -> None:
    services.extend(term=term, reason_code=reason, until_day=until, by=actor(officer), at=OPENED_AT)


def test_a_filing_starts_the_clock_of_the_answer_and_says_that_it_is_unverified(
    appeal: Appeal,
) -> None:
    [term] = Term.objects.filter(appeal=appeal)

    assert (term.code, term.from_day) == ("ombudsperson_answer", appeal.received_day)
    assert term.due_day == appeal.answer_by_day
    assert (term.pack_hash, term.needs_review) == (country().hash, True)


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("ombudsperson", ["ombudsperson_answer"]),
        ("prosecutor", ["registration", "pass_on"]),
        ("npm", []),
        ("administration", []),
    ],
)
def test_each_kind_of_body_has_the_terms_that_the_country_knows_and_no_other(
    kind: str, codes: list[str], db: None
) -> None:
    body: Institution = institution(f"some-{kind}", kind)

    assert [clock.code for clock in clocks.at_filing(body, local_day(OPENED_AT))] == codes


def test_a_term_of_working_days_leaves_out_weekends_and_holidays() -> None:
    [clock] = clocks.run(["ombudsperson_answer"], dt.date(2026, 3, 2))

    # 8 March is a Sunday, so Monday is free; then Nauryz, 21 to 23 March, and two days given for them.
    assert clock.due_day == dt.date(2026, 3, 27)


def test_a_clock_that_stands_is_due_on_no_day(opened: Appeal, officer: User) -> None:
    services.suspend(term=term_of(opened), reason_code="expert", by=actor(officer), at=OPENED_AT)

    assert Appeal.objects.get().answer_by_day is None
    with pytest.raises(TermStandsError, match="go on first"):
        services.suspend(term=term_of(opened), reason_code="court", by=actor(officer), at=OPENED_AT)


def test_a_clock_goes_on_later_by_the_time_it_stood(opened: Appeal, officer: User) -> None:
    before = due_of(opened)
    term = term_of(opened)
    services.suspend(term=term, reason_code="expert", by=actor(officer), at=OPENED_AT)

    services.resume(term=term, by=actor(officer), at=OPENED_AT + WEEK)

    assert due_of(opened) == term_of(opened).due_day
    assert due_of(opened) - before >= dt.timedelta(days=7)


def test_a_clock_that_runs_cannot_be_let_go_on(opened: Appeal, officer: User) -> None:
    with pytest.raises(TermRunsError):
        services.resume(term=term_of(opened), by=actor(officer), at=OPENED_AT)


def test_a_term_is_made_longer_once_for_each_reason(opened: Appeal, officer: User) -> None:
    longer = due_of(opened) + WEEK
    extend(term_of(opened), officer, longer)

    assert due_of(opened) == term_of(opened).due_day == longer
    with pytest.raises(ExtendedBeforeError, match="once for each reason"):
        extend(term_of(opened), officer, longer + WEEK)
    extend(term_of(opened), officer, longer + WEEK, reason="body_silent")
    assert due_of(opened) == longer + WEEK


def test_a_shorter_term_is_no_extension(opened: Appeal, officer: User) -> None:
    with pytest.raises(NotLongerError):
        extend(term_of(opened), officer, due_of(opened))


def whole_term(appeal: Appeal) -> dt.timedelta:
    return due_of(appeal) - appeal.received_day


def test_more_than_the_whole_term_again_is_refused_until_it_is_said_to_be_meant(
    opened: Appeal, officer: User
) -> None:
    too_far = due_of(opened) + whole_term(opened) + DAY

    with pytest.raises(MuchLongerError, match="tick that it was"):
        extend(term_of(opened), officer, too_far)
    assert not Extension.objects.exists()
    services.extend(
        term=term_of(opened),
        reason_code="more_checks",
        until_day=too_far,
        is_meant=True,
        by=actor(officer),
        at=OPENED_AT,
    )
    assert due_of(opened) == too_far


def test_several_reasons_together_are_no_way_around_it(opened: Appeal, officer: User) -> None:
    whole, first = whole_term(opened), due_of(opened)
    extend(term_of(opened), officer, first + whole)

    with pytest.raises(MuchLongerError):
        extend(term_of(opened), officer, first + whole + DAY, reason="body_silent")


def test_the_form_gives_back_such_a_day_with_what_to_tick(opened: Appeal, officer: User) -> None:
    form = f"/appeals/{opened.key}/extend/{term_of(opened).key}/"
    typed = {"reason_code": "more_checks", "until_day": due_of(opened) + 2 * whole_term(opened)}
    desk = signed_in(officer)

    refused = desk.post(form, typed)
    accepted = desk.post(form, {**typed, "is_meant": "on"})

    assert (refused.status_code, accepted.status_code) == (422, 302)
    assert "longer by more than the whole term" in refused.content.decode()
    assert str(typed["until_day"]) in refused.content.decode()


def test_what_was_made_longer_is_shown_as_extended(opened: Appeal, officer: User) -> None:
    desk = signed_in(officer)
    pages = ("/appeals/", f"/appeals/{opened.key}/", "/appeals/journal/")
    assert not any("extended" in desk.get(page).content.decode() for page in pages)

    extend(term_of(opened), officer, due_of(opened) + WEEK)

    assert all("extended" in desk.get(page).content.decode() for page in pages)


def test_what_has_run_out_is_not_made_longer(opened: Appeal, officer: User) -> None:
    term = term_of(opened)
    late = OPENED_AT + 60 * DAY

    with pytest.raises(TermRanOutError):
        services.extend(
            term=term,
            reason_code="more_checks",
            until_day=local_day(late + WEEK),
            by=actor(officer),
            at=late,
        )


def test_time_that_stood_after_an_extension_is_added_to_the_extended_day(
    opened: Appeal, officer: User
) -> None:
    longer = due_of(opened) + WEEK
    extend(term_of(opened), officer, longer)
    services.suspend(
        term=term_of(opened), reason_code="expert", by=actor(officer), at=OPENED_AT + DAY
    )

    services.resume(term=term_of(opened), by=actor(officer), at=OPENED_AT + 4 * DAY)

    assert due_of(opened) == longer + 3 * DAY


def test_an_answer_meets_the_clock_and_what_comes_back_has_it_running_again(
    opened: Appeal, officer: User
) -> None:
    services.move(appeal=opened, state=State.PASSED_ON, by=actor(officer), at=OPENED_AT)
    assert term_of(opened).met_day == local_day(OPENED_AT)
    with pytest.raises(TermMetError):
        extend(term_of(opened), officer, due_of(opened) + WEEK)

    services.move(appeal=opened, state=State.CHECKED, by=actor(officer), at=OPENED_AT)

    assert term_of(opened).met_day is None


def test_each_act_on_a_clock_is_in_the_journal_with_its_reason(
    opened: Appeal, officer: User
) -> None:
    services.suspend(term=term_of(opened), reason_code="expert", by=actor(officer), at=OPENED_AT)
    services.resume(term=term_of(opened), by=actor(officer), at=OPENED_AT)
    extend(term_of(opened), officer, due_of(opened) + WEEK)

    acts = Entry.objects.filter(act__startswith="appeal.term_", subject_key=opened.key)
    assert set(acts.values_list("act", "reason_code")) == {
        ("appeal.term_suspended", "expert"),
        ("appeal.term_resumed", "expert"),
        ("appeal.term_extended", "more_checks"),
    }
