"""How an appeal ends, how it does not, and how it goes on again."""

import pytest

from arasha.appeals import services
from arasha.appeals.errors.work import (
    AlreadyClosedError,
    JoinedToItselfError,
    JoinedToNothingError,
    NoReplyYetError,
    NotClosedError,
    NotWithdrawnError,
    NotYetOpenedError,
    UnclassifiedError,
    WithdrawalClosesNothingError,
)
from arasha.appeals.models import Appeal, Closing, Reply, State, Term
from arasha.country import local_day
from arasha.engines.sealing import RecipientSet
from arasha.journal.models import Entry
from arasha.people.models import User
from tests.appeals.day import READ_AT, classified, closed
from tests.walk import Terminal, actor, file, posted


def ask_withdrawal(appeal: Appeal, officer: User) -> Appeal:
    return services.ask_withdrawal(appeal=appeal, by=actor(officer), at=READ_AT)


def test_an_unread_appeal_does_not_end(appeal: Appeal, officer: User) -> None:
    with pytest.raises(NotYetOpenedError):
        closed(appeal, officer)


def test_an_appeal_of_which_nobody_noted_what_it_is_about_does_not_end(
    opened: Appeal, officer: User
) -> None:
    with pytest.raises(UnclassifiedError, match="what this appeal is about"):
        closed(opened, officer)


def test_an_outcome_ends_an_appeal_that_was_never_referred(opened: Appeal, officer: User) -> None:
    classified(opened, officer)

    end = closed(opened, officer, "restored")

    ended = Appeal.objects.get()
    assert (ended.state, ended.waits, ended.outcome) == (State.ANSWERED, False, "restored")
    assert ended.outcome_day == end.outcome_day
    assert Term.objects.get().met_day == end.closed_day
    assert Entry.objects.filter(act="appeal.answered", reason_code="restored").exists()


def test_an_appeal_ends_once(opened: Appeal, officer: User) -> None:
    classified(opened, officer)
    closed(opened, officer)

    with pytest.raises(AlreadyClosedError, match="open it again"):
        closed(opened, officer, "unconfirmed")


@pytest.mark.parametrize("category", ["torture", "ill_treatment"])
def test_a_withdrawal_never_ends_an_appeal_about_ill_treatment_but_is_noted(
    category: str, opened: Appeal, officer: User
) -> None:
    classified(opened, officer, category)
    ask_withdrawal(opened, officer)

    with pytest.raises(WithdrawalClosesNothingError, match="whether the person was pressed"):
        closed(opened, officer, "withdrawn")
    kept = Appeal.objects.get()
    assert (kept.waits, kept.withdrawn_day) == (True, local_day(READ_AT))


def test_another_appeal_is_withdrawn_only_if_the_person_asked(
    opened: Appeal, officer: User
) -> None:
    classified(opened, officer)
    with pytest.raises(NotWithdrawnError):
        closed(opened, officer, "withdrawn")

    ask_withdrawal(opened, officer)
    closed(opened, officer, "withdrawn")

    assert Appeal.objects.get().outcome == "withdrawn"


def test_an_answer_in_the_mailbox_needs_a_reply_that_lies_there(
    opened: Appeal, officer: User
) -> None:
    classified(opened, officer)
    with pytest.raises(NoReplyYetError, match="in the reader first"):
        closed(opened, officer, answered="mailbox")

    Reply.objects.create(
        appeal=opened,
        tag=b"t" * 16,
        sealed=b"sealed",
        shown="safe",
        on_day=local_day(READ_AT),
        by_key=officer.pk,
    )
    closed(opened, officer, answered="mailbox")

    assert Closing.objects.get().answered == "mailbox"


def test_a_joined_appeal_names_the_other_one(
    opened: Appeal, officer: User, terminal: Terminal, recipients: RecipientSet
) -> None:
    classified(opened, officer)
    other = Appeal.objects.get(leaf_hash=file(terminal, posted(recipients, "again")).leaf_hash)
    with pytest.raises(JoinedToNothingError):
        closed(opened, officer, "joined")
    with pytest.raises(JoinedToItselfError):
        closed(opened, officer, "joined", joined_to=opened)

    closed(opened, officer, "joined", joined_to=other)

    assert Appeal.objects.get(pk=opened.pk).joined_to == other


def test_only_what_has_ended_is_opened_again(opened: Appeal, officer: User) -> None:
    with pytest.raises(NotClosedError):
        services.reopen(appeal=opened, reason_code="mistake", by=actor(officer), at=READ_AT)


def test_what_is_opened_again_waits_and_its_first_end_stays_on_record(
    opened: Appeal, officer: User
) -> None:
    classified(opened, officer)
    closed(opened, officer, "unconfirmed")

    services.reopen(appeal=opened, reason_code="new_facts", by=actor(officer), at=READ_AT)
    closed(opened, officer, "liable_criminal")

    ends = set(Closing.objects.values_list("outcome", flat=True))
    assert ends == {"unconfirmed", "liable_criminal"}
    assert Closing.objects.get(outcome="unconfirmed").reopening_reason == "new_facts"
    assert Appeal.objects.get().outcome == "liable_criminal"
