"""Signed notes, canonical JSON and filing codes: what all engines may stand on."""

from arasha.engines.notes.canonical import canonical_json
from arasha.engines.notes.codes import filing_code, first_with_code, grouped, read_code
from arasha.engines.notes.errors import BadCodeError, MalformedError, UntrustedNoteError
from arasha.engines.notes.keys import COSIGNATURE, NOTE, SignerKey, VerifierKey
from arasha.engines.notes.signed import (
    Note,
    Signature,
    Verified,
    cosign,
    open_note,
    parse_note,
    sign,
    verified_signatures,
)

__all__ = [
    "COSIGNATURE",
    "NOTE",
    "BadCodeError",
    "MalformedError",
    "Note",
    "Signature",
    "SignerKey",
    "UntrustedNoteError",
    "Verified",
    "VerifierKey",
    "canonical_json",
    "cosign",
    "filing_code",
    "first_with_code",
    "grouped",
    "open_note",
    "parse_note",
    "read_code",
    "sign",
    "verified_signatures",
]
