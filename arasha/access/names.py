"""From parts of a folded name to the rows where it stands: by an index on either database."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import UUIDField
from django.db.models.expressions import RawSQL

from arasha.access.protected import NAMED
from arasha.access.statements import MOST_NAMES, parts_of_name

# In each place of a name one of two parts stands. A space is the beginning or the end of a word; the index
# knows no part of fewer than three characters.
Parts = tuple[str, str]


def with_parts(wanted: Sequence[Parts]) -> RawSQL:
    """The keys of names with all these parts: a subquery for `pk__in`. Ask `visible` beside it.

    PostgreSQL's function gives at most MOST_NAMES, and only of what is open to whom the database is read for.
    """
    one, other = [each[0] for each in wanted], [each[1] for each in wanted]
    if connection.vendor == "sqlite":
        return _keys(
            "SELECT identity_id FROM cases_folded WHERE id IN"
            " (SELECT rowid FROM cases_folded_words WHERE cases_folded_words MATCH %s)",
            [" AND ".join(f'"{a}"' if a == b else f'("{a}" OR "{b}")' for a, b in wanted)],
        )
    if _is_locked():
        return _keys("SELECT found FROM arasha_named(%s, %s)", [_like(one), _like(other)])
    asked = " AND ".join([parts_of_name(NAMED, "%s")] * len(wanted))
    patterns = [f"%{part}%" for parts in wanted for part in parts]
    select = f"SELECT {NAMED.key} FROM {NAMED.table} WHERE {asked} LIMIT {MOST_NAMES}"  # noqa: S608
    return _keys(select, patterns)


def _keys(sql: str, parameters: Sequence[object]) -> RawSQL:
    return RawSQL(sql, parameters, output_field=UUIDField())  # noqa: S611


def _like(parts: Sequence[str]) -> list[str]:
    return [f"%{part}%" for part in parts]


def _is_locked() -> bool:
    """Whether `secure_database` has run here, which makes the function."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regproc('arasha_named') IS NOT NULL")
        return bool(cursor.fetchone()[0])
