"""What the gateway says of places and bodies, as it goes to every terminal in the stream of pages.

The relay of a prison could write pages of its own, so the gateway signs this: who commands a place
decides whose readers are never offered there, and a body's name is what people choose by.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from arasha.engines.notes import (
    MalformedError,
    SignerKey,
    VerifierKey,
    canonical_json,
    open_note,
    sign,
)

TITLE = "arasha/directory/v1"


def build_directory(content: Mapping[str, Any], signer: SignerKey) -> bytes:
    """Return the signed note for the stream. Raises MalformedError for a text no note can have."""
    return str(sign(f"{TITLE}\n{canonical_json(content).decode()}\n", [signer])).encode()


def read_directory(note: bytes, keys: Sequence[VerifierKey]) -> dict[str, Any]:
    """Return what one of these keys has signed. Raises UntrustedNoteError, MalformedError."""
    title, _, text = open_note(note, keys).partition("\n")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MalformedError(f"the directory is no JSON: {error}") from error
    if title != TITLE or not isinstance(content, dict):
        raise MalformedError(f"a directory is an object behind the line {TITLE}")
    return content
