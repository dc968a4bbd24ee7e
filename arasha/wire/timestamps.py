"""Timestamps of an authority (RFC 3161): asking for one, and checking it without a network."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from arasha.wire.client import AnswerTooLongError, Client, UnreachableError

TIMEOUT = 20  # seconds
HEADERS = {"Content-Type": "application/timestamp-query"}
OK = 200


class TimestampError(Exception):
    """The token proves nothing: it is over other bytes, of another authority, or no token."""


class NoTimestampError(Exception):
    """The authority gave none now: the same request may be sent again."""


def ask_timestamp(url: str, data: bytes, *, roots: Sequence[Certificate]) -> bytes:
    """Return an authority's timestamp of `data`: a `.tsr` file, checked against `roots`.

    The authority sees a hash and nothing else. Raises NoTimestampError or TimestampError.
    """
    request = TimestampRequestBuilder(data, HashAlgorithm.SHA256).build()
    try:
        answer = Client(url, timeout=TIMEOUT).ask(
            "POST", "", body=request.as_bytes(), headers=HEADERS
        )
    except (UnreachableError, AnswerTooLongError) as error:
        raise NoTimestampError(str(error)) from error
    if answer.status != OK:
        raise NoTimestampError(f"{url} answers {answer.status}")
    _verify(_decoded(answer.body), data, VerifierBuilder.from_request(request), roots)
    return answer.body


def verify_timestamp(token: bytes, data: bytes, *, roots: Sequence[Certificate]) -> dt.datetime:
    """Return the time (UTC) at which an authority under `roots` saw `data`.

    `token` is the content of a `.tsr` file. Raises TimestampError.
    """
    response = _decoded(token)
    _verify(response, data, VerifierBuilder(), roots)
    return response.tst_info.gen_time.astimezone(dt.UTC)


def read_authorities(path: Path) -> list[Certificate]:
    """Read the certificates (PEM) of the authorities that one believes. Raises TimestampError."""
    try:
        return load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise TimestampError(f"{path} holds no certificates: {error}") from error


def _decoded(token: bytes) -> TimeStampResponse:
    try:
        return decode_timestamp_response(token)
    except ValueError as error:
        raise TimestampError(f"this is no timestamp: {error}") from error


def _verify(
    response: TimeStampResponse,
    data: bytes,
    builder: VerifierBuilder,
    roots: Sequence[Certificate],
) -> None:
    if not roots:
        raise TimestampError("no authority is named that one would believe")
    for root in roots:
        # A chain in one file: only what signed itself is an end of trust.
        is_root = root.issuer == root.subject
        add = builder.add_root_certificate if is_root else builder.add_intermediate_certificate
        builder = add(root)
    try:
        builder.build().verify_message(response, data)
    except (VerificationError, ValueError) as error:
        raise TimestampError(f"the timestamp does not hold: {error}") from error
