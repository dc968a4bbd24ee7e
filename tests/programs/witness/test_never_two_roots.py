"""Whatever is asked, by how many at once, and wherever it is killed: one root for each size."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from arasha.engines import translog
from arasha.engines.translog import verify_consistency
from arasha.programs.witness.judging import RefusedError, Witness
from tests.programs.witness.watching import NOON, Asker, Branch, body, grown, witness_in

RUNNER = Path(__file__).with_name("crashing.py")
STEPS = [
    ("latest", "after"),
    ("cosign", "before"),
    ("keep", "before"),
    ("keep", "after"),
    ("answer", ""),
]


@pytest.mark.parametrize(("step", "when"), STEPS)
def test_killed_at_any_step_it_never_cosigns_two_roots(
    tmp_path: Path, step: str, when: str
) -> None:
    folder, true, false = tmp_path / "witness", grown(7), grown(7, branch="false")
    witness_in(folder)

    assert ask(folder, true.request(0), step, when).returncode == -signal.SIGKILL
    answers = [ask(folder, each.request(old)) for each in (false, true) for old in (0, 7)]

    cosigned = {place for place, answer in enumerate(answers) if answer.stdout}
    if step == "answer":
        assert cosigned == {3}  # remembered before the answer: only the same root again
    else:
        assert cosigned == {0, 1}  # nothing left the house: the other may be first


def ask(folder: Path, request: bytes, *step: str) -> subprocess.CompletedProcess[bytes]:
    where = folder.parent / "request"
    where.write_bytes(request)
    words = [sys.executable, str(RUNNER), str(folder), str(where), *(step or ("none", ""))]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    return subprocess.run(words, env=environment, capture_output=True, check=False)


def test_of_many_who_ask_at_once_one_history_is_cosigned(asker: Asker, witness: Witness) -> None:
    branches = [grown(7, branch=str(number)) for number in range(12)]

    with ThreadPoolExecutor(12) as many:
        statuses = list(many.map(lambda branch: asker.add(branch.request(0)).status, branches))

    assert sorted(statuses) == [200] + [409] * 11
    (winner,) = (branch for branch, status in zip(branches, statuses, strict=True) if status == 200)
    assert asker.add(winner.request(7)).status == 200


SIZES = st.integers(0, 40)


class Forking(RuleBasedStateMachine):
    """A log with two histories that share a beginning asks whatever it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp())
        self.witness = witness_in(self.folder)
        self.branches = [grown(40), Branch()]
        self.branches[1].grow_to(9)
        self.branches[1].name = "other"
        self.branches[1].grow_to(40)
        self.cosigned: list[tuple[int, int]] = []

    @rule(branch=st.integers(0, 1), old=SIZES, size=SIZES)
    def ask(self, branch: int, old: int, size: int) -> None:
        self.ask_with(branch, old, size, self.branches[branch].proof(min(old, size), size))

    @rule(
        branch=st.integers(0, 1),
        old=SIZES,
        size=SIZES,
        proof=st.lists(st.binary(min_size=32, max_size=32), max_size=6),
    )
    def ask_with(self, branch: int, old: int, size: int, proof: Sequence[bytes]) -> None:
        request = body(old, proof, self.branches[branch].checkpoint(size))
        try:
            self.witness.add_checkpoint(request, at=NOON)
        except RefusedError as refused:
            assert int(refused.status) in (400, 409, 422)
        else:
            self.cosigned.append((branch, size))

    @rule(branch=st.integers(0, 1), size=SIZES)
    def ask_rightly(self, branch: int, size: int) -> None:
        self.ask(branch, self.cosigned[-1][1] if self.cosigned else 0, size)

    @rule()
    def restart(self) -> None:
        self.witness = witness_in(self.folder)

    @invariant()
    def one_history(self) -> None:
        if len(self.cosigned) < 2:
            return
        (before, old), (after, size) = self.cosigned[-2:]
        first, last = (self.branches[branch] for branch in (before, after))
        assert old <= size
        assert verify_consistency(
            old, size, last.proof(old, size), root(first, old), root(last, size)
        )


def root(branch: Branch, size: int) -> bytes:
    return translog.root(branch.log.nodes, size)


Forking.TestCase.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
TestAForkingLog = Forking.TestCase
