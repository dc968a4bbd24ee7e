"""Documents through the second lock: as the desk's role, whatever the selectors forgot."""

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.access.viewing import viewing
from arasha.cases import custody, selectors, services
from arasha.cases.models import Case, Custody, Document, MedicalDocument
from arasha.people.models import Institution, User
from tests.access.locking import Become, count_by_sql
from tests.cases.papers import OTHER, put
from tests.cases.test_keeping_locked import become as become
from tests.walk import NOW, actor, person

pytestmark = pytest.mark.postgres
TABLES = ("cases_document", "cases_custody", "cases_medicaldocument", "cases_medicalcustody")


def counts(viewer: User) -> list[int]:
    with viewing(actor(viewer)):
        return [count_by_sql(table) for table in TABLES]


def test_raw_sql_shows_each_viewer_the_rows_of_their_compartments(
    case: Case,
    prosecutor: User,
    head_of_office: User,
    prosecution: Institution,
    officer: User,
    become: Become,
) -> None:
    clerk = person("clerk", prosecution)
    put(case, prosecutor)
    put(case, prosecutor, OTHER, kind="medical")
    become("arasha_desk")

    assert counts(prosecutor) == [1, 1, 1, 1]
    assert counts(head_of_office) == [1, 1, 0, 0]
    assert counts(clerk) == counts(officer) == [0, 0, 0, 0]


def test_whoever_only_reads_adds_to_the_chain_and_changes_nothing(
    case: Case, prosecutor: User, head_of_office: User, become: Become
) -> None:
    document = put(case, prosecutor)
    become("arasha_desk")

    with viewing(actor(head_of_office)):
        services.copy_out(document=document, by=actor(head_of_office), at=NOW).close()
        b"".join(services.export_documents(case=case, by=actor(head_of_office), at=NOW))
        assert Document.objects.filter(pk=document.pk).update(withdrawn_at=NOW) == 0
    with viewing(actor(prosecutor)):
        assert Custody.objects.count() == 3
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Custody.objects.filter(document_id=document.pk).update(words="else")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_document SET sha256 = 'x'",
        "UPDATE cases_document SET title = 'x'",
        "UPDATE cases_document SET added_by_key = NULL",
        "UPDATE cases_medicaldocument SET file_name = 'x'",
        "UPDATE cases_custody SET words = 'x'",
        "UPDATE cases_classification SET provision = 'x'",
        "UPDATE cases_classification SET signed_by_key = NULL",
        "UPDATE cases_decision SET day = '2020-01-01'",
        "UPDATE cases_ruling SET in_spite = ''",
        "UPDATE cases_correction SET account = ''",
        "UPDATE cases_note SET text = ''",
        "UPDATE cases_number SET folded = 'x'",
        "UPDATE cases_allegationoutcome SET kind = 'x'",
        "UPDATE cases_telling SET case_id = NULL",
        "DELETE FROM cases_document",
        "DELETE FROM cases_medicaldocument",
        "DELETE FROM cases_custody",
        "DELETE FROM cases_classification",
        "DELETE FROM cases_decision",
        "DELETE FROM cases_note",
        "DELETE FROM cases_case",
        "DELETE FROM cases_allegation",
    ],
)
def test_who_conducts_the_case_rewrites_nothing_that_was_signed_with_sql_of_their_own(
    case: Case, prosecutor: User, become: Become, statement: str
) -> None:
    put(case, prosecutor)
    become("arasha_desk")

    with (
        viewing(actor(prosecutor)),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(statement)


def test_nobody_adds_to_a_chain_that_they_cannot_read(
    case: Case, prosecutor: User, officer: User, become: Become
) -> None:
    document = put(case, prosecutor)
    become("arasha_desk")

    with viewing(actor(officer)), pytest.raises(DatabaseError), transaction.atomic():
        custody.add(document=document, act="viewed", by=actor(officer), at=NOW)


def test_a_prosecutor_s_whole_work_passes(case: Case, prosecutor: User, become: Become) -> None:
    become("arasha_desk")

    with viewing(actor(prosecutor)):
        put(case, prosecutor)
        medical = put(case, prosecutor, OTHER, kind="medical")
        services.act_on_document(
            document=medical, act="held", words="safe", by=actor(prosecutor), at=NOW
        )
        services.withdraw_document(document=medical, words="x", by=actor(prosecutor), at=NOW)
        assert MedicalDocument.objects.get().withdrawn_at == NOW
        assert len(selectors.documents_in_force(viewer=actor(prosecutor), case=case)) == 1
