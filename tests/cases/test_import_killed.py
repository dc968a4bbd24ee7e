"""kill -9 while a table comes in or goes out leaves the register as it was, and the act can be done again."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.cases.import_killing import LINES
from tests.commands.test_recover import database

RUNNER = Path(__file__).with_name("import_killing.py")
EVERY = 6  # statements from one kill to the next


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a server of its own, with a table that may come in."""
    with database(request.param, tmp_path) as where:
        environment = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "arasha.config.settings.test",
            "ARASHA_VAR": str(tmp_path),
            "PYTHONPATH": str(RUNNER.parents[2]),
        } | where
        said(environment, "prepare")
        yield environment


def test_a_table_whose_import_was_killed_is_not_in_by_half_and_comes_in_afterwards(
    server: dict[str, str],
) -> None:
    empty = said(server, "look")
    assert empty[0] == "0"

    assert killed(server, "in", before=empty) > 2

    cases, numbers, *_rest, state, _statements = said(server, "look")
    assert (cases, numbers, state) == (str(LINES), str(LINES), "in")


def test_a_table_whose_undoing_was_killed_is_in_whole_and_goes_out_afterwards(
    server: dict[str, str],
) -> None:
    said(server, "in")
    whole = said(server, "look")

    assert killed(server, "out", before=whole) > 2

    gone = said(server, "look")
    assert gone[:6] == ["0"] * 6
    assert gone[-2] == "undone"


def killed(server: dict[str, str], act: str, *, before: list[str]) -> int:
    """Kill the act later and later, until it is done before the kill comes. Returns how often it died."""
    for died in count():
        ended = run(server, act, 1 + died * EVERY)
        if ended.returncode == 0:
            return died
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        assert said(server, "look") == before
    raise AssertionError


def said(server: dict[str, str], act: str) -> list[str]:
    ended = run(server, act)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.split()


def run(server: dict[str, str], *words: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(RUNNER), *map(str, words)]
    return subprocess.run(command, env=server, capture_output=True, text=True, check=False)
