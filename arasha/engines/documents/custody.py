"""Chain of custody: each act on a document holds the hash of its content and of the act before."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from arasha.engines.notes import canonical_json

FIRST = "0" * 64  # before the first act
_HASH = re.compile(r"[0-9a-f]{64}")
_CODE = re.compile(r"[a-z][a-z0-9_]*")


class CustodyError(ValueError):
    """An act that cannot follow."""


@dataclass(frozen=True, slots=True)
class CustodyAct:
    """Who did what with a document, and what its content hashed to at that moment.

    `act` is of the country's vocabulary `custody_acts`; `by` and `to` are references (kind:key), never
    names; `content` and `before` are SHA-256 in hex. `hash` is over everything else.
    """

    seq: int
    document: str
    act: str
    by: str
    at: dt.datetime
    content: str
    to: str = ""
    note: str = ""
    before: str = FIRST
    hash: str = ""


def first_act(
    *, document: str, act: str, by: str, at: dt.datetime, content: str, to: str = "", note: str = ""
) -> CustodyAct:
    """Begin the chain of a document. Raises CustodyError for a malformed part."""
    return _sealed(CustodyAct(0, document, act, by, at, content, to, note))


def next_act(
    last: CustodyAct,
    *,
    act: str,
    by: str,
    at: dt.datetime,
    content: str,
    to: str = "",
    note: str = "",
) -> CustodyAct:
    """Continue a chain after `last`. Raises CustodyError if time runs backwards or the content has changed.

    A document that changed is another document, with a chain of its own.
    """
    if at < last.at:
        raise CustodyError(f"{at.isoformat()} lies before the last act, {last.at.isoformat()}")
    if content != last.content:
        raise CustodyError("the content is not what the last act saw: stop, and say so")
    return _sealed(
        CustodyAct(last.seq + 1, last.document, act, by, at, content, to, note, last.hash)
    )


def verify_custody(acts: Sequence[CustodyAct]) -> int | None:
    """Return the index of the first act that does not follow from those before it, None if all do.

    An end that was cut off is not seen: compare the last hash with one that somebody else keeps, in the
    journal or the log.
    """
    before, last_at = FIRST, None
    for index, act in enumerate(acts):
        follows = act.seq == index and act.before == before
        same = act.document == acts[0].document and act.content == acts[0].content
        late = last_at is not None and act.at < last_at
        if not follows or not same or late or _malformed(act) or _hash(act) != act.hash:
            return index
        before, last_at = act.hash, act.at
    return None


def _sealed(act: CustodyAct) -> CustodyAct:
    if fault := _malformed(act):
        raise CustodyError(fault)
    return replace(act, hash=_hash(act))


def _malformed(act: CustodyAct) -> str | None:
    if act.at.utcoffset() is None:
        return "at needs an offset"
    if not _HASH.fullmatch(act.content):
        return "content must be SHA-256 in hex, small letters"
    if not _CODE.fullmatch(act.act) or not act.by or not act.document:
        return "act, by and document must be given"
    return None


def _hash(act: CustodyAct) -> str:
    return sha256(canonical_json(custody_json(act))).hexdigest()


def custody_json(act: CustodyAct, *, with_hash: bool = False) -> dict[str, object]:
    """The act as plain data: what is hashed, and what an export shows with its hash."""
    content: dict[str, object] = {
        "v": "arasha custody v1",
        "seq": act.seq,
        "document": act.document,
        "act": act.act,
        "by": act.by,
        "to": act.to,
        "at": act.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "content": act.content,
        "note": act.note,
        "before": act.before,
    }
    return {**content, "hash": act.hash} if with_hash else content
