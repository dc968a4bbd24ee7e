"""Signed notes and timestamped cosignatures (C2SP signed-note, tlog-cosignature)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from arasha.engines.notes import b64
from arasha.engines.notes.errors import MalformedError, UntrustedNoteError
from arasha.engines.notes.keys import COSIGNATURE, NOTE, SignerKey, VerifierKey, check_name

MAX_NOTE_BYTES = 1_000_000
MAX_SIGNATURES = 100
MAX_TIMESTAMP = 2**63 - 1

_DASH = "— "
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: whose it claims to be, and the bytes after the key ID."""

    name: str
    key_id: bytes
    blob: bytes

    @classmethod
    def parse(cls, line: str) -> "Signature":
        """Read a signature line without its newline."""
        name, space, text = line.removeprefix(_DASH).partition(" ")
        if not line.startswith(_DASH) or not space:
            raise MalformedError(f"not a signature line: {line[:60]!r}")
        check_name(name)
        data = b64.decode(text, f"signature of {name}")
        if len(data) < 5:
            raise MalformedError(f"signature of {name} is cut off")
        return cls(name, data[:4], data[4:])

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {b64.encode(self.key_id + self.blob)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a newline, and the signatures under it (not yet believed)."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.signatures))

    def adding(self, signature: Signature) -> "Note":
        """Return the note with one more signature, for instance a cosignature that came later."""
        return replace(self, signatures=(*self.signatures, signature))


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature that was checked; `timestamp` in POSIX seconds, for cosignatures only."""

    key: VerifierKey
    timestamp: int | None


def parse_note(data: bytes) -> Note:
    """Read a signed note, believing nothing. Raises MalformedError with the rule it breaks."""
    text, cut, lines = _decoded(data).rpartition("\n\n")
    if not cut:
        raise MalformedError("a signed note has an empty line between its text and its signatures")
    if not lines.endswith("\n"):
        raise MalformedError("a signed note ends in a newline: this one is cut off")
    signatures = lines[:-1].split("\n")
    if len(signatures) > MAX_SIGNATURES:
        raise MalformedError(f"a note may have {MAX_SIGNATURES} signatures, got {len(signatures)}")
    return Note(text + "\n", tuple(map(Signature.parse, signatures)))


def _decoded(data: bytes) -> str:
    if len(data) > MAX_NOTE_BYTES:
        raise MalformedError(f"a note may have {MAX_NOTE_BYTES:,} bytes, got {len(data):,}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise MalformedError(f"a note is UTF-8: {problem}") from problem
    _refuse_control_characters(text)
    return text


def _refuse_control_characters(text: str) -> None:
    if found := _CONTROL.search(text):
        raise MalformedError(
            f"a note has no control character but newline, got U+{ord(found[0]):04X}"
            f" at character {found.start()}"
        )


def sign(text: str, signers: Iterable[SignerKey]) -> Note:
    """Return `text` (ending in a newline) signed by every one of `signers`, in their order.

    Raises MalformedError for a text that no note can have, ValueError for a cosigner's key.
    """
    if not text.endswith("\n"):
        raise MalformedError("the text of a note ends in a newline")
    _refuse_control_characters(text)
    return Note(text, tuple(_signature(text, signer) for signer in signers))


def _signature(text: str, signer: SignerKey) -> Signature:
    if signer.kind != NOTE:
        raise ValueError(f"{signer.name} is a cosigner's key: use cosign")
    return Signature(signer.name, signer.verifier.key_id, signer.sign(text.encode()))


def cosign(text: str, signer: SignerKey, *, timestamp: int) -> Signature:
    """Return a witness's cosignature/v1 over a checkpoint's text at `timestamp` (POSIX seconds).

    The caller must have checked that the checkpoint is consistent with all it cosigned before.
    """
    if signer.kind != COSIGNATURE:
        raise ValueError(f"{signer.name} is not a cosigner's key")
    if not 0 <= timestamp <= MAX_TIMESTAMP:
        raise ValueError(f"timestamp must be between 0 and 2^63 - 1, got {timestamp}")
    signed = signer.sign(_cosigned_message(text, timestamp))
    return Signature(signer.name, signer.verifier.key_id, timestamp.to_bytes(8) + signed)


def _cosigned_message(text: str, timestamp: int) -> bytes:
    return f"cosignature/v1\ntime {timestamp}\n{text}".encode()


def verified_signatures(note: Note, keys: Sequence[VerifierKey]) -> list[Verified]:
    """Return the signatures of `note` that known `keys` made; unknown ones are passed over.

    A signature under a known name and key ID that fails, or comes twice, condemns the whole note:
    raises UntrustedNoteError. An empty list means that nobody known signed.
    """
    known = {(key.name, key.key_id): key for key in keys}
    found: dict[VerifierKey, Verified] = {}
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None:
            continue
        if key in found:
            raise UntrustedNoteError(f"{key.name} signed the note twice")
        found[key] = _verified(note.text, signature, key)
    return list(found.values())


def _verified(text: str, signature: Signature, key: VerifierKey) -> Verified:
    signed, timestamp, message = signature.blob, None, text.encode()
    if key.kind == COSIGNATURE:
        timestamp, signed = int.from_bytes(signature.blob[:8]), signature.blob[8:]
        message = _cosigned_message(text, timestamp)
        if timestamp > MAX_TIMESTAMP:
            raise UntrustedNoteError(f"the time in the cosignature of {key.name} is out of range")
    if not key.verifies(signed, message):
        raise UntrustedNoteError(f"the signature of {key.name} is not over this text")
    return Verified(key, timestamp)


def open_note(data: bytes, keys: Sequence[VerifierKey]) -> str:
    """Return the text of a note that at least one of `keys` signed.

    Raises MalformedError, or UntrustedNoteError if nobody known signed it.
    """
    note = parse_note(data)
    if not verified_signatures(note, keys):
        raise UntrustedNoteError("no key that we know signed this note")
    return note.text
