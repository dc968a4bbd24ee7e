"""Base 64 with one spelling for each value (RFC 4648, sections 4 and 3.5)."""

from base64 import b64encode
from binascii import Error, a2b_base64

from arasha.engines.notes.errors import MalformedError


def encode(data: bytes) -> str:
    """Return the standard base 64 text of `data`, padded."""
    return b64encode(data).decode("ascii")


def decode(text: str, what: str) -> bytes:
    """Return the bytes behind `text`; `what` names the field in the error.

    Only the spelling that `encode` writes is accepted: with free trailing bits a proof could be
    altered and still be accepted. Raises MalformedError.
    """
    try:
        data = a2b_base64(text.encode("ascii"), strict_mode=True)
    except (Error, UnicodeEncodeError) as problem:
        raise MalformedError(f"{what} is not base 64: {problem}") from problem
    if encode(data) != text:
        raise MalformedError(f"{what} is not base 64 in its only right spelling")
    return data
