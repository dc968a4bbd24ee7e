"""The import contracts hold; and they see a break, planted in a copy of the package."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import CHECKOUT, PACKAGE

LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"

# What is written where, and the line by which the contract names it.
BREAKS = {
    "journal/services.py": ("arasha.people.models", "Arasha's floors"),
    "cases/models/register.py": ("arasha.appeals.errors", "Arasha's floors"),
    "gateway/apps.py": ("arasha.desk.middleware", "Arasha's floors"),
    "engines/law/__init__.py": ("arasha.engines.translog", "Engines are strangers"),
    "engines/notes/__init__.py": ("random", "Engines know no framework"),
    "wire/__init__.py": ("django", "run without the server"),
    "desk/apps.py": ("arasha.programs.terminal", "No server module imports a program"),
    "worlds/apps.py": ("pyrage", "The server cannot decrypt"),
    "appeals/models/filed.py": ("arasha.appeals.services", "Inside a process"),
    "public/apps.py": ("arasha.appeals.models", "The tables of appeals are its own"),
}


def test_every_contract_is_kept() -> None:
    done = lint(CHECKOUT)

    assert done.returncode == 0, done.stdout


def test_a_floor_that_nobody_placed_is_named(tmp_path: Path) -> None:
    copy_to(tmp_path)
    (tmp_path / "arasha" / "attic.py").touch()

    assert "attic" in lint(tmp_path).stdout


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the contracts say of a copy that holds all breaks at once."""
    folder = tmp_path_factory.mktemp("broken")
    copy_to(folder)
    for path, (module, _) in BREAKS.items():
        file = folder / "arasha" / path
        file.write_text(f"{file.read_text()}\nimport {module}\n")
    return lint(folder).stdout


@pytest.mark.parametrize("path", BREAKS)
def test_a_planted_break_is_seen_and_named(path: str, report: str) -> None:
    module, contract = BREAKS[path]
    importer = ".".join(["arasha", *Path(path).with_suffix("").parts]).removesuffix(".__init__")

    verdicts, details = report.split("Broken contracts", 1)
    assert [row for row in verdicts.splitlines() if contract in row and row.endswith("BROKEN")]
    assert f"{importer} -> {module} (l." in details


def lint(checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT_IMPORTS, "--no-logo", "--no-cache"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )


def copy_to(folder: Path) -> None:
    shutil.copy(CHECKOUT / "pyproject.toml", folder)
    only_code = shutil.ignore_patterns("__pycache__", "static", "locale", "jurisdictions")
    shutil.copytree(PACKAGE, folder / "arasha", ignore=only_code)
