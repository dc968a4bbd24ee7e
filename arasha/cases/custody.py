"""Chains of custody in rows: continued by whoever reads a document, checked against the journal."""

import base64
import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from hashlib import sha256

from django.db import IntegrityError, transaction

from arasha.actors import USER, VERIFY, Actor
from arasha.cases import file_store
from arasha.cases.compartments import TABLES, Kept
from arasha.cases.errors.documents import CustodyBrokenError
from arasha.cases.models import Case, Custody, MedicalCustody, MedicalDocument
from arasha.engines.documents import (
    CustodyAct,
    CustodyError,
    first_act,
    next_act,
    verify_custody,
)
from arasha.journal import services as journal
from arasha.journal.selectors import entries_of, entries_with_reason
from arasha.problems import ChangedMeanwhileProblem

Link = Custody | MedicalCustody
# What the program itself does with a document, by the codes of the vocabulary `custody_acts`.
RECEIVED, COPIED_OUT, EXPORTED, WITHDRAWN = "received", "copied_out", "exported", "withdrawn"
OWN_ACTS = (RECEIVED, COPIED_OUT, EXPORTED, WITHDRAWN)
ACT = "case.document_"  # of the journal, before the act of custody
_TRIES = 5


def acts_of(document: Kept) -> list[CustodyAct]:
    """The chain of a document as the engine reads it, oldest first."""
    return [_as_act(link) for link in document.custody.all()]


def add(*, document: Kept, act: str, words: str = "", by: Actor, at: dt.datetime) -> Link:
    """Say in its chain and in the journal what was done with a document.

    Two at once follow one another: a reader may not lock a case. Raises CustodyBrokenError where the
    chain is not of this document, ChangedMeanwhileProblem where others are always quicker.
    """
    for _ in range(_TRIES):
        last = document.custody.order_by("index").last()
        try:
            with transaction.atomic():
                return _add(document, last, act, words, by=by, at=at)
        except IntegrityError:
            continue
        except CustodyError as error:
            raise CustodyBrokenError(title=document.title) from error
    raise ChangedMeanwhileProblem


def person_of(link: Link) -> uuid.UUID | None:
    """Who did it, if it was a person; None also where somebody wrote something else into the row."""
    try:
        return uuid.UUID(link.by_key) if link.by_kind == USER else None
    except ValueError:
        return None


def refuse_broken(document: Kept, *, viewer: Actor) -> None:
    """Before anything is given out or continued: the chain is whole, as the journal knows it.

    The journal is asked before the chain and after: others may add to both meanwhile. Raises CustodyBrokenError.
    """
    own = f" {_tag(document.pk)}"
    codes = _codes_of(document, viewer)
    then = {_told(code) for code in codes if code.endswith(own)}
    acts = acts_of(type(document)._default_manager.get(pk=document.pk))
    now = {_told(code) for code in _codes_of(document, viewer)}
    cut = then - {in_journal(act.seq, act.hash) for act in acts}
    if cut or _fault_of_chain(document, acts, now):
        raise CustodyBrokenError(title=document.title)


def faults_of_custody() -> Iterator[str]:
    """Every chain is whole, as the journal knows it, and every file is what was received. For `verify`."""
    known = _known_to_journal()
    for table in TABLES.values():
        rows = table._default_manager.select_related("case").prefetch_related("custody")
        for document in rows.order_by("pk").iterator(chunk_size=500):
            named = f"case {document.case.number}, document {document.key} ({document.file_name})"
            yield from (f"{named}: {fault}" for fault in _faults(document, known))
    for number, missing in _missing(known).items():
        yield f"case {number}: {missing} acts of custody that the journal knows are gone"


def _add(
    document: Kept, last: Link | None, act: str, words: str, *, by: Actor, at: dt.datetime
) -> Link:
    content, name = document.sha256, f"document:{document.key}"
    if last is None:
        made = first_act(document=name, act=act, by=str(by), at=at, content=content, note=words)
    else:
        before = _as_act(last)
        # The clocks of two machines differ a little.
        at = max(at, before.at)
        made = next_act(before, act=act, by=str(by), at=at, content=content, note=words)
    table = MedicalCustody if isinstance(document, MedicalDocument) else Custody
    link: Link = table.objects.create(
        case_id=document.case_id,
        document_id=document.pk,
        index=made.seq,
        act=act,
        sha256=content,
        at=at,
        by_kind=by.kind,
        by_key=by.key,
        words=words,
        previous=made.before,
        link=made.hash,
    )
    journal.record(
        act=f"{ACT}{act}",
        subject_kind="case",
        subject_key=document.case_id,
        by=by,
        at=at,
        reason_code=f"{in_journal(made.seq, made.hash)} {_tag(document.pk)}",
    )
    return link


def in_journal(index: int, link: str) -> str:
    """A link as its journal entry commits to it: whoever cuts a chain would have to forge that, too."""
    try:
        raw = bytes.fromhex(link)
    except ValueError:  # somebody wrote into the row: no journal knows it
        return f"{index} {link}"
    return f"{index} {base64.urlsafe_b64encode(raw).decode().rstrip('=')}"


def _tag(document: uuid.UUID) -> str:
    """Whose chain a link is of, so that what was cut off is missed where it was cut: eight letters."""
    return base64.urlsafe_b64encode(sha256(document.bytes).digest()[:6]).decode()


def _told(code: str) -> str:
    """The link that a journal entry commits to; the earliest entries do not say of which document it is."""
    return " ".join(code.split(" ")[:2])


def _codes_of(document: Kept, viewer: Actor) -> list[str]:
    entries = entries_of(viewer=viewer, subject_kind="case", subject_key=document.case_id)
    return list(entries.filter(act__startswith=ACT).values_list("reason_code", flat=True))


def _as_act(link: Link) -> CustodyAct:
    return CustodyAct(
        seq=link.index,
        document=f"document:{link.document_id}",
        act=link.act,
        by=f"{link.by_kind}:{link.by_key}",
        at=link.at,
        content=link.sha256,
        note=link.words,
        before=link.previous,
        hash=link.link,
    )


def _faults(document: Kept, known: Collection[str]) -> Iterator[str]:
    if fault := _fault_of_chain(document, acts_of(document), known):
        yield fault
    if damage := file_store.fault_of(document.sha256):
        yield f"its file is {damage}"


def _fault_of_chain(document: Kept, acts: list[CustodyAct], known: Collection[str]) -> str:
    if not acts:
        return "has no chain of custody"
    if acts[0].content != document.sha256:
        return "its chain of custody is of other bytes"
    if (broken := verify_custody(acts)) is not None:
        return f"act {broken} of its chain of custody does not follow"
    if any(in_journal(act.seq, act.hash) not in known for act in acts):
        return "its chain of custody holds an act that the journal does not know"
    return ""


def _known_to_journal() -> dict[str, str]:
    """Every link that the journal knows, with the key of its case."""
    entries = entries_with_reason(viewer=VERIFY, acts=ACT)
    told = entries.values_list("reason_code", "subject_key")
    return {_told(code): str(key) for code, key in told.iterator()}


def _missing(known: dict[str, str]) -> dict[str, int]:
    """How many links are gone, by the number of the case; what was destroyed by two people's word is not."""
    from_rows = {
        in_journal(index, link)
        for table in (Custody, MedicalCustody)
        for index, link in table._default_manager.values_list("index", "link").iterator()
    }
    gone: dict[str, int] = defaultdict(int)
    for code in known.keys() - from_rows:
        gone[known[code]] += 1
    cases = Case.objects.filter(pk__in=gone, erased_at=None)
    return {number: gone[str(key)] for key, number in cases.values_list("pk", "number")}
