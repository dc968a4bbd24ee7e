"""Documents of a case: what is not taken, who may see them, what becomes of them."""

import uuid
from contextlib import closing
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies

from arasha.cases import custody, services
from arasha.cases.errors.documents import SameBytesError, WithdrawnError
from arasha.cases.models import Case, Custody, Document, MedicalCustody, MedicalDocument
from arasha.journal.digests import READ
from arasha.journal.models import Entry
from arasha.people.models import Institution, User
from tests.cases.papers import OTHER, PDF, put
from tests.desk.signing_in import signed_in
from tests.papers.test_uploads import zipped
from tests.walk import NOW, actor, person

REFUSED = {
    "empty": (b"", "The file is empty"),
    "program": (b"MZ\x90\x00 a program", "is a program"),
    "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "comes from an old office program"),
    "page": (b"<html><script>", "This kind of file is not taken"),
    "macro": (zipped(("[Content_Types].xml", b"macroEnabled")), "a macro"),
    "bomb": (zipped(("[Content_Types].xml", bytes(60_000_000))), "fill the memory"),
    "cut": (b"PK\x03\x04 and no end", "is damaged"),
}


def send(desk: Client, case: Case, content: bytes, **said: str) -> Any:
    form = {"kind": "record", "title": "Record", "sending": str(uuid.uuid4())} | said
    file = SimpleUploadedFile("a.pdf", content)
    return desk.post(f"/cases/{case.pk}/documents/add/", form | {"file": file})


def bytes_of(answer: Any) -> bytes:
    """What a download held; closed, as a server closes it."""
    with closing(answer):
        return b"".join(answer.streaming_content)


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_dangerous_or_broken_is_refused_with_a_sentence(
    case: Case, prosecutor: User, what: str
) -> None:
    content, sentence = REFUSED[what]

    answer = send(signed_in(prosecutor), case, content)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Document.objects.exists() and not Custody.objects.exists()


@pytest.mark.parametrize(("size", "status"), [(3_000_000, 413), (1_100_000, 422)])
def test_what_is_too_large_is_refused(
    case: Case, prosecutor: User, settings, size: int, status: int
) -> None:
    settings.ARASHA_DOCUMENT_MB = 1

    answer = send(signed_in(prosecutor), case, PDF + bytes(size))

    assert answer.status_code == status
    assert "larger than 1 MB" in answer.content.decode()


def test_what_says_that_it_is_too_large_is_refused_without_a_look_at_its_body(
    case: Case, prosecutor: User
) -> None:
    """The client raises if more is read of a body than there is."""
    path, told = f"/cases/{case.key}/documents/add/", "multipart/form-data; boundary=x"

    answer = signed_in(prosecutor).generic(
        "POST", path, b"", content_type=told, CONTENT_LENGTH="9" * 12
    )

    assert answer.status_code == 413


def test_an_upload_without_the_token_of_its_page_is_refused(case: Case, prosecutor: User) -> None:
    desk = signed_in(prosecutor)
    desk.handler.enforce_csrf_checks = True

    assert send(desk, case, PDF).status_code == 403
    assert not Document.objects.exists()


@pytest.mark.parametrize("role", ["clerk", "officer"])
def test_whoever_may_not_read_evidence_finds_no_documents(
    case: Case, prosecutor: User, prosecution: Institution, officer: User, role: str
) -> None:
    document = put(case, prosecutor)
    desk = signed_in(officer if role == "officer" else person(role, prosecution))
    base = f"/cases/{case.pk}/documents/"

    assert desk.get(base).status_code == 404
    assert desk.post(f"{base}{document.pk}/copy/").status_code == 404
    assert desk.post(f"{base}export/").status_code == 404
    assert send(desk, case, OTHER).status_code == 404


def test_who_leads_the_office_reads_evidence_adds_nothing_and_finds_nothing_medical(
    case: Case, prosecutor: User, head_of_office: User
) -> None:
    document = put(case, prosecutor)
    medical = put(case, prosecutor, OTHER, kind="medical", title="Bruises")
    desk, base = signed_in(head_of_office), f"/cases/{case.pk}/documents/"

    assert "Bruises" not in desk.get(base).content.decode()
    assert bytes_of(desk.post(f"{base}{document.pk}/copy/")) == PDF
    assert desk.get(f"{base}medical/").status_code == 404
    assert desk.post(f"{base}{medical.pk}/copy/").status_code == 404
    assert desk.get(f"{base}{document.pk}/act/").status_code == 404
    assert desk.get(f"{base}{document.pk}/withdraw/").status_code == 404
    assert send(desk, case, b"words").status_code == 404


def test_the_same_bytes_twice_in_one_case_are_said(case: Case, prosecutor: User) -> None:
    put(case, prosecutor, title="The record")

    with pytest.raises(SameBytesError, match="The record"):
        put(case, prosecutor)


def test_a_double_click_keeps_one(case: Case, prosecutor: User) -> None:
    desk, sending = signed_in(prosecutor), str(uuid.uuid4())

    answers = [send(desk, case, PDF, sending=sending) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Document.objects.count() == Custody.objects.count() == 1


def test_another_file_sent_with_the_same_form_is_another_document(
    case: Case, prosecutor: User
) -> None:
    sending = uuid.uuid4()

    put(case, prosecutor, PDF, sending=sending)
    put(case, prosecutor, OTHER, sending=sending)

    assert Document.objects.count() == 2


def test_a_document_begins_its_chain_and_the_journal_knows_the_link(
    case: Case, prosecutor: User
) -> None:
    document = put(case, prosecutor, name="..\\con.exe")

    [link] = document.custody.all()
    assert (link.act, link.sha256) == ("received", document.sha256)
    assert document.file_name == "_con.pdf" and document.media_type == "application/pdf"
    entry = Entry.objects.get(act="case.document_received")
    assert entry.reason_code.startswith(custody.in_journal(0, link.link))


def test_a_medical_document_lies_apart_with_its_custody(case: Case, prosecutor: User) -> None:
    answer = send(signed_in(prosecutor), case, PDF, kind="medical")

    assert answer.headers["Location"] == f"/cases/{case.pk}/documents/medical/"
    assert MedicalDocument.objects.count() == MedicalCustody.objects.count() == 1
    assert not Document.objects.exists() and not Custody.objects.exists()


def test_a_download_is_no_page_and_is_an_act_and_a_read(case: Case, prosecutor: User) -> None:
    document, desk = put(case, prosecutor, name="Хаттама.pdf"), signed_in(prosecutor)
    address = f"/cases/{case.pk}/documents/{document.pk}/copy/"

    assert desk.get(address).status_code == 405
    answer = desk.post(address)

    assert bytes_of(answer) == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert [link.act for link in document.custody.all()] == ["received", "copied_out"]
    acts = set(Entry.objects.filter(subject_key=case.pk).values_list("act", flat=True))
    assert {"case.document_copied_out", READ} <= acts


def test_what_was_done_by_hand_is_a_link_and_needs_words(case: Case, prosecutor: User) -> None:
    document, desk = put(case, prosecutor), signed_in(prosecutor)
    page = f"/cases/{case.pk}/documents/{document.pk}/act/"

    assert desk.post(page, {"act": "handed_over", "words": " "}).status_code == 422
    assert desk.post(page, {"act": "received", "words": "again"}).status_code == 422
    answers = [desk.post(page, {"act": "handed_over", "words": "to the expert"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert [link.act for link in document.custody.all()] == ["received", "handed_over"]
    shown = desk.get(f"/cases/{case.pk}/documents/").content.decode()
    assert "Handed over: to the expert" in shown and document.sha256 in shown


def test_a_withdrawn_document_stays_struck_out_with_its_file(case: Case, prosecutor: User) -> None:
    document, desk = put(case, prosecutor), signed_in(prosecutor)
    base = f"/cases/{case.pk}/documents/"

    assert desk.post(f"{base}{document.pk}/withdraw/", {"words": ""}).status_code == 422
    for _ in range(2):
        desk.post(f"{base}{document.pk}/withdraw/", {"words": "of another case"})

    assert "<s>Record</s>" in desk.get(base).content.decode()
    assert [link.act for link in document.custody.all()] == ["received", "withdrawn"]
    assert bytes_of(desk.post(f"{base}{document.pk}/copy/")) == PDF
    assert desk.post(f"{base}export/").status_code == 409


def test_nothing_more_is_done_with_what_was_withdrawn_and_its_bytes_may_come_again(
    case: Case, prosecutor: User
) -> None:
    document = put(case, prosecutor)
    services.withdraw_document(document=document, words="x", by=actor(prosecutor), at=NOW)
    document.refresh_from_db()

    with pytest.raises(WithdrawnError):
        services.act_on_document(
            document=document, act="held", words="x", by=actor(prosecutor), at=NOW
        )
    assert put(case, prosecutor).pk != document.pk


ODD = strategies.text(
    strategies.characters(exclude_categories=["Cs"]), max_size=80
) | strategies.sampled_from(["../../x", "a\0b.pdf", "CON", "", "a" * 400])
STARTS = strategies.sampled_from([b"", b"PK\x03\x04", PDF, b"\xff\xd8\xff", b"RIFF", b"ID3\x03"])


@settings(
    max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(ODD, ODD, STARTS, strategies.binary(max_size=300), ODD)
def test_no_name_and_no_bytes_break_the_page(
    case: Case, prosecutor: User, name: str, title: str, start: bytes, rest: bytes, sending: str
) -> None:
    form = {"kind": "record", "title": title, "sending": sending or str(uuid.uuid4())}
    upload = SimpleUploadedFile("x", start + rest)
    upload._name = name  # type: ignore[attr-defined]  # what a browser would never send

    answer = signed_in(prosecutor).post(f"/cases/{case.pk}/documents/add/", form | {"file": upload})

    assert answer.status_code in (302, 400, 422)
