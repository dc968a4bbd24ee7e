"""What a person holds after their appeal was destroyed: the code and the proof are as good as before."""

from pathlib import Path

import pytest

from arasha.appeals.models import Appeal
from arasha.appeals.tick import erase
from arasha.journal.checks import faults_of_entries, faults_of_leaves, faults_of_log
from arasha.journal.log import Log
from arasha.journal.proofs import Receipts
from arasha.journal.sequencer import advance
from arasha.people.models import User
from arasha.programs import log as program
from tests.appeals.day import classified, closed
from tests.appeals.test_erasure import A_YEAR_LATER, agree, ask
from tests.journal.conftest import log as log
from tests.journal.conftest import receipts as receipts
from tests.walk import DAY


def verified(proof: str, appeal: Appeal, log: Log, folder: Path) -> int:
    """The exit status of `arasha log verify`, as a stranger runs it; 0: proved."""
    (folder / "slip.tlog-proof").write_text(proof)
    (folder / "policy").write_text(f"log {log.keys[0]}\nquorum none\n")
    asked = [str(folder / "slip.tlog-proof"), "--code", appeal.code]
    return program.main(["verify", *asked, "--policy", str(folder / "policy"), "--lang", "en"])


@pytest.mark.usefixtures("db")
def test_after_an_erasure_the_slip_is_proved_and_the_log_is_whole(
    opened: Appeal,
    officer: User,
    second_officer: User,
    log: Log,
    receipts: Receipts,
    tmp_path: Path,
) -> None:
    advance(log, at=A_YEAR_LATER - DAY, padded=False)
    before = receipts.proof_of_code(opened.code)
    assert before is not None
    classified(opened, officer)
    closed(opened, officer)
    agree(ask(opened, officer), second_officer)

    erase(at=A_YEAR_LATER)
    advance(log, at=A_YEAR_LATER, padded=False)

    after = receipts.proof_of_code(opened.code)
    assert after is not None
    assert verified(before, opened, log, tmp_path) == 0
    assert verified(after, opened, log, tmp_path) == 0
    assert [*faults_of_log(log.folder, log.keys), *faults_of_leaves(log.folder)] == []
    assert list(faults_of_entries()) == []
