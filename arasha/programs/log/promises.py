"""A terminal's promise, read and judged: redeemed, not due, broken, or signed by a lost key."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from arasha.engines.notes import (
    MalformedError,
    UntrustedNoteError,
    VerifierKey,
    b64,
    open_note,
)
from arasha.engines.translog import Checkpoint, grown, leaf_hash
from arasha.engines.translog.checkpoints import read_decimal
from arasha.engines.translog.hashes import HASH_BYTES
from arasha.engines.translog.tiles import WIDTH
from arasha.wire.published import Published
from arasha.wire.trust.terminals import TerminalKey

FIRST_LINE = "arasha/promise/v1"


class Verdict(StrEnum):
    REDEEMED = "redeemed"
    NOT_DUE = "not due"
    BROKEN = "broken"
    REVOKED = "key revoked"
    TOO_OLD = "log too old"  # the day is over, but what is known of the log is older


@dataclass(frozen=True, slots=True)
class Promise:
    """The leaf will be in the log by the end of a day. `after_size` and `after_root`: not before."""

    leaf_hash: bytes
    by: dt.date
    after_size: int
    after_root: bytes


@dataclass(frozen=True, slots=True)
class Terminals:
    """Keys of terminals; a revoked one with the size of the log that made it known."""

    revoked_at: Mapping[VerifierKey, int | None]

    @classmethod
    def parse(cls, text: str) -> "Terminals":
        """Read lines `<vkey>` or `<vkey> revoked <size of the log>`. Raises MalformedError."""
        found = dict[VerifierKey, int | None]()
        for line in filter(None, (line.partition("#")[0].strip() for line in text.splitlines())):
            vkey, *rest = line.split()
            if rest and (len(rest) != 2 or rest[0] != "revoked"):
                raise MalformedError(
                    f"write '<vkey>' or '<vkey> revoked <size>', got {line[:80]!r}"
                )
            found[VerifierKey.parse(vkey)] = read_decimal(rest[1], "size") if rest else None
        return cls(found)

    @classmethod
    def of(cls, keys: Iterable[TerminalKey]) -> "Terminals":
        """As the root of trust names them."""
        return cls({each.vkey: each.revoked_at_size for each in keys})

    def signer_of(self, data: bytes) -> tuple[VerifierKey, str]:
        """The terminal that signed a note, and its text. Raises UntrustedNoteError, MalformedError."""
        for key in self.revoked_at:
            try:
                return key, open_note(data, [key])
            except UntrustedNoteError:
                continue
        raise UntrustedNoteError("no terminal that we know signed this")


def read_promise(text: str) -> Promise:
    """Read the text of the signed note. Raises MalformedError."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) != 4 or lines[0] != FIRST_LINE:
        raise MalformedError(f"a promise has four lines, the first is {FIRST_LINE}")
    _, leaf, by, after = lines
    words = after.split(" ")
    if not by.startswith("by ") or len(words) != 3 or words[0] != "after":
        raise MalformedError("a promise has the lines 'by <day>' and 'after <size> <root>'")
    return Promise(
        _hash(leaf, "leaf"), _day(by[3:]), read_decimal(words[1], "size"), _hash(words[2], "root")
    )


def _hash(text: str, what: str) -> bytes:
    found = b64.decode(text, what)
    if len(found) != HASH_BYTES:
        raise MalformedError(f"{what} must have 32 bytes, got {len(found)}")
    return found


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as problem:
        raise MalformedError(f"not a day: {text[:20]!r}") from problem


def judge(
    promise: Promise,
    *,
    revoked_at: int | None,
    is_included: bool,
    known_until: dt.date | None,
    today: dt.date,
) -> Verdict:
    """Return the verdict. `known_until`: the last day of which the log that was searched tells."""
    if revoked_at is not None and revoked_at <= promise.after_size:
        # Whoever had the key after it was lost could write what they liked.
        return Verdict.REVOKED
    if is_included:
        return Verdict.REDEEMED
    if today <= promise.by:
        return Verdict.NOT_DUE
    return Verdict.BROKEN if known_until and known_until > promise.by else Verdict.TOO_OLD


def search(published: Published, stated: Checkpoint, promise: Promise) -> tuple[int | None, bool]:
    """Return the place of the leaf, and whether `after` was a state of this log.

    Every entry since `after` is read and hashed up to the signed root: none can be kept back.
    `stated` is not smaller than `after`. Raises MalformedError if the entries do not lead there.
    """
    start = promise.after_size // WIDTH * WIDTH
    hashes = [leaf_hash(entry) for entry in published.entries(start, stated.size)]
    nodes, root = grown(published.nodes(stated.size), start, hashes)
    if root != stated.root:
        raise MalformedError("its entries do not lead to the root that it signed")
    _, after_root = grown(nodes, start, hashes[: promise.after_size - start])
    place = hashes.index(promise.leaf_hash) + start if promise.leaf_hash in hashes else None
    return place, after_root == promise.after_root
