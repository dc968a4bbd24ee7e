"""A database that was migrated once, to begin from: `migrate` then finds nothing left to do.

Kept in build/migrated under a name made from all that migrations read. Whoever begins here still
runs `migrate`, so what is missing in a copy is applied, not forgotten.
"""

import fcntl
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path

from tests.postgres import OWNER, Cluster

CHECKOUT = Path(__file__).parents[1]
KEPT = CHECKOUT / "build" / "migrated"
# What brings tables of its own, or decides how they are made.
BROUGHT = ("Django", "django-allauth", "django-tasks", "django-tasks-db", "psycopg")
READ = ("migrations/*.py", "models.py", "models/**/*.py", "references.py", "config/settings/*.py")
# Of both branches a developer goes between, on both databases.
AT_MOST = 4
# `psql` before a patch level knows them not, and no server needs them to take the rest.
_SESSION_WORDS = re.compile(r"^\\(un)?restrict .*$", re.MULTILINE)


def sqlite_file() -> Path:
    """A migrated database; to be copied, not used."""
    return _kept(f"{key(sqlite3.sqlite_version)}.sqlite3", _make_sqlite)


def dump_for(cluster: Cluster) -> Path:
    """A migrated database as the statements that make it."""
    return _kept(f"{key(cluster.programs.parent.name)}.sql", lambda made: _make_dump(made, cluster))


def begin_in(folder: Path) -> None:
    """Put a migrated database where a server of this folder looks for its own."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "arasha.sqlite3"
    shutil.copyfile(sqlite_file(), path)
    path.chmod(0o600)


@contextmanager
def in_memory(name: str) -> Iterator[None]:
    """Fill a database in memory, and hold it until the block is over."""
    with (
        closing(sqlite3.connect(sqlite_file())) as source,
        closing(sqlite3.connect(name, uri=True)) as held,
    ):
        source.backup(held)
        yield


def begin_on(cluster: Cluster, database: str = "arasha") -> None:
    """Fill an empty database of this cluster."""
    cluster.load(dump_for(cluster), database)


def template_on(cluster: Cluster) -> str:
    """The name of a migrated database of this cluster that new ones are made from."""
    name = "arasha_migrated"
    with _alone(cluster.folder / "template.lock"):
        if not cluster.has(name):
            cluster.sql(f"CREATE DATABASE {name}_unfinished OWNER {OWNER}")
            begin_on(cluster, f"{name}_unfinished")
            cluster.sql(f"ALTER DATABASE {name}_unfinished RENAME TO {name}")
    return name


def key(engine: str, root: Path = CHECKOUT) -> str:
    """Changes with everything that migrations read, and with whoever carries them out."""
    found = hashlib.sha256(f"{engine} {sys.version} {[version(each) for each in BROUGHT]}".encode())
    for path in sorted({path for each in READ for path in (root / "arasha").rglob(each)}):
        found.update(f"\0{path.relative_to(root)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:20]


def _kept(name: str, make: Callable[[Path], None]) -> Path:
    """What is kept under this name; made by whoever comes first, while the others wait."""
    path = KEPT / name
    KEPT.mkdir(parents=True, exist_ok=True)
    with _alone(KEPT / "lock"):
        if not path.exists():
            with tempfile.TemporaryDirectory(dir=KEPT) as folder:
                made = Path(folder) / name
                make(made)
                made.rename(path)
        path.touch()
        _forget_the_oldest(path.suffix)
    return path


def _forget_the_oldest(suffix: str) -> None:
    newest_first = sorted(KEPT.glob(f"*{suffix}"), key=lambda path: -path.stat().st_mtime)
    for path in newest_first[AT_MOST:]:
        path.unlink()


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make_sqlite(path: Path) -> None:
    _migrate(path.parent, f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as database:
        # All in the one file that is copied.
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _make_dump(path: Path, cluster: Cluster) -> None:
    database = "arasha_to_dump"
    cluster.sql(f"CREATE DATABASE {database} OWNER {OWNER}")
    try:
        _migrate(path.parent, cluster.address(database))
        path.write_text(_SESSION_WORDS.sub("", cluster.dump(database)))
    finally:
        cluster.sql(f"DROP DATABASE {database} WITH (FORCE)")


def _migrate(folder: Path, database: str) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "arasha.config.settings.test",
        "ARASHA_VAR": str(folder / "var"),
        "ARASHA_DATABASE": database,
        "PYTHONPATH": str(CHECKOUT),
    }
    command = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
    subprocess.run(command, env=environment, check=True)
