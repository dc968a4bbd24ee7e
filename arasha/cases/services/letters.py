"""Letters and decisions of an office: filled, numbered without a gap, kept among the documents."""

import datetime as dt
import uuid
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from typing import cast

from django.db import transaction

from arasha.actors import Actor
from arasha.cases.errors.documents import NoFormError
from arasha.cases.models import Case, Document, LetterCounter
from arasha.cases.services.documents import enter
from arasha.cases.versions import locked
from arasha.country import country, local_day
from arasha.engines.documents import Form, fill, number, safe_name
from arasha.papers.letters import letter
from arasha.papers.uploads import MEDIA_TYPES
from arasha.people.models import Institution

LETTER = "letter"  # pack: document kinds
NUMBER = "number"  # the field of a form that nobody types


def keep_letter(
    *,
    case: Case,
    form: str,
    language: str,
    values: Mapping[str, object],
    sending: uuid.UUID,
    by: Actor,
    at: dt.datetime,
) -> Document:
    """Fill a form, give it the next number of the office, keep it. Sent twice, it is kept once.

    `values` has every field but the number. Raises FieldError (of engines.documents) for a field that
    cannot be printed, NoFormError, ErasedError; then no number was taken.
    """
    chosen = country().forms.get(form)
    if chosen is None or language not in chosen.name:
        raise NoFormError
    unnumbered = _set(chosen, language, values, "")
    # What it says is part of who it is: the same form sent with other words is another letter.
    key = uuid.uuid5(case.pk, f"{form} {sending} {sha256(unnumbered).hexdigest()}")
    return _keep(case, chosen, language, values, key, by=by, at=at)


@transaction.atomic
def _keep(
    case: Case,
    form: Form,
    language: str,
    values: Mapping[str, object],
    key: uuid.UUID,
    *,
    by: Actor,
    at: dt.datetime,
) -> Document:
    held = locked(case)
    if found := Document.objects.filter(pk=key).first():
        return found
    given = _next_number(held.holder, form, at=at)
    content = _set(form, language, values, given)
    digest = sha256(content).hexdigest()
    title = form.name[language]
    said = {
        "kind": LETTER,
        "title": title,
        "file_name": safe_name(f"{title} {given}.docx", suffix="docx"),
        "media_type": MEDIA_TYPES["docx"],
        "number": given,
        "language": language,
    }
    kept = enter(case=held, key=key, file=BytesIO(content), digest=digest, said=said, by=by, at=at)
    return cast(Document, kept)


def _set(form: Form, language: str, values: Mapping[str, object], given: str) -> bytes:
    numbered = {NUMBER: given or None} if NUMBER in form.fields else {}
    return letter(fill(form, language, {**values, **numbered}))


def _next_number(office: Institution, form: Form, *, at: dt.datetime) -> str:
    """The next of its office and year; one whose transaction fails gives it back."""
    if not form.number:
        return ""
    year = local_day(at).year
    LetterCounter.objects.get_or_create(institution=office, year=year)
    counter = LetterCounter.objects.select_for_update(of=("self",)).get(
        institution=office, year=year
    )
    counter.last += 1
    counter.save(update_fields=["last"])
    return number(form.number, index=office.code, seq=counter.last, year=year)
