"""Every setting, command and address has its line in docs/reference/, and no line is out of date."""

import re

import pytest

from arasha.__main__ import PROGRAMS, STARTERS
from arasha.commands.cli import BEFORE_DJANGO, VERBS
from arasha.commands.keys import ACK, DJANGO, LOG
from arasha.trust.services import FRESHNESS_KEY
from tests.architecture.tree import CHECKOUT, code
from tools import reference

DOCS = CHECKOUT / "docs" / "reference"


def read_settings() -> set[str]:
    """Every ARASHA_… variable that the code or ./run reads from the environment."""
    readers = r"(?:environment\.\w+|environ\.get|whole_number\(os\.environ,|whole_number)"
    pattern = re.compile(readers + r"\(?\s*(?:os\.environ,|environ,)?\s*\"(ARASHA_[A-Z_]+)\"")
    texts = [path.read_text() for path in code()]
    shell = re.findall(r"\$\{(ARASHA_[A-Z_]+)", (CHECKOUT / "run").read_text())
    found = {name for text in texts for name in pattern.findall(text)} | set(shell)
    # A secret comes from a file whose name is set, never from the variable itself.
    secrets = {n for t in texts for n in re.findall(r"environment\.secret\(\"(ARASHA_\w+)\"", t)}
    return (found - secrets) | {f"{name}_FILE" for name in secrets}


def test_every_setting_has_its_line_and_no_line_is_left_over() -> None:
    documented = re.findall(r"^\| `(ARASHA_\w+)`", (DOCS / "settings.md").read_text(), re.M)

    assert set(documented) == read_settings()


def test_every_verb_of_the_command_has_its_line_and_no_line_is_left_over() -> None:
    documented = re.findall(r"^\| `arasha (\w+)`", (DOCS / "commands.md").read_text(), re.M)

    assert set(documented) == set(PROGRAMS) | set(STARTERS) | set(VERBS) | set(BEFORE_DJANGO)


def test_every_verb_of_run_has_its_line_and_no_line_is_left_over() -> None:
    documented = re.findall(r"^\| `\./run ?(\w*)", (DOCS / "commands.md").read_text(), re.M)
    usage = re.search(r"<<'TEXT'\n(.*?)\nTEXT", (CHECKOUT / "run").read_text(), re.S)

    assert usage
    assert documented == re.findall(r"^\./run ?(\w*)", usage[1], re.M)


@pytest.mark.parametrize("name", reference.PAGES)
def test_a_page_of_addresses_is_what_the_doors_answer(name: str) -> None:
    assert (DOCS / name).read_text() == reference.page(name), "run: python -m tools.reference"


def test_the_inventory_of_keys_has_every_key_of_the_server_and_an_answer_in_every_cell() -> None:
    rows = re.findall(r"^\| \*\*.*|^\| its \*\*.*", (DOCS / "keys.md").read_text(), re.M)
    where = [row.split(" | ")[2] for row in rows]

    for key in (DJANGO, LOG, ACK, FRESHNESS_KEY):
        assert [cell for cell in where if f"`{key}` in `ARASHA_KEYS_DIR`" in cell], key
    for row in rows:
        assert len([cell for cell in row.strip("| ").split(" | ") if cell]) == 6, row
