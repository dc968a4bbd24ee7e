"""Documents of a case: taken in byte by byte, given out with a word in their custody, never gone."""

import datetime as dt
import uuid
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from arasha.actors import USER, Actor
from arasha.cases import custody, file_store, selectors
from arasha.cases.compartments import TABLES, Kept, compartment_of
from arasha.cases.errors.documents import (
    UPLOAD_PROBLEMS,
    CustodyBrokenError,
    FileForgedError,
    FileLostError,
    NothingToExportError,
    SameBytesError,
    WithdrawnError,
)
from arasha.cases.errors.keeping import NoReasonError
from arasha.cases.models import Case
from arasha.cases.versions import locked, refuse_erased
from arasha.country import local_day
from arasha.engines.documents import safe_name
from arasha.papers.bags import BagError, BagItem, bag
from arasha.papers.uploads import MEDIA_TYPES, UploadRefusedError, kind_of

MEGABYTE = 1024 * 1024


def add_document(
    *,
    case: Case,
    kind: str,
    title: str,
    file: BinaryIO,
    name: str,
    sending: uuid.UUID,
    by: Actor,
    at: dt.datetime,
) -> Kept:
    """Take a file into a case; `name` is what it was called. Sent twice, it is entered once.

    `sending` is new with every form: what it sends again is a double click, what another sends is the
    same bytes a second time. Raises an UploadProblem, SameBytesError, ErasedError.
    """
    suffix = _known_kind(file)
    digest = file_store.digest_of(file)
    file_name = safe_name(name, suffix=suffix)
    said = {
        "kind": kind,
        "title": title.strip() or file_name.rpartition(".")[0],
        "file_name": file_name,
        "media_type": MEDIA_TYPES[suffix],  # type: ignore[index]
    }
    # The file first: a row without its file would be a lie, a file without its row is only room.
    file_store.keep(file, digest=digest)
    key = uuid.uuid5(case.pk, f"{sending} {digest}")
    return enter(case=case, key=key, file=file, digest=digest, said=said, by=by, at=at)


@transaction.atomic
def enter(
    *,
    case: Case,
    key: uuid.UUID,
    file: BinaryIO,
    digest: str,
    said: dict[str, str],
    by: Actor,
    at: dt.datetime,
) -> Kept:
    """The row of a file that is kept, with the first link of its custody.

    `said`: kind, title, file name, media type; of a letter also its number and language.
    """
    held = locked(case)
    table = TABLES[compartment_of(said["kind"])]
    if found := table._default_manager.filter(pk=key).first():
        return found
    _refuse_same(held, digest, by=by)
    if not file_store.has(digest):  # the last case that held the same may just have been destroyed
        file_store.keep(file, digest=digest)
    document = table._default_manager.create(
        key=key,
        case=held,
        sha256=digest,
        size=file.seek(0, 2),
        added_at=at,
        added_by_key=uuid.UUID(by.key) if by.kind == USER else None,
        **said,
    )
    custody.add(document=document, act=custody.RECEIVED, by=by, at=at)
    return document


def act_on_document(
    *, document: Kept, act: str, words: str, by: Actor, at: dt.datetime
) -> custody.Link:
    """Enter what was done with a document by hand: to whom it was given, where it lies.

    Sent twice, it is entered once. Raises ErasedError, NoReasonError, WithdrawnError, CustodyBrokenError.
    """
    refuse_erased(document.case_id)
    if not words.strip():
        raise NoReasonError
    if document.withdrawn_at is not None:
        raise WithdrawnError
    last = document.custody.order_by("index").last()
    if last and (last.act, last.words, last.by_key) == (act, words.strip(), by.key):
        return last
    custody.refuse_broken(document, viewer=by)
    return custody.add(document=document, act=act, words=words.strip(), by=by, at=at)


@transaction.atomic
def withdraw_document(*, document: Kept, words: str, by: Actor, at: dt.datetime) -> None:
    """Strike out what was put in by mistake; it stays to be seen. Raises ErasedError and NoReasonError."""
    locked(document.case)
    if not words.strip():
        raise NoReasonError
    table = type(document)._default_manager
    if not table.filter(pk=document.pk, withdrawn_at=None).update(withdrawn_at=at):
        return
    custody.add(document=document, act=custody.WITHDRAWN, words=words.strip(), by=by, at=at)


@transaction.atomic
def copy_out(*, document: Kept, by: Actor, at: dt.datetime) -> BinaryIO:
    """Give a document out, and say so in its custody.

    Raises ErasedError, FileLostError, FileForgedError, CustodyBrokenError.
    """
    refuse_erased(document.case_id)
    _refuse_faulty(document, by=by)
    custody.add(document=document, act=custody.COPIED_OUT, by=by, at=at)
    return file_store.opened(document.sha256)


@transaction.atomic
def export_documents(*, case: Case, by: Actor, at: dt.datetime) -> Iterator[bytes]:
    """All that somebody may read of a case as a bag, in pieces, with custody and the answers of the law.

    Raises ErasedError, NothingToExportError, FileLostError, FileForgedError, CustodyBrokenError: then nobody has
    exported anything.
    """
    refuse_erased(case.pk)
    found = selectors.documents_in_force(viewer=by, case=case)
    if not found:
        raise NothingToExportError
    for document in found:
        _refuse_faulty(document, by=by)
        custody.add(document=document, act=custody.EXPORTED, by=by, at=at)
    items = [_item(document, by=by) for document in found]
    try:
        return bag(
            items,
            identifier=case.number,
            made_on=local_day(at),
            law_answers=_law_answers(case, by=by),
        )
    except BagError as error:
        raise CustodyBrokenError(title=case.number) from error


def _known_kind(file: BinaryIO) -> str:
    most = settings.ARASHA_DOCUMENT_MB
    try:
        return kind_of(file, most_bytes=most * MEGABYTE)
    except UploadRefusedError as error:
        raise UPLOAD_PROBLEMS[error.code](most=most) from error


def _refuse_same(case: Case, digest: str, *, by: Actor) -> None:
    for compartment in TABLES:
        found = selectors.documents(viewer=by, case=case, compartment=compartment)
        if same := found.filter(sha256=digest, withdrawn_at=None).first():
            raise SameBytesError(title=same.title)


def _refuse_faulty(document: Kept, *, by: Actor) -> None:
    custody.refuse_broken(document, viewer=by)
    fault = file_store.fault_of(document.sha256)
    if fault == "lost":
        raise FileLostError(title=document.title)
    if fault == "forged":
        raise FileForgedError(title=document.title)


def _item(document: Kept, *, by: Actor) -> BagItem:
    read = partial(file_store.opened, document.sha256)
    # Anew: what was prefetched does not know of the export yet.
    fresh = selectors.find_document(viewer=by, case=document.case, key=document.pk)
    return BagItem(document.file_name, read, custody.acts_of(fresh))


def _law_answers(case: Case, *, by: Actor) -> dict[str, object]:
    """What the rules said, as it was stored with each signed act."""
    signed = selectors.classifications(viewer=by, case=case)
    decided = selectors.decisions(viewer=by, case=case)
    return {
        "classifications": [
            {
                "number": each.number,
                "signed_at": each.signed_at.isoformat(),
                "question": each.law_question,
                "answer": each.law_answer,
                "pack_hash": each.pack_hash,
            }
            for each in signed
        ],
        "decisions": [
            {
                "kind": each.kind,
                "day": each.day.isoformat(),
                "question": each.law_question,
                "answer": each.law_answer,
                "pack_hash": each.pack_hash,
            }
            for each in decided
        ],
    }
