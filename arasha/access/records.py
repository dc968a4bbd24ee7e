"""From what a person writes (kind:key, or a printed number) to a record, seen or not."""

import re
import uuid

from django.db import connection

from arasha.access.policy import POLICY
from arasha.access.protected import NUMBERED
from arasha.access.statements import lookup
from arasha.references import Reference, fold_number

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
