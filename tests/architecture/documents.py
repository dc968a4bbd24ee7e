"""What a document may be wrong about, as functions from its text to its faults."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from arasha.__main__ import PROGRAMS, STARTERS
from arasha.commands.cli import BEFORE_DJANGO, VERBS
from tests.architecture.test_reference import read_settings
from tests.architecture.tree import CHECKOUT

NOT_OURS = {".venv", "var", "node_modules", "build", "dist", ".git"}
MOST_LINES = 220
WRITTEN = "Written by `.venv/bin/python -m tools.reference`"
ONLY_FOR_TESTS = {"ARASHA_TEST_DATABASE", "ARASHA_BENCH_WORLD"}

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
_INDENTED = re.compile(r"^ {4,}(\S.*)$", re.M)
_INLINE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/[\w./-]*")
_TEST = re.compile(r"`([\w/.-]+\.py)::(test_\w+)`")
_SHELLS = {"", "sh"}


def documents() -> list[Path]:
    """Every text of ours for people."""
    found = CHECKOUT.rglob("*.md")
    return sorted(p for p in found if not NOT_OURS & set(p.relative_to(CHECKOUT).parts))


def dead_links(text: str, folder: Path) -> list[str]:
    """Relative links that lead to no file, or to a heading that is not there."""
    return [
        target
        for target in _LINK.findall(text)
        if not re.match(r"[a-z]+:", target) and not _resolves(target, folder)
    ]


def unknown_verbs(text: str) -> list[str]:
    """Verbs of `arasha` and of `./run` in code that nobody can type."""
    known = {*PROGRAMS, *STARTERS, *BEFORE_DJANGO, *VERBS}
    typed = "\n".join(commands(text))
    ours = re.findall(
        r"(?:^|[\s/])arasha ([a-z][\w-]*)\b(?!(?: [a-z]+)? v\d)", typed, re.M
    )  # a format has a version
    run = re.findall(r"\./run ([a-z]+)", typed)
    return [v for v in ours if v not in known] + [v for v in run if v not in verbs_of_run()]


def unknown_settings(text: str) -> list[str]:
    """Variables that the code never reads."""
    named = set(re.findall(r"\bARASHA_[A-Z]+(?:_[A-Z]+)*\b", text))
    return sorted(named - settings() - ONLY_FOR_TESTS)


def missing_files(text: str) -> list[str]:
    """Files of the checkout that are named in code and are not there."""
    named = re.findall(r"`((?:arasha|docs|tests|tools|frontend|bench)/[\w./-]+)`", text)
    return [n for n in named if not re.search(r"/v\d", n) and not (CHECKOUT / n).exists()]


def machine_paths(text: str) -> list[str]:
    """Paths of the machine on which somebody wrote it."""
    return _MACHINE.findall(text)


def too_long(text: str) -> list[str]:
    lines = text.count("\n")
    if WRITTEN in text:  # by a program, as long as what it lists
        return []
    return [f"{lines} lines, more than {MOST_LINES}"] if lines > MOST_LINES else []


def bare_clauses(text: str) -> list[str]:
    """Lines of the threat model that name no test and do not say that they have none."""
    return [
        clause
        for clause, held_by in clauses(text)
        if not _TEST.search(held_by)
        and "**not solved by software**" not in held_by
        and not re.search(r"\*\*next\*\*: .*not built yet", held_by)
    ]


def missing_tests(text: str) -> list[str]:
    """Tests that a document names below tests/ and nobody has written."""
    return [f"{file}::{name}" for file, name in tests_named(text) if name not in tests_in(file)]


def tests_named(text: str) -> list[tuple[str, str]]:
    """File and name of every test that a text names."""
    return _TEST.findall(text)


def clauses(text: str) -> Iterator[tuple[str, str]]:
    """What somebody tries, and what holds it: the first and the last cell of each line."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and len(cells) == 3 and cells[-1] != "held by":
            yield cells[0], cells[-1]


def commands(text: str) -> Iterator[str]:
    """What a reader could type: fences of the shell, indented lines, code within a sentence."""
    for language, code in _FENCED.findall(text):
        if language in _SHELLS:
            yield code
    prose = _FENCED.sub("", text)
    yield from _INDENTED.findall(prose)
    yield from _INLINE.findall(prose)


def scripts(text: str) -> list[str]:
    """The fences of Python."""
    return [code for language, code in _FENCED.findall(text) if language == "python"]


@cache
def settings() -> set[str]:
    return read_settings()


@cache
def verbs_of_run() -> set[str]:
    return set(re.findall(r"^\./run (\w+)", (CHECKOUT / "run").read_text(), re.M))


@cache
def tests_in(file: str) -> frozenset[str]:
    where = CHECKOUT / "tests" / file
    return frozenset(_functions(where.read_text())) if where.exists() else frozenset()


def _functions(text: str) -> Iterable[str]:
    return (node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))


def _resolves(target: str, folder: Path) -> bool:
    path, _, heading = target.partition("#")
    file = folder / path if path else None
    if file is not None and not file.exists():
        return False
    return not heading or file is None or heading in _headings(file.read_text())


def _headings(text: str) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
