"""From parts of a folded name to the rows where it stands: by an index on either database, or one by one."""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import CharField, F, Q, UUIDField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat
from django.db.models.lookups import Contains

from arasha.access.protected import NAMED
from arasha.access.selectors import opens_little
from arasha.access.statements import MOST_NAMES, has_part
from arasha.actors import Actor

# All of them stand in a name. A space is the beginning or the end of a word; the index knows no part of fewer
# than three characters.
Parts = tuple[str, ...]
# All of these, and of each one of its ways.
Wanted = Sequence[Sequence[Parts]]


def with_parts(wanted: Wanted, *, viewer: Actor) -> Q:
    """The names in which that stands, as a condition on their rows. Ask `visible` beside it.

    Whoever may see few names has them read one by one. For the others PostgreSQL's function gives at most
    MOST_NAMES, and only of what is open to whom the database is read for.
    """
    if opens_little(viewer=viewer, kind=NAMED.kind, compartment=NAMED.compartment):
        return _read_through(wanted)
    return Q(pk__in=_by_index(wanted))


def _read_through(wanted: Wanted) -> Q:
    words = Concat(Value(" "), F(NAMED.folded), Value(" "), output_field=CharField())

    def stands(parts: Parts) -> Q:
        return Q(*(Contains(words, part) for part in parts))

    return Q(*(reduce(or_, map(stands, ways)) for ways in wanted))


def _by_index(wanted: Wanted) -> RawSQL:
    if connection.vendor == "sqlite":
        return _keys(
            "SELECT identity_id FROM cases_folded WHERE id IN"
            " (SELECT rowid FROM cases_folded_words WHERE cases_folded_words MATCH %s)",
            [_said(wanted, lambda part: f'"{part}"')],
        )
    ways = [parts for each in wanted for parts in each]
    patterns = [f"%{part}%" for parts in ways for part in parts]
    if not _is_locked():
        asked = _said(wanted, lambda _: has_part(NAMED, "%s"))
        select = f"SELECT {NAMED.key} FROM {NAMED.table} WHERE {asked} LIMIT {MOST_NAMES}"  # noqa: S608
        return _keys(select, patterns)
    of_way = [at for at, parts in enumerate(ways) for _ in parts]
    of_wanted = [at for at, each in enumerate(wanted) for parts in each for _ in parts]
    return _keys("SELECT found FROM arasha_named(%s, %s, %s)", [patterns, of_way, of_wanted])


def _said(wanted: Wanted, say: Callable[[str], str]) -> str:
    """In words that FTS5 and SQL both have."""
    return " AND ".join(
        _in_brackets(" OR ", (_in_brackets(" AND ", map(say, parts)) for parts in ways))
        for ways in wanted
    )


def _in_brackets(word: str, said: Iterable[str]) -> str:
    return f"({word.join(said)})"


def _keys(sql: str, parameters: Sequence[object]) -> RawSQL:
    return RawSQL(sql, parameters, output_field=UUIDField())  # noqa: S611


def _is_locked() -> bool:
    """Whether `secure_database` has run here, which makes the function."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regproc('arasha_named') IS NOT NULL")
        return bool(cursor.fetchone()[0])
