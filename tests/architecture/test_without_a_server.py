"""Engines and programs run where no server is installed: tried in an environment of their own."""

import importlib.metadata
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from arasha.__main__ import PROGRAMS
from tests.architecture.tree import CHECKOUT, PACKAGE

BASE = ("cryptography", "holidays", "rfc3161-client", "tzdata", "segno", "tuf", "urllib3")
FLOORS = ("engines", "packs", "wire", "programs", "actors.py")
OPENING = ("reader", "officekey")
IMPORT_ALL = """
import importlib, pkgutil, sys
for name in sys.argv[1:]:
    module = importlib.import_module(name)
    for found in pkgutil.walk_packages(getattr(module, "__path__", []), f"{name}."):
        if not {"reader", "officekey"} & set(found.name.split(".")[:-1]):
            importlib.import_module(found.name)
for server in ("django", "granian", "pyrage"):
    assert server not in sys.modules
    try:
        importlib.import_module(server)
    except ImportError:
        continue
    raise SystemExit(f"{server} is installed here: the test would prove nothing")
"""


def test_every_floor_of_the_programs_imports_without_a_server(python: Path) -> None:
    floors = [name for name in FLOORS if (PACKAGE / name).exists()]

    run(python, "-c", IMPORT_ALL, *[f"arasha.{name.removesuffix('.py')}" for name in floors])


@pytest.mark.parametrize("verb", sorted(set(PROGRAMS) - set(OPENING)))
def test_a_program_explains_itself_without_a_server(verb: str, python: Path) -> None:
    assert "usage" in run(python, "-m", "arasha", verb, "--help").lower()


def run(python: Path, *words: str) -> str:
    done = subprocess.run(
        [python, *words], cwd=python.parents[2], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment that holds our package and what the base dependencies name, no more."""
    home = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home / "venv"], check=True)
    packages = next((home / "venv" / "lib").glob("python*/site-packages"))
    for entry in sorted({top for name in with_dependencies(BASE) for top in entries(name)}):
        (packages / entry.name).symlink_to(entry)
    (packages / "arasha").symlink_to(CHECKOUT / "arasha")
    return home / "venv" / "bin" / "python"


def with_dependencies(names: tuple[str, ...]) -> set[str]:
    """These distributions and all they need, without extras."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found or not installed(name):
            continue
        found.add(name)
        needs = importlib.metadata.requires(name) or []
        waiting += [re.split(r"[\s;<>=!~\[(]", need)[0] for need in needs if "extra" not in need]
    return found


def installed(name: str) -> bool:
    """False for what only another Python or another system needs."""
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def entries(name: str) -> Iterator[Path]:
    """The files and folders in site-packages that belong to a distribution."""
    distribution = importlib.metadata.distribution(name)
    for file in distribution.files or ():
        if file.parts[0] not in ("..", "__pycache__"):
            yield Path(str(distribution.locate_file(file.parts[0])))
