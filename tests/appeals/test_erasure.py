"""The end of keeping: who agrees, what is destroyed, what stays, and that the log is none the worse."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile

from arasha.access.viewing import viewing
from arasha.actors import RETENTION
from arasha.appeals import selectors, services
from arasha.appeals.errors.work import (
    AlreadyErasedError,
    ErasureAnsweredError,
    ErasureAskedError,
    NotClosedError,
    NotDueError,
    SamePersonError,
    WatchRunsError,
)
from arasha.appeals.models import (
    AddedHeader,
    Appeal,
    Attachment,
    BodyRequest,
    Ciphertext,
    Erasure,
    ExternalNumber,
    Reply,
    SealedNote,
)
from arasha.appeals.tick import erase
from arasha.country import local_day
from arasha.engines.sealing import RecipientSet
from arasha.journal.checks import faults_of_entries
from arasha.journal.models import Entry, Leaf, Salt
from arasha.people.models import Institution, User
from tests.appeals.day import READ_AT, classified, closed
from tests.walk import DAY, Terminal, actor, file, posted

A_YEAR_LATER = READ_AT + 370 * DAY


@pytest.fixture
def ended(opened: Appeal, officer: User) -> Appeal:
    classified(opened, officer)
    closed(opened, officer)
    return Appeal.objects.get()


def ask(
    appeal: Appeal, officer: User, reason: str = "court", *, at: dt.datetime = A_YEAR_LATER
) -> Erasure:
    return services.ask_erasure(appeal=appeal, reason_code=reason, by=actor(officer), at=at)


def agree(erasure: Erasure, officer: User) -> Erasure:
    return services.confirm_erasure(erasure=erasure, by=actor(officer), at=A_YEAR_LATER)


def seal_around(appeal: Appeal, officer: User, body: Institution) -> None:
    """A row in every table that hangs on an appeal."""
    by, day = {"by_key": officer.pk}, local_day(READ_AT)
    Attachment.objects.create(
        appeal=appeal, sha256="a" * 64, size=3, file=ContentFile(b"age", "sealed")
    )
    AddedHeader.objects.create(
        appeal=appeal,
        recipient_set=appeal.recipient_set,
        header=b"h",
        added_at=READ_AT,
        added_by_key=officer.pk,
    )
    SealedNote.objects.create(appeal=appeal, kind="note", sealed=b"n", on_day=day, **by)
    Reply.objects.create(appeal=appeal, tag=b"t" * 16, sealed=b"r", shown="safe", on_day=day, **by)
    ExternalNumber.objects.create(appeal=appeal, issuer="x", number="1", folded="1", on_day=day)
    BodyRequest.objects.create(
        appeal=appeal, institution=body, asks_for="explanation", asked_day=day, due_day=day, **by
    )


def test_what_has_not_ended_is_not_destroyed(opened: Appeal, officer: User) -> None:
    with pytest.raises(NotClosedError):
        ask(opened, officer)


def test_while_somebody_is_watched_nothing_is_destroyed(opened: Appeal, officer: User) -> None:
    classified(opened, officer)
    services.open_watch(appeal=opened, by=actor(officer), at=READ_AT)
    closed(opened, officer)

    with pytest.raises(WatchRunsError):
        ask(opened, officer)


def test_where_the_country_knows_no_time_nothing_is_over(ended: Appeal, officer: User) -> None:
    assert not selectors.kept_too_long(
        viewer=actor(officer), day=local_day(READ_AT + 9999 * DAY)
    ).exists()
    with pytest.raises(NotDueError, match="do not say"):
        ask(ended, officer, "term_over")


@pytest.mark.usefixtures("keeps_for_a_year")
def test_by_a_rule_an_appeal_is_due_when_its_time_is_over(ended: Appeal, officer: User) -> None:
    with pytest.raises(NotDueError):
        ask(ended, officer, "term_over", at=READ_AT + 300 * DAY)

    [due] = selectors.kept_too_long(viewer=actor(officer), day=local_day(A_YEAR_LATER))

    assert (due.appeal, due.needs_review) == (ended, True)
    ask(ended, officer, "term_over")
    assert not selectors.kept_too_long(viewer=actor(officer), day=local_day(A_YEAR_LATER)).exists()


@pytest.mark.usefixtures("keeps_for_a_year")
def test_an_appeal_that_was_opened_again_is_kept(ended: Appeal, officer: User) -> None:
    services.reopen(appeal=ended, reason_code="mistake", by=actor(officer), at=READ_AT + 30 * DAY)

    assert not selectors.kept_too_long(viewer=actor(officer), day=local_day(A_YEAR_LATER)).exists()


def test_it_is_asked_once_and_agreed_by_another_person(
    ended: Appeal, officer: User, second_officer: User
) -> None:
    erasure = ask(ended, officer)
    with pytest.raises(ErasureAskedError):
        ask(ended, second_officer)
    with pytest.raises(SamePersonError, match="two people must agree"):
        agree(erasure, officer)

    agree(erasure, second_officer)

    with pytest.raises(ErasureAnsweredError):
        agree(erasure, second_officer)


def test_until_a_second_person_agrees_the_job_destroys_nothing(
    ended: Appeal, officer: User
) -> None:
    erasure = ask(ended, officer)

    assert erase(at=A_YEAR_LATER) == 0
    with pytest.raises(ErasureAnsweredError):
        services.erase(erasure=erasure, by=RETENTION, at=A_YEAR_LATER)
    assert Ciphertext.objects.exists()


def test_what_is_kept_after_all_can_be_asked_for_again(
    ended: Appeal, officer: User, second_officer: User
) -> None:
    erasure = ask(ended, officer)
    services.decline_erasure(erasure=erasure, by=actor(second_officer), at=A_YEAR_LATER)

    assert erase(at=A_YEAR_LATER) == 0
    ask(ended, officer)


def test_everything_sealed_and_every_salt_is_gone_and_the_rest_stays_for_figures(
    ended: Appeal,
    officer: User,
    second_officer: User,
    administration: Institution,
    settings,
    tmp_path,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    seal_around(ended, officer, administration)
    before = set(Entry.objects.filter(subject_key=ended.key).values_list("pk", flat=True))
    agree(ask(ended, officer), second_officer)

    assert erase(at=A_YEAR_LATER) == 1

    for table in (
        Ciphertext,
        Attachment,
        AddedHeader,
        SealedNote,
        Reply,
        ExternalNumber,
        BodyRequest,
    ):
        assert not table.objects.exists()
    assert not [path for path in (tmp_path / "attachments").rglob("*") if path.is_file()]
    assert not Salt.objects.filter(entry__in=before).exists()
    kept = Appeal.objects.get()
    assert (kept.code, kept.received_day, kept.category, kept.outcome) == (
        ended.code,
        ended.received_day,
        "conditions",
        "restored",
    )
    assert (kept.erased_day, kept.handler, kept.accused_body) == (
        local_day(A_YEAR_LATER),
        None,
        None,
    )


def test_after_it_the_journal_and_the_leaf_of_the_filing_still_check(
    ended: Appeal, officer: User, second_officer: User
) -> None:
    leaf = Leaf.objects.get(hash=ended.leaf_hash).text
    agree(ask(ended, officer), second_officer)

    erase(at=A_YEAR_LATER)

    assert list(faults_of_entries()) == []
    assert Leaf.objects.get(hash=ended.leaf_hash).text == leaf
    acts = Entry.objects.filter(subject_key=ended.key).values_list("act", flat=True)
    assert {"appeal.filed", "journal.salts_erased", "appeal.erased"} <= set(acts)


def test_nothing_more_is_done_with_what_was_destroyed(
    ended: Appeal, officer: User, second_officer: User
) -> None:
    agree(ask(ended, officer), second_officer)
    erase(at=A_YEAR_LATER)

    with pytest.raises(AlreadyErasedError, match="stay valid"):
        services.take(appeal=ended, by=actor(officer), at=A_YEAR_LATER)


def test_the_same_bytes_sent_again_are_acknowledged_and_not_kept_again(
    terminal: Terminal, recipients: RecipientSet, officer: User, second_officer: User
) -> None:
    body = posted(recipients)
    first = file(terminal, body)
    appeal = services.open_appeal(appeal=Appeal.objects.get(), by=actor(officer), at=READ_AT)
    classified(appeal, officer)
    closed(appeal, officer)
    agree(ask(appeal, officer), second_officer)
    with viewing(RETENTION):
        erase(at=A_YEAR_LATER)

    assert file(terminal, body) == first
    assert not Ciphertext.objects.exists()
