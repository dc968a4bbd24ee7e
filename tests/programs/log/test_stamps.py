"""An authority's timestamp of a day, in the words of `arasha log verify`."""

from pathlib import Path
from shutil import rmtree

import pytest

from arasha.engines.translog import Checkpoint
from arasha.wire.timestamps import ask_timestamp, read_authorities
from tests.journal.authority import make_authority, serving
from tests.programs.log.publishing import TODAY, Paper, Teller

TODAY_UTC = TODAY.date().isoformat()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authority") / "tsa"
    make_authority(folder)
    return folder


@pytest.fixture
def stamp(paper: Paper, authority: Path) -> Path:
    """Today's timestamp of the log at 300 entries, as the log publishes it."""
    roots = read_authorities(authority / "root.pem")
    note = paper.checkpoint()
    text = str(Checkpoint.parse(note.text)).encode()
    with serving(authority) as url:
        token = ask_timestamp(url, text, roots=roots)
    paper.write("timestamps/today.checkpoint", str(note).encode())
    return paper.write("timestamps/today.tsr", token)


@pytest.fixture
def words(policy: Path, stamp: Path, authority: Path) -> list[object]:
    return ["--policy", policy, "--timestamp", stamp, "--authorities", authority / "root.pem"]


def test_a_stamp_over_the_proofs_own_state_gives_the_latest_day(
    paper: Paper, tell: Teller, words: list[object]
) -> None:
    status, said = tell("verify", paper.proof_file(123, "court", "ngo"), *words)

    assert status == 0
    assert (
        f"saw a state with this entry on {TODAY_UTC} (UTC): the entry was in the log no later"
        in said
    )


def test_a_stamp_over_an_older_state_is_tied_by_the_logs_files(
    paper: Paper, tell: Teller, words: list[object]
) -> None:
    paper.grow(500)
    paper.publish("court", "ngo")
    rmtree(paper.folder / "tile" / "0" / "001.p")  # pruned: the full tile has replaced it
    proof = paper.proof_file(299, "court", "ngo")

    assert "stamped" not in tell("verify", proof, *words)[1]
    assert "no later" in tell("verify", proof, *words, "--log", paper.folder)[1]


def test_without_the_log_two_states_are_not_tied_and_it_says_what_to_do(
    paper: Paper, tell: Teller, words: list[object]
) -> None:
    paper.grow(500)

    status, said = tell("verify", paper.proof_file(5, "court", "ngo"), *words)

    assert status == 2 and "Name the log with --log" in said


def test_a_stamp_from_before_the_entry_says_nothing_about_it(
    paper: Paper, tell: Teller, words: list[object]
) -> None:
    paper.grow(500)

    status, said = tell("verify", paper.proof_file(400, "court", "ngo"), *words)

    assert status == 0 and "It says nothing about it" in said


def test_a_stamp_of_an_authority_that_nobody_named_is_not_believed(
    paper: Paper, tell: Teller, words: list[object], tmp_path: Path
) -> None:
    stranger = make_authority(tmp_path / "stranger")

    status, said = tell("verify", paper.proof_file(1, "court", "ngo"), *words[:-1], stranger)

    assert status == 2 and "does not hold" in said


def test_a_stamp_over_other_bytes_is_not_believed(
    paper: Paper, tell: Teller, words: list[object]
) -> None:
    paper.grow(10)
    paper.write("timestamps/today.checkpoint", str(paper.checkpoint()).encode())

    assert tell("verify", paper.proof_file(1, "court", "ngo"), *words)[0] == 2


def test_a_stamp_without_an_authority_is_not_believed(
    paper: Paper, tell: Teller, words: list[object]
) -> None:
    status, said = tell("verify", paper.proof_file(1, "court", "ngo"), *words[:-2])

    assert status == 2 and "--authorities" in said


def test_no_hour_is_told(paper: Paper, tell: Teller, words: list[object]) -> None:
    said = tell("verify", paper.proof_file(123, "court", "ngo"), *words)[1]

    assert TODAY.strftime("%H:%M") not in said
