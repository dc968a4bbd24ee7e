"""The tables of appeals, by what they are for."""

from arasha.appeals.models.ceremonies import CeremonyAppeal, Export, Protocol
from arasha.appeals.models.duty import DutyCall, Shift, StandIn
from arasha.appeals.models.filed import (
    SEALED_BY_WRITERS,
    WAITING,
    Appeal,
    Channel,
    Ciphertext,
    State,
)
from arasha.appeals.models.puzzles import SpentPuzzle
from arasha.appeals.models.reading import (
    Coverage,
    Errand,
    ErrandKind,
    Liveness,
    ReaderSession,
)
from arasha.appeals.models.sealed import CARD, TEXT, AddedHeader, Attachment, Reply, SealedNote
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

__all__ = [
    "CARD",
    "SEALED_BY_WRITERS",
    "TEXT",
    "WAITING",
    "AddedHeader",
    "Appeal",
    "Attachment",
    "BodyRequest",
    "CeremonyAppeal",
    "Channel",
    "CheckBack",
    "Ciphertext",
    "Closing",
    "Coverage",
    "DutyCall",
    "Erasure",
    "Errand",
    "ErrandKind",
    "Export",
    "Extension",
    "ExternalNumber",
    "Liveness",
    "Protocol",
    "ReaderSession",
    "Reply",
    "SealedNote",
    "Shift",
    "SpentPuzzle",
    "StandIn",
    "State",
    "Suspension",
    "Term",
]
