"""What a witness cosigns, what it refuses, and what it keeps as evidence (C2SP tlog-witness)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from arasha.engines.notes import (
    MalformedError,
    Note,
    Signature,
    SignerKey,
    UntrustedNoteError,
    VerifierKey,
    cosign,
    parse_note,
    verified_signatures,
)
from arasha.engines.translog import Checkpoint, WrongEmptyRootError, verify_consistency
from arasha.programs.witness.asking import Asked, read_request
from arasha.programs.witness.memory import Memory, Seen, Turn
from arasha.wire.evidence import EMPTY, FORK, UNPROVED, Evidence, keep

SIZE = "text/x.tlog.size"
WORDS = "text/plain; charset=utf-8"


class RefusedError(Exception):
    """The witness does not cosign; status and body as the specification asks for them."""

    def __init__(self, status: HTTPStatus, body: str, content_type: str = WORDS) -> None:
        super().__init__(body)
        self.status = status
        self.body = body
        self.content_type = content_type


@dataclass(frozen=True)
class Witness:
    """One key, the logs it watches (origin → keys), what it has seen, and where evidence goes."""

    signer: SignerKey
    logs: Mapping[str, Sequence[VerifierKey]]
    memory: Memory
    evidence: Path

    def add_checkpoint(self, body: bytes, *, at: dt.datetime) -> Signature:
        """Return the cosignature, after the checkpoint is remembered. Raises RefusedError."""
        try:
            asked = read_request(body)
        except MalformedError as problem:
            raise RefusedError(HTTPStatus.BAD_REQUEST, f"{problem}\n") from problem
        signed = self._signed_by_log(asked)
        stated = self._stated(asked, signed, at)
        if asked.old_size > stated.size:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "the old size is beyond the checkpoint\n")
        with self.memory.turn() as turn:
            self._refuse_contradiction(turn, asked, signed, stated, at)
            signature = cosign(signed.text, self.signer, timestamp=int(at.timestamp()))
            note = str(signed.adding(signature))
            turn.keep(stated.origin, Seen(stated.size, stated.root, note))
        return signature

    def latest(self, origin_hash: str) -> str | None:
        """The newest cosigned checkpoint of the log with this SHA-256 of its origin, in hex."""
        named = {sha256(origin.encode()).hexdigest(): origin for origin in self.logs}
        if origin_hash not in named:
            return None
        with self.memory.turn() as turn:
            seen = turn.latest(named[origin_hash])
        return seen.note if seen else None

    def _signed_by_log(self, asked: Asked) -> Note:
        """The checkpoint with the signatures of known keys only."""
        keys = self.logs.get(asked.origin)
        if keys is None:
            raise RefusedError(HTTPStatus.NOT_FOUND, "this witness does not watch that log\n")
        try:
            verified = verified_signatures(asked.checkpoint, keys)
        except UntrustedNoteError as problem:
            raise RefusedError(HTTPStatus.FORBIDDEN, f"{problem}\n") from problem
        if not verified:
            raise RefusedError(HTTPStatus.FORBIDDEN, "no known key of that log signed this\n")
        known = {(each.key.name, each.key.key_id) for each in verified}
        lines = asked.checkpoint.signatures
        return Note(
            asked.checkpoint.text,
            tuple(line for line in lines if (line.name, line.key_id) in known),
        )

    def _stated(self, asked: Asked, signed: Note, at: dt.datetime) -> Checkpoint:
        try:
            return Checkpoint.parse(signed.text)
        except WrongEmptyRootError as problem:
            self._keep(EMPTY, asked, signed, None, at)
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, f"{problem}\n") from problem
        except MalformedError as problem:
            raise RefusedError(HTTPStatus.BAD_REQUEST, f"{problem}\n") from problem

    def _refuse_contradiction(
        self, turn: Turn, asked: Asked, signed: Note, stated: Checkpoint, at: dt.datetime
    ) -> None:
        latest, twin = turn.latest(stated.origin), turn.at(stated.origin, stated.size)
        if twin is not None and twin.root != stated.root:
            # Whatever old size came with it: a log that signs two roots of one size is caught.
            self._keep(FORK, asked, signed, twin, at)
        size = latest.size if latest else 0
        if asked.old_size != size:
            raise RefusedError(HTTPStatus.CONFLICT, f"{size}\n", SIZE)
        if not _continues(latest, asked, stated):
            if latest is not None and stated.size > latest.size:
                self._keep(UNPROVED, asked, signed, latest, at)
            raise RefusedError(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                f"this is not shown to continue the tree of {size} leaves that was cosigned\n",
            )

    def _keep(
        self, kind: str, asked: Asked, signed: Note, known: Seen | None, at: dt.datetime
    ) -> None:
        """Keep the statement before the log learns that it was caught."""
        before = None if known is None else parse_note(known.note.encode())
        found = Evidence(kind, signed, before, asked.old_size, asked.proof, at)
        keep(self.evidence, found)


def _continues(latest: Seen | None, asked: Asked, stated: Checkpoint) -> bool:
    if asked.old_size == 0:
        # Any tree continues the empty one, unless a tree of no leaves was not empty.
        return not asked.proof
    return latest is not None and verify_consistency(
        latest.size, stated.size, asked.proof, latest.root, stated.root
    )
