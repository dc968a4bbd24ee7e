"""Sealing appeals with age v1: formats both sides compute alike, and encryption only.

Nothing here opens an envelope. The server and the terminals import this package; whoever opens
does it in the reader, with a library that only the reader installs.
"""

from arasha.engines.sealing.age import randomness_bytes, seal
from arasha.engines.sealing.envelope import check_envelope, record_digest, split
from arasha.engines.sealing.errors import (
    CommandingBodyError,
    EnvelopeError,
    FilingError,
    ForeignStanzaError,
    MalformedEnvelopeError,
    MixedRecipientsError,
    PayloadError,
    RecipientError,
    RecipientSetError,
    SealingError,
    SetTextError,
    TooFewRecipientsError,
    TooFewSignaturesError,
    TruncatedEnvelopeError,
    WrongRecipientCountError,
)
from arasha.engines.sealing.filing import Filing, build_filing, parse_filing
from arasha.engines.sealing.payload import (
    SALT_BYTES,
    Appeal,
    Attachment,
    pack_payload,
    unpack_payload,
)
from arasha.engines.sealing.recipient_set import (
    Member,
    RecipientSet,
    Role,
    build_text,
    check_set,
    parse_text,
)
from arasha.engines.sealing.recipients import Kind, parse_recipient

__all__ = [
    "SALT_BYTES",
    "Appeal",
    "Attachment",
    "CommandingBodyError",
    "EnvelopeError",
    "Filing",
    "FilingError",
    "ForeignStanzaError",
    "Kind",
    "MalformedEnvelopeError",
    "Member",
    "MixedRecipientsError",
    "PayloadError",
    "RecipientError",
    "RecipientSet",
    "RecipientSetError",
    "Role",
    "SealingError",
    "SetTextError",
    "TooFewRecipientsError",
    "TooFewSignaturesError",
    "TruncatedEnvelopeError",
    "WrongRecipientCountError",
    "build_filing",
    "build_text",
    "check_envelope",
    "check_set",
    "pack_payload",
    "parse_filing",
    "parse_recipient",
    "parse_text",
    "randomness_bytes",
    "record_digest",
    "seal",
    "split",
    "unpack_payload",
]
