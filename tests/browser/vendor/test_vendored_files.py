"""Without Node: the vendored files are those of the list, and the list is of all of them."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LINES = (ROOT / "frontend/SHA256SUMS").read_text().splitlines()
SUMS = {path: digest for digest, path in (line.split("  ") for line in LINES)}
VENDOR_FOLDERS = (
    "arasha/programs/terminal/static/vendor",
    "arasha/programs/reader/static/vendor",
)


@pytest.mark.parametrize("path", SUMS)
def test_a_vendored_file_has_its_sum(path: str) -> None:
    assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == SUMS[path]


@pytest.mark.parametrize("folder", VENDOR_FOLDERS)
def test_a_vendor_folder_holds_nothing_that_is_not_on_the_list(folder: str) -> None:
    found = {f"{folder}/{path.name}" for path in (ROOT / folder).iterdir()}

    assert found == {path for path in SUMS if path.startswith(folder)}


@pytest.mark.parametrize("module", ["filing.js", "payload.js"])
def test_terminal_and_reader_run_the_module_that_lies_in_frontend(module: str) -> None:
    source = (ROOT / "frontend" / module).read_bytes()

    assert [(ROOT / folder / module).read_bytes() for folder in VENDOR_FOLDERS] == [source] * 2


def test_the_lock_names_no_registry() -> None:
    lock = (ROOT / "frontend/package-lock.json").read_text()

    assert '"resolved"' not in lock
    assert not re.search(r"https?://[^\"]*\.tgz", lock)


def test_every_package_is_at_an_exact_version() -> None:
    package = json.loads((ROOT / "frontend/package.json").read_text())
    versions = (package["dependencies"] | package["devDependencies"]).values()

    assert len(versions) == 8
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)


@pytest.mark.parametrize("path", [path for path in SUMS if path.endswith((".css", ".js"))])
def test_no_script_or_style_points_to_a_file_that_is_not_here(path: str) -> None:
    content = (ROOT / path).read_text(encoding="utf-8")

    assert "sourceMappingURL=" not in content
    if path.endswith(".css"):
        assert not re.search(r"url\((?!data:)", content)


def test_what_the_terminal_gets_has_no_export_that_opens() -> None:
    bundle = (ROOT / VENDOR_FOLDERS[0] / "age-seal.js").read_text(encoding="utf-8")
    exports = re.findall(r"export\{([^}]*)\}", bundle)

    assert [re.sub(r"\w+ as ", "", names) for names in exports] == ["Encrypter"]
    assert "AGE-SECRET-KEY" not in bundle
    assert "no identity matched" not in bundle
