"""Without Node: the vendored files are those of the list, and the list is of all of them."""

import hashlib
import json
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from arasha.programs.pages import PROGRAMS, files_beside

ROOT = Path(__file__).parents[3]
LINES = (ROOT / "frontend/SHA256SUMS").read_text().splitlines()
SUMS = {path: digest for digest, path in (line.split("  ") for line in LINES)}
VENDOR_FOLDERS = (
    "arasha/programs/static/vendor",
    "arasha/programs/reader/static/vendor",
)


@pytest.mark.parametrize("path", SUMS)
def test_a_vendored_file_has_its_sum(path: str) -> None:
    assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == SUMS[path]


@pytest.mark.parametrize("folder", VENDOR_FOLDERS)
def test_a_vendor_folder_holds_nothing_that_is_not_on_the_list(folder: str) -> None:
    found = {f"{folder}/{path.name}" for path in (ROOT / folder).iterdir()}

    assert found == {path for path in SUMS if path.startswith(folder)}


def test_no_script_of_ours_stands_twice() -> None:
    scripts = [path.read_bytes() for path in (ROOT / "arasha").rglob("*.js")]

    assert len(scripts) > 50
    assert len(scripts) == len(set(scripts))


@pytest.mark.parametrize("program", ["terminal", "reader"])
def test_what_a_script_imports_is_among_the_files_that_its_program_serves(program: str) -> None:
    files = files_beside(PROGRAMS / program / "static")
    for prefix in ("/static/", "/shared/"):
        for script in files[prefix].glob("*.js"):
            for name in re.findall(r'from "([^"]+)"', script.read_text(encoding="utf-8")):
                top, _, rest = urljoin(prefix, name)[1:].partition("/")
                assert (files[f"/{top}/"] / rest).is_file(), f"{script.name} imports {name}"


def test_the_lock_names_no_registry() -> None:
    lock = (ROOT / "frontend/package-lock.json").read_text()

    assert '"resolved"' not in lock
    assert not re.search(r"https?://[^\"]*\.tgz", lock)


def test_every_package_is_at_an_exact_version() -> None:
    package = json.loads((ROOT / "frontend/package.json").read_text())
    versions = (package["dependencies"] | package["devDependencies"]).values()

    assert len(versions) == 9
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
