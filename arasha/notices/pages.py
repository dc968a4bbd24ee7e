"""Where a notice leads. The doors name the pages of records (ARASHA_RECORD_PAGES): this floor knows none."""

import uuid

from django.conf import settings
from django.urls import reverse


def page_of(*, subject_kind: str, subject_key: uuid.UUID) -> str:
    """The address of a record's page; empty if this door shows no such records."""
    name = settings.ARASHA_RECORD_PAGES.get(subject_kind)
    return reverse(name, args=[subject_key]) if name else ""
