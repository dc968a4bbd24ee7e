"""The databases that filings are measured on: SQLite as `./run` has it, PostgreSQL as an installation has it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import DURABLE, Cluster, NoPostgreSQLError, programs

GATEWAY, JOBS = "arasha_gateway", "arasha_jobs"  # its roles: each door has its own


@dataclass(frozen=True)
class Database:
    """A demo world of its own. `server` is the process of the database's server, if it has one."""

    name: str
    environment: dict[str, str]
    cluster: Cluster | None = None

    @property
    def folder(self) -> Path:
        return Path(self.environment["ARASHA_VAR"])

    @property
    def server(self) -> int | None:
        return self.cluster.pid if self.cluster else None

    def seen_by(self, role: str) -> dict[str, str]:
        """The environment of a process that connects as a role."""
        if self.cluster is None:
            return self.environment
        return self.environment | {"ARASHA_DATABASE": self.cluster.address("arasha", role)}


@contextmanager
def sqlite(told: dict[str, str]) -> Iterator[Database]:
    made = Database("SQLite", _environment(told))
    arasha("secrets", told=made.environment)
    arasha("migrate", told=made.environment)
    arasha("world", "demo", told=made.environment)
    yield made


@contextmanager
def postgresql(told: dict[str, str]) -> Iterator[Database]:
    """A server of its own that syncs each commit, with the second lock. Raises NoPostgreSQLError."""
    cluster = Cluster.start(DURABLE)
    try:
        owner = cluster.address("arasha")
        made = Database("PostgreSQL", _environment(told | {"ARASHA_DATABASE": owner}), cluster)
        arasha("secrets", told=made.environment)
        arasha("migrate", told=made.environment)
        arasha("secure_database", told=made.environment)
        arasha("world", "demo", told=made.seen_by(JOBS))
        yield made
    finally:
        cluster.stop()


def has_postgresql() -> bool:
    try:
        return programs().is_dir()
    except NoPostgreSQLError:
        return False


def _environment(told: dict[str, str]) -> dict[str, str]:
    outside = {name: value for name, value in os.environ.items() if name != "ARASHA_DATABASE"}
    return outside | {"ARASHA_VAR": tempfile.mkdtemp(prefix="arasha-bench-")} | told


def arasha(*words: str, told: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "-m", "arasha", *words],
        env=told,
        check=True,
        stdout=subprocess.DEVNULL,
    )
