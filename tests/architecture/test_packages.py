"""Which packages from outside each floor may use: nothing is pulled in unseen."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture import rules
from tests.architecture.tree import CHECKOUT, PACKAGE, code, label

BASE = {"cryptography", "holidays", "rfc3161_client", "securesystemslib", "segno", "tuf", "urllib3"}
SERVER = BASE | {
    "allauth", "altcha", "django", "django_tasks", "django_tasks_db", "psycopg", "whitenoise",
}  # fmt: skip
OFFICE = {"docx", "lxml", "openpyxl"}  # weasyprint is loaded by its name
# A floor that runs without the server, and what it may use.
WITHOUT_SERVER = {
    "engines": {"cryptography"},
    "packs": {"holidays"},
    "wire": {"urllib3", "cryptography", "rfc3161_client", "securesystemslib", "tuf"},
    "papers": OFFICE,
    "programs": BASE,
}
# They hold opened appeals on a machine of their own.
OPENING = {"reader", "officekey"}
REQUIREMENTS = CHECKOUT / "requirements"


def test_a_floor_uses_only_the_packages_it_may() -> None:
    found = {label(path): rules.strangers(path.read_text(), allowed_in(path)) for path in code()}

    assert {name: packages for name, packages in found.items() if packages} == {}


def allowed_in(path: Path) -> set[str]:
    floor, *rooms = path.relative_to(PACKAGE).parts
    if floor == "programs" and OPENING & {Path(room).stem for room in rooms}:
        return BASE | {"pyrage", "shamir_mnemonic"}
    return WITHOUT_SERVER.get(floor, SERVER)


def test_the_base_and_the_server_hold_no_decrypting_library() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]

    assert "pyrage" not in str(project["dependencies"]) + str(extras["server"])
    assert "opening" not in str(extras["server"])
    assert [line for line in extras["opening"] if line.startswith("pyrage")]
    assert "pyrage" not in pins("run")


def test_the_locks_agree_with_one_another() -> None:
    locks = [pins(name) for name in ("run", "build", "test")]

    for package in set.union(*(set(lock) for lock in locks)):
        assert len({lock[package] for lock in locks if package in lock}) == 1, package


@pytest.mark.parametrize("name", ["run", "build", "test", "terminal"])
def test_a_lock_pins_every_package_by_hash_and_names_no_index(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.txt").read_text()

    assert "--index-url" not in text
    assert "--find-links" not in text
    for pinned in re.split(r"\n(?=\S)", text.strip()):
        assert pinned.startswith("#") or "--hash=sha256:" in pinned, pinned


def pins(name: str) -> dict[str, str]:
    """Package → version of a lock file."""
    lines = (REQUIREMENTS / f"{name}.txt").read_text().splitlines()
    return dict(line.split()[0].split("==") for line in lines if re.match(r"\w[^ ]*==", line))
