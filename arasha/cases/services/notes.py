import datetime as dt
import uuid

from django.db import transaction

from arasha.actors import Actor
from arasha.cases.errors.keeping import EmptyNoteError
from arasha.cases.models import Case, Note
from arasha.cases.versions import locked
from arasha.journal import services as journal


@transaction.atomic
def add_note(*, case: Case, text: str, by: Actor, at: dt.datetime) -> Note:
    """Write a note for those who work on the case. It is never edited. Raises ErasedError, EmptyNoteError."""
    held = locked(case)
    if not text.strip():
        raise EmptyNoteError
    note = Note.objects.create(
        case=held, text=text.strip(), made_at=at, made_by_key=uuid.UUID(by.key)
    )
    journal.record(act="case.noted", subject_kind="case", subject_key=case.pk, by=by, at=at)
    return note
