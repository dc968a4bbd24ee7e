"""What was done with a record is read by people, in their language: each act of the journal has its words."""

import ast
from collections.abc import Iterator
from pathlib import Path

from arasha.access.words import ACTS

ARASHA = Path(__file__).parents[2] / "arasha"
PROCESSES = ("appeals", "cases", "channel", "handoffs")
# Acts of an officer that are about no record: no page of a record shows them.
OF_NO_RECORD = ("reader.", "appeals.")
RECORDING = ("record", "_record")


def acts_in(source: str) -> Iterator[str]:
    """The acts that a module records, as far as they stand there in letters."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call) or ast.unparse(call.func).split(".")[-1] not in RECORDING:
            continue
        for said in (*call.args, *(each.value for each in call.keywords)):
            if isinstance(said, ast.Constant) and "." in str(said.value):
                yield str(said.value)


def test_a_planted_act_is_found() -> None:
    assert list(acts_in('journal.record(act="appeal.lost", subject_kind="appeal")')) == [
        "appeal.lost"
    ]


def test_every_act_on_a_record_has_words() -> None:
    sources = [path for each in PROCESSES for path in (ARASHA / each).rglob("*.py")]
    found = {act for path in sources for act in acts_in(path.read_text(encoding="utf-8"))}

    assert "appeal.term_suspended" in found
    assert {act for act in found if not act.startswith(OF_NO_RECORD)} - set(ACTS) == set()
