"""`pip install .` gives the whole product: what is not Python lies inside the package too."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.tree import CHECKOUT, PACKAGE

DATA = (
    "jurisdictions/kz/",
    "static/arasha/",
    "locale/kk/",
    "programs/static/",
    "programs/terminal/static/",
    "programs/kiosk/device/",
)


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    offline = ["--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, *offline, "-w", folder, "."], cwd=CHECKOUT, check=True)
    with zipfile.ZipFile(next(folder.glob("arasha-*.whl"))) as wheel:
        return set(wheel.namelist())


def test_the_wheel_holds_every_file_of_the_package(names: set[str]) -> None:
    for file in files():
        assert f"arasha/{file.relative_to(PACKAGE)}" in names


@pytest.mark.parametrize("folder", DATA)
def test_the_wheel_holds_what_is_not_python(folder: str, names: set[str]) -> None:
    assert any(name.startswith(f"arasha/{folder}") for name in names)


def test_the_wheel_brings_the_command_and_the_licence(names: set[str]) -> None:
    assert any(name.endswith("entry_points.txt") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "arasha"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [CHECKOUT / name for name in listed.split("\0") if name and (CHECKOUT / name).is_file()]
