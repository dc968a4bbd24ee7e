"""`arasha log monitor`: every look is compared with what was seen before."""

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from arasha.engines import translog
from arasha.programs.witness import house
from arasha.programs.witness.judging import Witness
from arasha.programs.witness.server import serving
from arasha.wire import clock, evidence
from tests.engines.translog.small_log import ORIGIN
from tests.programs.log.publishing import TODAY, Paper, Teller, served


@pytest.fixture
def look(paper: Paper, policy: Path, tell: Teller) -> object:
    def look(*more: object, where: object = paper.folder) -> tuple[int, str]:
        state = paper.folder.parent / "seen" / "state.json"
        return tell("monitor", where, "--policy", policy, "--state", state, *more)

    return look


class Look:
    def __call__(self, *more: object, where: object = ...) -> tuple[int, str]:
        """Only the type of the fixture."""
        raise NotImplementedError


def kept(paper: Paper) -> list[str]:
    return [each.kind for _, each in evidence.kept(paper.folder.parent / "seen" / "evidence")]


def test_growth_that_keeps_the_old_entries_is_well(paper: Paper, look: Look) -> None:
    assert look()[0] == 0
    paper.grow(500)
    paper.publish("court", "ngo")

    status, said = look()

    assert status == 0
    assert said.startswith("ALL IS WELL\nThe log grew from 300 to 800 entries")
    assert "  court (court.example/w):" in said


def test_the_same_again_is_well_over_the_web_too(paper: Paper, look: Look) -> None:
    look()
    with served(paper.folder) as address:
        assert look(where=address)[1].startswith("ALL IS WELL\nThe log has 300 entries, as before.")


def test_a_second_history_of_the_same_size_is_told_and_kept(paper: Paper, look: Look) -> None:
    look()
    other = Paper(paper.folder)
    other.grow(300, of="other")
    other.publish("court", "ngo")

    status, said = look()

    assert status == 1
    assert said.startswith("THE LOG CONTRADICTS ITSELF\nThe log signed two different histories")
    assert kept(paper) == [evidence.FORK]
    assert look()[0] == 1  # and nothing was forgotten


@pytest.mark.parametrize("size", [200, 400])
def test_another_history_of_another_size_is_told_and_kept(
    paper: Paper, look: Look, size: int
) -> None:
    look()
    other = Paper(paper.folder)
    other.grow(size, of="other")
    other.publish("court", "ngo")

    assert look()[0] == 1
    assert kept(paper) == [evidence.UNPROVED]


def test_an_entry_that_was_exchanged_is_told(paper: Paper, look: Look) -> None:
    exchanged = [*paper.entries[:255], translog.leaf("event", b"x" * 32)]
    paper.write("tile/entries/000", translog.entry_bundle(exchanged))

    status, said = look()

    assert status == 1 and "do not lead to the signed root" in said
    assert look("--only-roots")[0] == 0


def test_a_missing_file_is_told(paper: Paper, look: Look) -> None:
    (paper.folder / "tile" / "entries" / "000").unlink()

    assert "has no file tile/entries/000" in look()[1]


def test_an_old_copy_is_told_but_is_no_contradiction(
    paper: Paper, look: Look, tmp_path: Path
) -> None:
    paper.grow(100)
    paper.publish("court", "ngo")
    look()
    old = Paper(tmp_path / "old")
    old.grow(300)
    old.publish("court", "ngo")

    status, said = look(where=old.folder)

    assert status == 3 and "It may be an old copy" in said
    assert kept(paper) == []


def test_a_log_that_stands_still_is_told(paper: Paper, look: Look) -> None:
    paper.publish("court", "ngo", at=TODAY - dt.timedelta(hours=7))

    status, said = look()

    assert status == 3 and said.startswith("LOOK AGAIN SOON\n") and "older than 6 hours" in said


def test_without_witnesses_our_own_clock_tells_that_it_stands_still(
    paper: Paper, look: Look, policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy.write_text(paper.log.policy_text("none"))
    assert look()[0] == 0
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=7)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert look()[0] == 3


def test_too_few_witnesses_are_told(paper: Paper, look: Look) -> None:
    paper.publish("court")

    status, said = look()

    assert status == 3
    assert "as many witnesses as your policy asks for" in said
    assert "1 of the 3 witnesses in your policy signed: not enough" in said


def test_the_newest_state_may_wait_for_its_witnesses(paper: Paper, look: Look) -> None:
    paper.write("witnessed", (paper.folder / "checkpoint").read_bytes())
    paper.grow(10)
    paper.publish()

    assert look()[0] == 0


def test_a_witness_whose_clock_is_ahead_is_told(paper: Paper, look: Look) -> None:
    paper.publish("court", "ngo", at=TODAY + dt.timedelta(days=2))

    assert "A witness's clock is ahead" in look()[1]


def test_a_checkpoint_of_a_stranger_is_refused(paper: Paper, look: Look, policy: Path) -> None:
    text = (paper.folder / "checkpoint").read_text()
    paper.write("checkpoint", text.replace("\n300\n", "\n301\n").encode())

    status, said = look()

    assert status == 1 and "A signature in the proof is false" in said


@pytest.fixture
def witnessed(paper: Paper, policy: Path, tmp_path: Path) -> Iterator[Witness]:
    """A running witness, which the policy names with its address."""
    house.make(tmp_path / "w", name="w.example/w", seed=b"w" * 32, logs=[paper.log.key.verifier])
    witness = house.open_house(tmp_path / "w")
    server = serving(witness, host="127.0.0.1", port=0, clock=clock.now)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    lines = [
        f"log {paper.log.key.verifier}",
        f"witness w {witness.signer.verifier} http://127.0.0.1:{server.port}",
        "quorum none",
    ]
    policy.write_text("\n".join(lines) + "\n")
    yield witness
    server.shutdown()
    server.server_close()
    thread.join()


def shown_to(witness: Witness, paper: Paper) -> None:
    witness.add_checkpoint(f"old 0\n\n{paper.checkpoint()}".encode(), at=TODAY)


def test_a_witness_that_saw_the_same_history_is_content(
    paper: Paper, look: Look, witnessed: Witness
) -> None:
    shown_to(witnessed, paper)

    status, said = look()

    assert status == 0 and "The witness w" not in said


def test_a_witness_who_was_shown_another_history_gives_the_log_away(
    paper: Paper, look: Look, witnessed: Witness, tmp_path: Path
) -> None:
    other = Paper(tmp_path / "other")
    other.grow(300, of="other")
    shown_to(witnessed, other)

    assert look()[0] == 1
    assert kept(paper) == [evidence.FORK]


def test_a_witness_who_saw_more_is_told(
    paper: Paper, look: Look, witnessed: Witness, tmp_path: Path
) -> None:
    more = Paper(tmp_path / "more")
    more.grow(400)
    shown_to(witnessed, more)

    status, said = look()

    assert status == 3 and "The witness w has seen 400 entries, and you are shown 300" in said


def test_a_witness_who_does_not_answer_is_told(look: Look, witnessed: Witness) -> None:
    assert "The witness w could not be asked: it answers with 404" in look()[1]


def test_another_logs_memory_is_not_used(paper: Paper, look: Look) -> None:
    look()
    state = paper.folder.parent / "seen" / "state.json"
    state.write_text(state.read_text().replace(ORIGIN, "else.example/log"))

    assert look()[0] == 2


@pytest.mark.parametrize("content", ["", "{}", '{"v": "arasha monitor v1", "checkpoint": 3}'])
def test_a_damaged_memory_is_named(paper: Paper, look: Look, content: str) -> None:
    paper.write("../seen/state.json", content.encode())

    assert look()[0] == 2


def test_nobody_at_the_address_is_said(look: Look) -> None:
    status, said = look(where="http://127.0.0.1:9")

    assert status == 2 and "does not answer" in said
