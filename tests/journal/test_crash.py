"""kill -9 of the sequencer at any step leaves the log consistent."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.journal.reading import published, pymerkle_root
from tests.migrated import begin_in

RUNNER = Path(__file__).with_name("crashing.py")
STEPS = [
    ("fix_epoch", "before"),
    ("fix_epoch", "after"),
    ("settle", "before"),
    ("settle", "after"),
    ("remember", "before"),
    ("swap", "after"),
    ("publish", "before"),
    ("publish", "after"),
    ("mark_published", "after"),
    ("prune", "before"),
]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("migrated")
    begin_in(where)
    _run(where, "-m", "django", "migrate", "--verbosity=0")
    return where


@pytest.fixture
def server(migrated: Path, tmp_path: Path) -> Path:
    shutil.copytree(migrated, tmp_path / "var")
    return tmp_path / "var"


@pytest.mark.parametrize(("step", "when"), STEPS)
def test_a_killed_sequencer_goes_on_where_it_was(server: Path, step: str, when: str) -> None:
    assert _sequence(server, "300") == 0
    before = published(server / "log")

    assert _sequence(server, "40", step, when) == -signal.SIGKILL
    in_between = published(server / "log")
    assert _sequence(server, "5") == 0

    after = published(server / "log")
    assert after.entries[: before.size] == before.entries == in_between.entries[: before.size]
    assert after.size == 345
    assert sorted(after.entries) == sorted(_texts(server))
    assert pymerkle_root(after.entries) == after.root


def _sequence(where: Path, *words: str) -> int:
    return _run(where, str(RUNNER), *words, check=False)


def _run(where: Path, *words: str, check: bool = True) -> int:
    (where / "keys").mkdir(exist_ok=True)
    (where / "keys" / "django").write_text("only-for-tests-" * 4)
    environment = os.environ | {
        "ARASHA_VAR": str(where),
        "ARASHA_DATABASE": f"sqlite:///{where}/arasha.sqlite3",
        "DJANGO_SETTINGS_MODULE": "arasha.config.settings.jobs",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    return subprocess.run([sys.executable, *words], env=environment, check=check).returncode


def _texts(where: Path) -> list[bytes]:
    with closing(sqlite3.connect(where / "arasha.sqlite3")) as database:
        return [row[0].encode() for row in database.execute("SELECT text FROM journal_leaf")]
