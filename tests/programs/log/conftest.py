from pathlib import Path

import pytest

from tests.programs.log.publishing import Paper, Teller


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    """A log of 300 entries, published with the signatures of two witnesses."""
    made = Paper(tmp_path / "log")
    made.grow(300)
    made.publish("court", "ngo")
    return made


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Teller:
    return Teller(lambda: capsys.readouterr().out)


@pytest.fixture
def policy(paper: Paper) -> Path:
    """Two witnesses of three; of a friend, not of the log."""
    where = paper.folder.parent / "policy"
    where.write_text(paper.log.policy_text("2"))
    return where
