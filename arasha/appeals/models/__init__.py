"""The tables of appeals, by what they are for."""

from arasha.appeals.models.duty import DutyCall, Shift, StandIn
from arasha.appeals.models.filed import WAITING, Appeal, Channel, Ciphertext, State
from arasha.appeals.models.reading import Coverage, Errand, Liveness, Opening, ReaderSession
from arasha.appeals.models.sealed import AddedHeader, Attachment, Reply, SealedNote
from arasha.appeals.models.work import (
    BodyRequest,
    CheckBack,
    Closing,
    Erasure,
    Extension,
    ExternalNumber,
    Suspension,
    Term,
)
from arasha.trust.models import RecipientSet, SigningBody

__all__ = [
    "WAITING",
    "AddedHeader",
    "Appeal",
    "Attachment",
    "BodyRequest",
    "Channel",
    "CheckBack",
    "Ciphertext",
    "Closing",
    "Coverage",
    "DutyCall",
    "Erasure",
    "Errand",
    "Extension",
    "ExternalNumber",
    "Liveness",
    "Opening",
    "ReaderSession",
    "RecipientSet",
    "Reply",
    "SealedNote",
    "Shift",
    "SigningBody",
    "StandIn",
    "State",
    "Suspension",
    "Term",
]
