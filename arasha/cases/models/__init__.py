"""The tables of the register of cases, by what they are for."""

from arasha.cases.models.classification import Classification, Conflict
from arasha.cases.models.clocks import (
    CalendarFeed,
    Deadline,
    Extension,
    Reminder,
    Suspension,
    TermRequest,
)
from arasha.cases.models.documents import (
    Custody,
    Document,
    LetterCounter,
    MedicalCustody,
    MedicalDocument,
    Note,
)
from arasha.cases.models.events import Act, Event, Involvement
from arasha.cases.models.imports import Import, ImportedCase, ImportedFigure, TakenBack
from arasha.cases.models.keeping import LegalHold, RetentionEntry, RetentionList
from arasha.cases.models.links import LawChange, LawReview, SameEvent
from arasha.cases.models.persons import Identity, Person, PlainState, ViewCode
from arasha.cases.models.proceedings import Charge, Decision, Proceeding, Ruling, Step, Telling
from arasha.cases.models.register import Case, CaseNumber, Number
from arasha.cases.models.told import (
    Allegation,
    AllegationNumber,
    AllegationOutcome,
    Complainant,
    Correction,
)

__all__ = [
    "Act",
    "Allegation",
    "AllegationNumber",
    "AllegationOutcome",
    "CalendarFeed",
    "Case",
    "CaseNumber",
    "Charge",
    "Classification",
    "Complainant",
    "Conflict",
    "Correction",
    "Custody",
    "Deadline",
    "Decision",
    "Document",
    "Event",
    "Extension",
    "Identity",
    "Import",
    "ImportedCase",
    "ImportedFigure",
    "Involvement",
    "LawChange",
    "LawReview",
    "LegalHold",
    "LetterCounter",
    "MedicalCustody",
    "MedicalDocument",
    "Note",
    "Number",
    "Person",
    "PlainState",
    "Proceeding",
    "Reminder",
    "RetentionEntry",
    "RetentionList",
    "Ruling",
    "SameEvent",
    "Step",
    "Suspension",
    "TakenBack",
    "Telling",
    "TermRequest",
    "ViewCode",
]
