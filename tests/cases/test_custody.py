"""The chain of custody: what was lost, forged or cut is named."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from arasha.cases import custody, file_store, services
from arasha.cases.errors.documents import CustodyBrokenError, FileForgedError, FileLostError
from arasha.cases.models import Case, Custody
from arasha.engines.documents import next_act
from arasha.journal.models import Entry
from arasha.people.models import User
from tests.cases.papers import OTHER, put
from tests.desk.signing_in import signed_in
from tests.walk import NOW, actor

FAULTLESS: list[str] = []


def test_a_lost_and_a_forged_file_are_named_and_not_given_out(case: Case, prosecutor: User) -> None:
    lost, forged = put(case, prosecutor), put(case, prosecutor, OTHER)
    default_storage.delete(file_store.path_of(lost.sha256))
    Path(default_storage.path(file_store.path_of(forged.sha256))).write_bytes(b"%PDF-1.7 else")

    with pytest.raises(FileLostError):
        services.copy_out(document=lost, by=actor(prosecutor), at=NOW)
    with pytest.raises(FileForgedError):
        services.copy_out(document=forged, by=actor(prosecutor), at=NOW)
    faults = "\n".join(custody.faults_of_custody())
    assert f"{lost.key} (a.pdf): its file is lost" in faults
    assert f"{forged.key} (a.pdf): its file is forged" in faults


def test_a_changed_link_and_a_chain_that_was_cut_are_named(case: Case, prosecutor: User) -> None:
    changed, cut = put(case, prosecutor), put(case, prosecutor, OTHER)
    services.copy_out(document=cut, by=actor(prosecutor), at=NOW).close()
    Custody.objects.filter(document_id=changed.pk).update(words="nobody saw it")
    Custody.objects.filter(document_id=cut.pk, index=1).delete()

    faults = list(custody.faults_of_custody())

    assert any(str(changed.key) in each and "act 0 of its chain" in each for each in faults)
    assert f"case {case.number}: 1 acts of custody that the journal knows are gone" in faults


@pytest.mark.parametrize("forged", ["", "not hex", "../../etc/passwd"])
def test_whatever_stands_in_a_forged_row_it_is_named_and_hides_no_other(
    case: Case, prosecutor: User, forged: str
) -> None:
    one, other = put(case, prosecutor), put(case, prosecutor, OTHER)
    Custody.objects.filter(document_id=one.pk).update(link=forged)
    type(other)._default_manager.filter(pk=other.pk).update(sha256=forged)

    faults = "\n".join(custody.faults_of_custody())

    assert str(one.key) in faults
    assert f"{other.key} (a.pdf): its chain of custody is of other bytes" in faults
    assert f"case {case.number}: 1 acts of custody that the journal knows are gone" in faults


def test_a_link_that_the_journal_does_not_know_is_named(case: Case, prosecutor: User) -> None:
    document = put(case, prosecutor)
    [last] = custody.acts_of(document)
    made = next_act(last, act="returned", by=last.by, at=NOW, content=last.content)
    Custody.objects.create(
        case=case,
        document_id=document.pk,
        index=1,
        act=made.act,
        sha256=made.content,
        at=NOW,
        by_kind="user",
        by_key=str(prosecutor.pk),
        previous=made.before,
        link=made.hash,
    )

    [fault] = custody.faults_of_custody()
    assert f"{document.key}" in fault and "the journal does not know" in fault


def test_a_damaged_file_is_mended_by_the_same_bytes(case: Case, prosecutor: User) -> None:
    kept = put(case, prosecutor)
    Path(default_storage.path(file_store.path_of(kept.sha256))).write_bytes(b"%PDF-1.7 else")
    services.withdraw_document(document=kept, words="damaged", by=actor(prosecutor), at=NOW)

    put(case, prosecutor)

    assert list(custody.faults_of_custody()) == FAULTLESS


def test_a_document_whose_bytes_were_exchanged_in_its_row_is_named(
    case: Case, prosecutor: User
) -> None:
    document, other = put(case, prosecutor), put(case, prosecutor, OTHER)
    document.sha256 = other.sha256
    document.save()

    with pytest.raises(CustodyBrokenError):
        services.copy_out(document=document, by=actor(prosecutor), at=NOW)
    assert any("is of other bytes" in each for each in custody.faults_of_custody())


def test_an_honest_case_has_no_fault(case: Case, prosecutor: User) -> None:
    document = put(case, prosecutor)
    services.copy_out(document=document, by=actor(prosecutor), at=NOW).close()
    put(case, prosecutor, OTHER, kind="medical")

    assert list(custody.faults_of_custody()) == FAULTLESS


def test_an_export_is_refused_whole_if_one_file_is_lost(case: Case, prosecutor: User) -> None:
    lost, whole = put(case, prosecutor), put(case, prosecutor, OTHER)
    default_storage.delete(file_store.path_of(lost.sha256))

    answer = signed_in(prosecutor).post(f"/cases/{case.pk}/documents/export/")

    assert answer.status_code == 409
    assert whole.custody.count() == 1 and not Entry.objects.filter(act="case.document_exported")


def test_an_export_holds_what_its_viewer_may_read_with_custody_and_law(
    case: Case, prosecutor: User, head_of_office: User
) -> None:
    document = put(case, prosecutor)
    medical = put(case, prosecutor, OTHER, kind="medical", name="b.pdf")

    bag = exported(case, head_of_office)

    names = {name.partition("/")[2] for name in bag.namelist()}
    assert {"data/a.pdf", "metadata/custody.json", "metadata/law.json"} <= names
    assert "data/b.pdf" not in names
    assert "exported" in bag.read(f"{case.number}/metadata/custody.json").decode()
    assert "pack_hash" in bag.read(f"{case.number}/metadata/law.json").decode()
    assert document.custody.count() == 2 and medical.custody.count() == 1


def exported(case: Case, by: User) -> zipfile.ZipFile:
    answer: Any = signed_in(by).post(f"/cases/{case.pk}/documents/export/")
    return zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))
