"""The import contracts hold; and they see a break, planted in a copy of the package."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import CHECKOUT, PACKAGE

LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"

BREAKS = [
    ("journal/services.py", "import arasha.people.models", "Arasha's floors"),
    ("cases/models.py", "import arasha.appeals.errors", "Arasha's floors"),
    ("gateway/apps.py", "import arasha.desk.middleware", "Arasha's floors"),
    ("engines/law/__init__.py", "import arasha.engines.translog", "Engines are strangers"),
    ("engines/notes/__init__.py", "import random", "Engines know no framework"),
    ("wire/__init__.py", "import django", "run without the server"),
    ("desk/apps.py", "import arasha.programs.terminal", "No server module imports a program"),
    ("worlds/apps.py", "import pyrage", "The server cannot decrypt"),
    ("appeals/models.py", "import arasha.appeals.services", "Inside a process"),
    ("desk/apps.py", "import arasha.appeals.models", "The tables of appeals are its own"),
]


def test_every_contract_is_kept() -> None:
    done = lint(CHECKOUT)

    assert done.returncode == 0, done.stdout


def test_a_floor_that_nobody_placed_is_named(copy: Path) -> None:
    (copy / "arasha" / "attic.py").touch()

    assert "attic" in lint(copy).stdout


@pytest.mark.parametrize(("path", "line", "contract"), BREAKS)
def test_a_planted_break_is_seen(path: str, line: str, contract: str, copy: Path) -> None:
    file = copy / "arasha" / path
    file.write_text(f"{file.read_text()}\n{line}\n")

    broken = [row for row in lint(copy).stdout.splitlines() if row.endswith("BROKEN")]
    assert any(contract in row for row in broken), broken


def lint(checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT_IMPORTS, "--no-logo", "--no-cache"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    only_code = shutil.ignore_patterns("__pycache__", "static", "locale", "jurisdictions")
    shutil.copytree(PACKAGE, tmp_path / "arasha", ignore=only_code)
    return tmp_path
