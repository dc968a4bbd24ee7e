"""From what a person writes (kind:key, or a printed number) to a record, seen or not."""

import re
import uuid

from django.apps import apps
from django.db import connection

from arasha.access.policy import POLICY
from arasha.access.protected import NUMBERED
from arasha.access.statements import lookup
from arasha.references import Reference, fold_number

# By name: this floor does not know the processes above it.
PARTS = {"case": (("allegation", "cases.Allegation", "case"),)}
WRITTEN = re.compile(r"(?P<kind>[a-z_]+):(?P<key>[0-9a-fA-F-]{32,36})")


def find_record(text: str) -> Reference | None:
    """The record that somebody names, though they may not see it: whether they may is asked next."""
    written = WRITTEN.fullmatch(text.strip())
    if written is None:
        return _by_number(fold_number(text))
    if written["kind"] not in POLICY:
        return None
    try:
        return Reference(written["kind"], uuid.UUID(written["key"]))
    except ValueError:
        return None


def parts_of(record: Reference) -> list[Reference]:
    """Records of their own that belong to this one: what was said to have happened, to its case."""
    return [
        Reference(kind, key)
        for kind, model, field in PARTS.get(record.kind, ())
        for key in apps.get_model(model)
        ._default_manager.filter(**{field: record.key})
        .values_list("pk", flat=True)
    ]


def _by_number(folded: str) -> Reference | None:
    if not folded:
        return None
    with connection.cursor() as cursor:
        if _is_locked():
            # A function of its own: the door's role cannot see the row, only ask for its key.
            cursor.execute("SELECT kind, key FROM arasha_record_of(%s)", [folded])
        else:
            cursor.execute(lookup(NUMBERED, placeholder="%s"), [folded] * len(NUMBERED))
        found = cursor.fetchall()
    # Two registers may give the same number; then only kind:key is clear.
    return Reference(found[0][0], _key(found[0][1])) if len(found) == 1 else None


def _is_locked() -> bool:
    """Whether `secure_database` has run here, which makes the function."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regproc('arasha_record_of') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def _key(value: object) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(str(value))
