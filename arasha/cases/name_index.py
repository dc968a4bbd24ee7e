"""What keeps the index of names true: triggers on SQLite, an index of PostgreSQL (migration 0005 made them).

A migration that alters `cases_identity` makes the table anew on SQLite, and its triggers are gone with the
old one: names that are entered afterwards would never be found. So they are set again after each `migrate`,
with the index made from the names, and the doctor looks.
"""

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

_FORGET = (
    "INSERT INTO cases_folded_words (cases_folded_words, rowid, words)"
    " SELECT 'delete', id, words FROM cases_folded WHERE identity_id = OLD.key;"
    " DELETE FROM cases_folded WHERE identity_id = OLD.key;"
)
_NOTE = (
    "INSERT INTO cases_folded (identity_id, words)"
    " SELECT NEW.key, (' ' || NEW.folded || ' ') WHERE NEW.folded <> '';"
    " INSERT INTO cases_folded_words (rowid, words)"
    " SELECT id, words FROM cases_folded WHERE identity_id = NEW.key;"
)
TRIGGERS = {
    "identity_named": f"AFTER INSERT ON cases_identity BEGIN {_NOTE} END",
    "identity_renamed": "AFTER UPDATE OF folded ON cases_identity"
    f" WHEN OLD.folded <> NEW.folded BEGIN {_FORGET} {_NOTE} END",
    "identity_gone": f"AFTER DELETE ON cases_identity BEGIN {_FORGET} END",
}
ON_POSTGRESQL = "identity_by_part_of_name"
_ANEW = (
    "DELETE FROM cases_folded",
    "INSERT INTO cases_folded (identity_id, words)"
    " SELECT key, (' ' || folded || ' ') FROM cases_identity WHERE folded <> ''",
    "INSERT INTO cases_folded_words (cases_folded_words) VALUES ('rebuild')",
)
_UNEQUAL = (
    "SELECT (SELECT count(*) FROM cases_identity WHERE folded <> '') <>"
    " (SELECT count(*) FROM cases_folded)"
)


def fault() -> str:
    """What the index of names lacks, and what to do; empty if it is whole."""
    if connection.vendor == "postgresql":
        whole = _said(connection, "SELECT to_regclass(%s) IS NOT NULL", ON_POSTGRESQL)
        return "" if whole else f"the index {ON_POSTGRESQL} is not there; restore a backup"
    if lacking := _lacking(connection):
        return f"{', '.join(lacking)} of cases_identity are not there; run `arasha migrate`"
    if _said(connection, _UNEQUAL):
        return "it has not as many names as the register; run `arasha migrate`"
    return ""


def keep(*, using: str) -> bool:
    """After each `migrate`: whether triggers were gone or names missing, so that all were indexed anew."""
    database = connections[using]
    if database.vendor != "sqlite" or not _has_index(database):
        return False
    if not _lacking(database) and not _said(database, _UNEQUAL):
        return False
    make_anew(database)
    return True


def make_anew(database: BaseDatabaseWrapper) -> None:
    """Set the triggers of SQLite and fill the index from the names."""
    with database.cursor() as cursor:
        for name, does in TRIGGERS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"CREATE TRIGGER {name} {does}")
        for statement in _ANEW:
            cursor.execute(statement)


def _has_index(database: BaseDatabaseWrapper) -> bool:
    """Not before migration 0005."""
    asked = (
        "SELECT count(*) = 2 FROM sqlite_master WHERE name IN ('cases_folded', 'cases_identity')"
    )
    return _said(database, asked)


def _lacking(database: BaseDatabaseWrapper) -> list[str]:
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'cases_identity'"
        )
        there = {name for (name,) in cursor.fetchall()}
    return [name for name in TRIGGERS if name not in there]


def _said(database: BaseDatabaseWrapper, statement: str, *told: str) -> bool:
    with database.cursor() as cursor:
        cursor.execute(statement, told)
        return bool(cursor.fetchone()[0])
