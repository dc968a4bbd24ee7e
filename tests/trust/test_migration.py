"""Lists of readers from before the root of trust keep their rows: another floor, the same appeals."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
KEYS = [f"age1{letter * 58}" for letter in "qpz"]
NOTE = (
    "arasha recipients v1\nset ombudsperson-1\nbody ombudsperson\nversion 1\n"
    f"valid 2026-01-01 2026-12-31\nofficer {KEYS[0]} On duty, Astana\nofficer {KEYS[1]} Second\n"
    f"office {KEYS[2]} Office key\n\n— ombudsperson/1 c2lnbmF0dXJl\n"
)
BODY, APPEAL = "a" * 32, "b" * 32
BEFORE = {
    "INSERT INTO people_institution (key, code, kind, name) VALUES (?, ?, ?, ?)": (
        *(BODY, "ombudsperson", "ombudsperson", "{}"),
    ),
    "INSERT INTO appeals_recipientset (code, institution_id, version, note, recipients,"
    " from_day, until_day, published_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)": (
        *("ombudsperson-1", BODY, 1, NOTE, 3),
        *("2026-01-01", "2026-12-31", "2026-01-01 00:00:00"),
    ),
    "INSERT INTO appeals_appeal (key, leaf_hash, code, received_day, state, waits, category,"
    " stale_set, recipient_set_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)": (
        *(APPEAL, b"leaf", "1", "2026-01-02", "received", 1, "", 0, "ombudsperson-1"),
    ),
}


@pytest.fixture(scope="module")
def first_walk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database as the first walk made it; to be copied, not used."""
    folder = tmp_path_factory.mktemp("first-walk")
    migrate(folder, "appeals", "0001")
    return folder


@pytest.fixture
def var(first_walk: Path, tmp_path: Path) -> Path:
    """A database as the first walk left it, with one list and one appeal."""
    shutil.copytree(first_walk, tmp_path, dirs_exist_ok=True)
    with closing(sqlite3.connect(tmp_path / "arasha.sqlite3")) as database:
        for statement, values in BEFORE.items():
            database.execute(statement, values)
        database.commit()
    return tmp_path


def test_a_list_moves_with_its_appeals_and_says_who_is_in_it(var: Path) -> None:
    migrate(var)

    with closing(sqlite3.connect(var / "arasha.sqlite3")) as database:
        [row] = database.execute(
            "SELECT text, offices, officers, recipients FROM trust_recipientset"
        )
        [appeal] = database.execute("SELECT recipient_set_id, told_state FROM appeals_appeal")
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert row[0] == NOTE.split("\n\n", maxsplit=1)[0] + "\n"
    assert row[1] == '["ombudsperson"]'
    assert '"label": "On duty, Astana"' in row[2]
    assert row[2].count(KEYS[1]) == 1
    assert (row[3], appeal) == (3, ("ombudsperson-1", "received"))


def test_a_list_that_was_replaced_is_named_no_more_since_the_next_one(var: Path) -> None:
    [(insert, first), *_] = list(BEFORE.items())[1:]
    second = ("ombudsperson-2", BODY, 2, *first[3:-1], "2026-02-01 00:00:00")
    with closing(sqlite3.connect(var / "arasha.sqlite3")) as database:
        database.execute(insert, second)
        database.commit()

    migrate(var)

    with closing(sqlite3.connect(var / "arasha.sqlite3")) as database:
        rows = database.execute("SELECT withdrawn_at FROM trust_recipientset ORDER BY version")
        assert rows.fetchall() == [("2026-02-01 00:00:00",), (None,)]


def migrate(var: Path, *words: str) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "arasha.config.settings.test",
        "ARASHA_VAR": str(var),
        "PYTHONPATH": str(CHECKOUT),
    }
    command = [sys.executable, "-m", "django", "migrate", "--verbosity=0", *words]
    subprocess.run(command, env=environment, check=True)
