"""Databases that begin from a kept copy are what `migrate` makes, and no copy outlives what it was made of."""

import ast
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import migrated

CODE = migrated.CHECKOUT / "arasha"
MIGRATIONS = sorted(CODE.rglob("migrations/*.py"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for path in {path for each in migrated.READ for path in CODE.rglob(each)}:
        copy = tmp_path / path.relative_to(migrated.CHECKOUT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return tmp_path


@pytest.mark.parametrize(
    "changed",
    [
        "arasha/journal/migrations/0002_append_only.py",
        "arasha/journal/migrations/0009_new.py",
        "arasha/journal/models.py",
        "arasha/config/settings/base.py",
    ],
)
def test_a_copy_is_not_taken_when_what_it_was_made_of_changed(checkout: Path, changed: str) -> None:
    before = migrated.key("3.40", checkout)
    assert before == migrated.key("3.40")

    with (checkout / changed).open("a") as file:
        file.write("# more\n")

    assert migrated.key("3.40", checkout) != before


def test_a_copy_of_another_engine_is_not_taken() -> None:
    assert migrated.key("3.40") != migrated.key("3.45")


def test_a_migration_reads_nothing_that_the_copys_name_does_not_know() -> None:
    known = {path for each in migrated.READ for path in CODE.rglob(each)}

    strangers = {
        (path.name, module)
        for path in MIGRATIONS
        for module in _imported(path)
        if module.startswith("arasha") and not set(_files(module)) <= known
    }

    assert strangers == set()


@pytest.mark.django_db
def test_a_tests_database_stands_at_the_last_migration() -> None:
    executor = MigrationExecutor(connection)

    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_a_server_begins_with_a_whole_database_that_only_its_user_may_read(tmp_path: Path) -> None:
    migrated.begin_in(tmp_path / "var")

    path = tmp_path / "var" / "arasha.sqlite3"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA journal_mode").fetchall() == [("wal",)]


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _files(module: str) -> list[Path]:
    path = migrated.CHECKOUT.joinpath(*module.split("."))
    return [path.with_suffix(".py")] if path.with_suffix(".py").exists() else [path / "__init__.py"]
