"""Where a notice leads, and how its record is called. The doors name both: this floor knows no records."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from arasha.actors import Actor
from arasha.notices.models import Notice


def page_of(*, subject_kind: str, subject_key: uuid.UUID) -> str:
    """The address of a record's page; empty if this door shows no such records."""
    name = settings.ARASHA_RECORD_PAGES.get(subject_kind)
    return reverse(name, args=[subject_key]) if name else ""


def titles(*, viewer: Actor, notices: Iterable[Notice]) -> dict[uuid.UUID, str]:
    """How the records of these notices are called, by their keys; none that the viewer may not see."""
    keys: defaultdict[str, set[uuid.UUID]] = defaultdict(set)
    for notice in notices:
        keys[notice.subject_kind].add(notice.subject_key)
    found: dict[uuid.UUID, str] = {}
    for kind in keys.keys() & settings.ARASHA_RECORD_TITLES.keys():
        found |= import_string(settings.ARASHA_RECORD_TITLES[kind])(viewer=viewer, keys=keys[kind])
    return found
