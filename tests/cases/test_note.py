"""Notes of those who work on a case."""

import pytest

from arasha.cases import services
from arasha.cases.errors.keeping import EmptyNoteError
from arasha.cases.models import Case, Note
from arasha.journal.models import Entry
from arasha.people.models import User
from tests.desk.signing_in import signed_in
from tests.walk import NOW, actor


def test_an_empty_note_is_refused(case: Case, prosecutor: User) -> None:
    with pytest.raises(EmptyNoteError):
        services.add_note(case=case, text=" \n", by=actor(prosecutor), at=NOW)


def test_whoever_referred_the_case_reads_no_notes(case: Case, officer: User) -> None:
    assert signed_in(officer).get(f"/cases/{case.pk}/notes/").status_code == 404


def test_who_leads_the_office_reads_notes_and_writes_none(
    case: Case, head_of_office: User, prosecutor: User
) -> None:
    services.add_note(case=case, text="Ask the guard.", by=actor(prosecutor), at=NOW)
    desk, page = signed_in(head_of_office), f"/cases/{case.pk}/notes/"

    assert "Ask the guard." in desk.get(page).content.decode()
    assert desk.post(page, {"text": "mine"}).status_code == 404
    assert Note.objects.count() == 1


def test_a_note_is_added_on_its_page_and_the_journal_keeps_no_word_of_it(
    case: Case, prosecutor: User
) -> None:
    desk, page = signed_in(prosecutor), f"/cases/{case.pk}/notes/"

    answer = desk.post(page, {"text": "Ask the guard."})

    assert answer.headers["Location"] == page
    shown = desk.get(page).content.decode()
    assert "Ask the guard." in shown and prosecutor.full_name in shown
    assert Entry.objects.get(act="case.noted").reason_code == ""
