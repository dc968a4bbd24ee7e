"""In which compartment of a case a document lies."""

from arasha.cases.models import Document, MedicalDocument
from arasha.country import country

Kept = Document | MedicalDocument
TABLES: dict[str, type[Kept]] = {"evidence": Document, "medical": MedicalDocument}


def compartment_of(kind: str) -> str:
    """Where documents of a kind lie: those about somebody's body or mind apart from all others."""
    medical = country().vocabularies["document_kinds"].meaning("medical")
    return "medical" if kind in medical else "evidence"


def compartment_in(document: Kept) -> str:
    """Where a document lies, whatever a later pack says of its kind."""
    return "medical" if isinstance(document, MedicalDocument) else "evidence"
