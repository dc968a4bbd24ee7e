"""Rows of documents that somebody wrote into by hand: pages still open, and nothing goes out as if it were whole."""

from collections.abc import Callable
from typing import Any

import pytest

from arasha.cases import services
from arasha.cases.compartments import Kept
from arasha.cases.models import Case, Custody, Document, MedicalCustody, MedicalDocument
from arasha.engines.documents import first_act
from arasha.journal.models import Entry
from arasha.people.models import User
from tests.cases.papers import OTHER, put
from tests.cases.test_documents import bytes_of
from tests.desk.signing_in import signed_in
from tests.walk import NOW, actor

BROKEN = "The chain of custody of “Record” is broken"


def copied(desk: Any, document: Kept) -> Any:
    return desk.post(f"/cases/{document.case_id}/documents/{document.pk}/copy/")


@pytest.mark.parametrize(
    "changed", [{"by_key": "nobody"}, {"by_key": ""}, {"by_kind": "ghost"}, {"act": "eaten"}]
)
def test_the_list_opens_whatever_stands_in_a_link(
    case: Case, prosecutor: User, changed: dict[str, str]
) -> None:
    document = put(case, prosecutor)
    Custody.objects.filter(document_id=document.pk).update(**changed)

    page = signed_in(prosecutor).get(f"/cases/{case.pk}/documents/")

    assert page.status_code == 200 and "Record" in page.content.decode()


@pytest.mark.parametrize("changed", [{"kind": "ghost"}, {"media_type": "a\nb"}, {"sha256": "?"}])
def test_the_list_opens_whatever_stands_in_a_document(
    case: Case, prosecutor: User, changed: dict[str, str]
) -> None:
    document = put(case, prosecutor)
    Document.objects.filter(pk=document.pk).update(**changed)

    assert signed_in(prosecutor).get(f"/cases/{case.pk}/documents/").status_code == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"file_name": 'a"\r\nSet-Cookie: x=y\r\n\r\n.html'},
        {"file_name": "../../c\t"},
        {"file_name": ""},
        {"media_type": "text/html\r\nX: y"},
        {"media_type": "text/html"},
        {"size": 1},
    ],
)
def test_a_download_holds_whatever_stands_in_its_row(
    case: Case, prosecutor: User, changed: dict[str, Any]
) -> None:
    document = put(case, prosecutor)
    Document.objects.filter(pk=document.pk).update(**changed)

    answer = copied(signed_in(prosecutor), document)

    assert answer.status_code == 200
    assert "\n" not in "".join(answer.headers.values())
    assert answer.headers["Content-Type"] in ("application/pdf", "application/octet-stream")
    assert len(bytes_of(answer)) == int(answer.headers["Content-Length"])


def change_words(document: Kept) -> None:
    document.custody.filter(index=0).update(words="nobody saw it")


def exchange_person(document: Kept) -> None:
    document.custody.filter(index=1).update(by_key="nobody")


def cut_the_end(document: Kept) -> None:
    document.custody.filter(index=2).delete()


def delete_all(document: Kept) -> None:
    document.custody.all().delete()


def begin_anew(document: Kept) -> None:
    """A chain that follows by itself, and that no journal knows."""
    document.custody.all().delete()
    made = first_act(
        document=f"document:{document.pk}",
        act="received",
        by="user:x",
        at=NOW,
        content=document.sha256,
    )
    table = MedicalCustody if isinstance(document, MedicalDocument) else Custody
    table._default_manager.create(
        case_id=document.case_id,
        document_id=document.pk,
        index=0,
        act=made.act,
        sha256=made.content,
        at=NOW,
        by_kind="user",
        by_key="x",
        previous=made.before,
        link=made.hash,
    )


TAMPERINGS = [change_words, exchange_person, cut_the_end, delete_all, begin_anew]


@pytest.mark.parametrize("kind", ["record", "medical"])
@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda each: each.__name__)
def test_what_has_a_broken_chain_is_neither_given_out_nor_exported_nor_continued(
    case: Case, prosecutor: User, kind: str, tamper: Callable[[Kept], None]
) -> None:
    document, desk = worked_on(case, prosecutor, kind), signed_in(prosecutor)
    tamper(document)
    acts, base = document.custody.count(), f"/cases/{case.pk}/documents/"

    copy, export = copied(desk, document), desk.post(f"{base}export/")
    by_hand = desk.post(f"{base}{document.pk}/act/", {"act": "returned", "words": "by post"})

    assert [copy.status_code, export.status_code, by_hand.status_code] == [409, 409, 422]
    for answer in (copy, export, by_hand):
        assert BROKEN in answer.content.decode()
    assert document.custody.count() == acts
    assert Entry.objects.filter(act="case.document_exported").count() == 0
    list_of = f"{base}medical/" if kind == "medical" else base
    assert desk.get(list_of).status_code == 200


def test_the_other_documents_go_out_once_the_broken_one_is_struck_out(
    case: Case, prosecutor: User
) -> None:
    broken, whole = worked_on(case, prosecutor, "record"), put(case, prosecutor, OTHER)
    cut_the_end(broken)

    assert bytes_of(copied(signed_in(prosecutor), whole)) == OTHER
    services.withdraw_document(document=broken, words="broken", by=actor(prosecutor), at=NOW)
    export = signed_in(prosecutor).post(f"/cases/{case.pk}/documents/export/")

    assert export.status_code == 200
    b"".join(export.streaming_content)  # type: ignore[attr-defined]


def test_whoever_reads_no_medical_documents_is_not_told_of_their_chains(
    case: Case, prosecutor: User, head_of_office: User
) -> None:
    document = put(case, prosecutor, OTHER)
    delete_all(worked_on(case, prosecutor, "medical"))

    assert bytes_of(copied(signed_in(head_of_office), document)) == OTHER


def worked_on(case: Case, by: User, kind: str) -> Kept:
    document = put(case, by, kind=kind)
    for act in ("handed_over", "returned"):
        services.act_on_document(document=document, act=act, words="expert", by=actor(by), at=NOW)
    return document
