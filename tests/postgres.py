"""A throw-away PostgreSQL: own folder, own socket, no port, gone when the run is over.

By hand: `.venv/bin/python -m tests.postgres COMMAND …` runs a command with ARASHA_DATABASE set.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

# Owns the tables and may not pass by row-level security the way a superuser does.
OWNER = "arasha_owner"
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "timezone": "UTC",
}
# For a measurement: what was committed is on the disk.
DURABLE = {**SETTINGS, "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


# Others hand their output on to the server they start, which would keep it open.
CLIENTS = ("psql", "pg_dump")


class NoPostgreSQLError(RuntimeError):
    """The machine has no PostgreSQL server programs."""


@dataclass(frozen=True)
class Cluster:
    folder: Path
    programs: Path

    @classmethod
    def start(cls, settings: Mapping[str, str] = SETTINGS) -> "Cluster":
        """Make a cluster and serve it on a socket in its folder."""
        # In /tmp, because a socket's path may have 107 bytes and a checkout lies anywhere.
        folder = Path(tempfile.mkdtemp(prefix="apg", dir="/tmp"))
        cluster = cls(folder=folder, programs=programs())
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody", "nogroup")
        cluster._run(
            "initdb", "-D", cluster.data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        cluster._run(
            "pg_ctl", "start", "-w", "-D", cluster.data, "-l", str(folder / "log"),
            "-o", f"-k {folder} {options}",
        )  # fmt: skip
        cluster.sql(f"CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE")
        cluster.sql(f"CREATE DATABASE arasha OWNER {OWNER}")
        return cluster

    @classmethod
    def at(cls, folder: Path) -> "Cluster":
        """A cluster that another process started and will stop."""
        return cls(folder=folder, programs=programs())

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    @property
    def pid(self) -> int:
        """The server's first process: all others are its children."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def address(self, database: str, role: str = OWNER) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.folder), safe='')}"

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run a statement as the superuser; return what psql prints, without decoration."""
        return self._run(
            "psql", "-h", str(self.folder), "-U", "postgres", "-d", database,
            "-v", "ON_ERROR_STOP=1", "-qAtc", statement,
        )  # fmt: skip

    def has(self, database: str) -> bool:
        return database in self.sql("SELECT datname FROM pg_database").splitlines()

    def dump(self, database: str) -> str:
        """The statements that make this database again."""
        return self._run("pg_dump", "--no-comments", "-d", self.address(database))

    def load(self, statements: Path, database: str) -> None:
        """Run the statements of a file as the owner, all of them or none."""
        self._run(
            "psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-d", self.address(database),
            told=statements.read_text(),
        )  # fmt: skip

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-m", "immediate", "-D", self.data)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *words: str, told: str = "") -> str:
        # PostgreSQL refuses to run as root.
        as_nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"]
        done = subprocess.run(
            [*(as_nobody if os.geteuid() == 0 else []), str(self.programs / program), *words],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            input=told,
            stdout=subprocess.PIPE if program in CLIENTS else subprocess.DEVNULL,
            stderr=subprocess.PIPE if program in CLIENTS else None,
            text=True,
            check=True,
        )
        return (done.stdout or "").strip()


def programs() -> Path:
    """The folder of initdb and its kin: Debian keeps them off the PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    folders += [Path(on_path).resolve().parent] if on_path else []
    for folder in folders:
        if (folder / "initdb").exists():
            return folder
    raise NoPostgreSQLError("no PostgreSQL server here; install it: apt-get install postgresql")


def main(words: list[str]) -> int:
    cluster = Cluster.start()
    try:
        told = {**os.environ, "ARASHA_DATABASE": cluster.address("arasha")}
        return subprocess.run(words, env=told, check=False).returncode
    finally:
        cluster.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
