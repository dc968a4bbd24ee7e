"""docs/reference/hard-days.md: each sentence that it quotes is said by the code, and each line has its test."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from tests.architecture import documents
from tests.architecture.tree import CHECKOUT, code
from tools import catalogues

PAGE = (CHECKOUT / "docs" / "reference" / "hard-days.md").read_text()
LINES = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
LINES = [cells for cells in LINES if cells[-1] != "held by"]
SAID = re.compile(r"([\w' ]+): (\"[^\"]+\")")
GAP = re.compile(r"%\(\w+\)s|%s|\{\w*(?::[^}]*)?\}")
OPERATORS = ("operator", "keeper")  # the log and the ceremony's errors speak English


def quoted() -> list[tuple[str, str]]:
    """Who reads which sentence."""
    return [
        (who.strip(), said.strip('"')) for cells in LINES for who, said in SAID.findall(cells[2])
    ]


@cache
def sentences() -> frozenset[str]:
    """All that our code says, in English, with … where something is filled in."""
    trees = (ast.parse(path.read_text()) for path in code())
    texts = {text for tree in trees for node in ast.walk(tree) for text in _strings(node)}
    return frozenset(_with_gaps(text) for text in texts | set(translated()))


@cache
def translated() -> frozenset[str]:
    """What is there in Kazakh and Russian too."""
    both = [catalogues.read(catalogues.OURS, language) for language in ("kk", "ru")]
    ours = {str(m.id) for m in both[0] if m.id and m.string and both[1][m.id].string}
    files = [*CHECKOUT.glob("arasha/programs/*/texts*.toml"), *CHECKOUT.glob(TERMINAL)]
    tables = [tomllib.loads(path.read_text()) for path in files]
    return frozenset(
        _with_gaps(text) for text in ours | {t for table in tables for t in _english(table)}
    )


TERMINAL = "arasha/jurisdictions/kz/texts/*.toml"


@pytest.mark.parametrize(("who", "said"), quoted())
def test_the_sentence_that_is_quoted_is_said(who: str, said: str) -> None:
    pool = sentences() if who.startswith(OPERATORS) or who == "verifier" else translated()

    assert any(said in text for text in pool), f"nobody says to the {who}: {said}"


def test_every_line_says_who_reads_what_and_has_its_test() -> None:
    assert len(LINES) > 30
    for cells in LINES:
        assert len(cells) == 4, cells
        assert documents.tests_named(cells[3]) or "nothing can hold this" in cells[3], cells[0]


@pytest.mark.parametrize(
    "asked",
    [
        "thresholds?", "classic and post-quantum", "rubbish among the stanzas", "bytes behind",
        "header line without end", "database", "disk is full", "gone for a week",
        "second sequencer", "whole office loses its passkeys", "dissolves a body",
    ],
)  # fmt: skip
def test_every_hard_day_that_was_thought_of_has_its_line(asked: str) -> None:
    assert [cells for cells in LINES if re.search(asked, cells[0])]


def _strings(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(p.value) if isinstance(p, ast.Constant) else "…" for p in node.values)


def _english(table: dict[str, Any]) -> Iterator[str]:
    """The English of every text of a file that has all three languages."""
    if {"kk", "ru", "en"} <= table.keys():
        yield str(table["en"])
    for value in table.values():
        if isinstance(value, dict):
            yield from _english(value)


def _with_gaps(text: str) -> str:
    return GAP.sub("…", text)
