"""The second lock: PostgreSQL itself shows a door only the rows that its viewer's grants open.

The first lock is `selectors.visible`; this one holds where a selector forgot it, and for raw SQL. It
trusts what `viewing` said of the viewer, so it is no lock against somebody who runs SQL of their own,
and none at all against a superuser of the database.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from arasha.access.models import Cell, JobCell
from arasha.access.policy import JOBS as JOB_RIGHTS
from arasha.access.policy import POLICY
from arasha.access.privileges import (
    DESK,
    DOORS,
    GATEWAY,
    JOBS,
    NAMES,
    NUMBERS,
    PRIVILEGES,
    PUBLIC,
    privileges_on,
)
from arasha.access.protected import BROADCAST, NAMED, NUMBERED, PROTECTED, Protected
from arasha.access.statements import (
    barring,
    broadcasts,
    grants_policies,
    names_function,
    numbers_function,
    record_policies,
    views,
)
from arasha.country import country


def install(connection: BaseDatabaseWrapper) -> list[str]:
    """Build roles, privileges and policies anew. Run by the owner after `migrate`; any number of times.

    Returns the tables of `PROTECTED` that exist and are now locked.
    """
    with transaction.atomic(using=connection.alias):
        sync_cells()
        tables = set(connection.introspection.table_names())
        protected = [each for each in PROTECTED if each.table in tables]
        numbered = [each for each in NUMBERED if each.table in tables]
        _run(connection, _roles())
        _run(connection, views(timezone=country().timezone.key))
        _run(connection, _privileges(tables))
        _run(connection, _unlock())
        _run(connection, grants_policies(doors=(DESK, JOBS, GATEWAY)))
        for table in sorted({each.table for each in protected}):
            _run(connection, _lock([each for each in protected if each.table == table]))
        _run(connection, broadcasts([each for each in BROADCAST if each in tables], to=PUBLIC))
        _run(connection, numbers_function(numbered, owner=NUMBERS, callers=(DESK, JOBS)))
        if NAMED.table in tables:
            _run(connection, names_function(NAMED, owner=NAMES, callers=(DESK, JOBS)))
    return sorted({each.table for each in protected})


def sync_cells() -> None:
    """Write the policy into its tables, where SQL can join it."""
    with transaction.atomic():
        Cell.objects.all().delete()
        JobCell.objects.all().delete()
        Cell.objects.bulk_create(
            Cell(kind=kind, compartment=compartment, basis=basis, role=role, right=right)
            for kind, compartments in POLICY.items()
            for compartment, cells in compartments.items()
            for (basis, role), right in cells.items()
        )
        JobCell.objects.bulk_create(
            JobCell(job=job, kind=kind, compartment=compartment, right=right)
            for job, rights in JOB_RIGHTS.items()
            for (kind, compartment), right in rights.items()
        )


def weakness(connection: BaseDatabaseWrapper) -> str:
    """What keeps the second lock from holding for this connection, in a sentence; empty if it holds."""
    if connection.vendor != "postgresql":
        return ""  # there is no second lock to fail; docs/howto/install.md says so
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        role, bypasses = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relname = ANY(%s) AND NOT relrowsecurity",
            [sorted({each.table for each in PROTECTED})],
        )
        (unlocked,) = cursor.fetchone()
    if bypasses:
        return f"The database role {role} passes by row-level security: connect as one of {', '.join(DOORS)}."
    return f"{unlocked} tables are not locked: run `arasha secure_database`." if unlocked else ""


@contextmanager
def as_jobs(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Write as the role of the jobs where the tables are locked for their owner, too: in a transaction.

    The owner is a member of that role no longer than this lasts: a member would see what its policies show.
    """
    if not _is_shut_out(connection):
        yield
        return
    _run(connection, [f"GRANT {JOBS} TO CURRENT_USER", f"SET LOCAL ROLE {JOBS}"])
    yield
    _run(connection, ["RESET ROLE", f"REVOKE {JOBS} FROM CURRENT_USER"])


def _is_shut_out(connection: BaseDatabaseWrapper) -> bool:
    """The tables are locked, and whoever is signed in is neither a door's role nor one that passes by."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_or(c.relforcerowsecurity) AND NOT bool_or(r.rolsuper OR r.rolbypassrls OR r.rolname = ANY(%s))"
            " FROM pg_roles r, pg_class c WHERE r.rolname = current_user AND c.relname = ANY(%s)",
            [list(DOORS), sorted({each.table for each in PROTECTED})],
        )
        (is_shut_out,) = cursor.fetchone()
    return bool(is_shut_out)


def _roles() -> Iterable[str]:
    for role in (*DOORS, NUMBERS, NAMES):
        login = "LOGIN" if role in DOORS else "NOLOGIN"
        yield (
            f"DO $$ BEGIN CREATE ROLE {role} {login}; "
            "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        )
        yield f"GRANT USAGE ON SCHEMA public TO {role}"


def _privileges(tables: set[str]) -> Iterable[str]:
    for role in PRIVILEGES:
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
        yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}"
        for table in sorted(tables):
            if may := privileges_on(table=table, role=role):
                yield f"GRANT {may} ON {table} TO {role}"
    for role in (DESK, JOBS):
        yield f"GRANT SELECT ON access_reach, access_barred TO {role}"


def _unlock() -> Iterable[str]:
    """Forget the policies of an earlier version of the list."""
    yield (
        "DO $$ DECLARE p record; BEGIN FOR p IN SELECT policyname, tablename FROM pg_policies"
        " WHERE schemaname = 'public' LOOP EXECUTE format('DROP POLICY %I ON %I', p.policyname,"
        " p.tablename); END LOOP; END $$"
    )


def _lock(entries: list[Protected]) -> Iterable[str]:
    table = entries[0].table
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    # Also for the owner: a door that is pointed at the owner's account by mistake shows nothing.
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    for entry in entries:
        yield from record_policies(entry, desk=DESK, jobs=JOBS, gateway=GATEWAY)
        yield from barring(entry, people=(DESK, JOBS))


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
