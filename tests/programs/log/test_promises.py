"""The verdict on a terminal's promise: redeemed, not due, broken, or signed by a lost key."""

import datetime as dt
import json
from pathlib import Path

import pytest

from arasha.engines import translog
from arasha.engines.notes import NOTE, SignerKey
from arasha.programs.terminal.promises import promise
from arasha.worlds.ceremony import Ceremony
from tests.engines.translog.small_log import ORIGIN, seed
from tests.programs.log.publishing import TODAY, Paper, Teller, served

DAY = dt.timedelta(days=1)
TERMINAL = SignerKey("device/5b1f", NOTE, seed("terminal"))
MISSING = translog.leaf_hash(b"never filed")


class Slip:
    """A promise that the log of `paper` will hold a leaf, made when it had 290 entries."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.folder = paper, paper.folder.parent
        self.trust(f"{TERMINAL.verifier}")

    def trust(self, lines: str) -> None:
        (self.folder / "terminals").write_text(f"# The Ombudsperson's list.\n{lines}\n")

    def promise(self, leaf: bytes, *, by: dt.date, after: int = 290, root: bytes = b"") -> None:
        state = root or translog.root(self.paper.log.nodes, after)
        checkpoint = translog.Checkpoint(ORIGIN, after, state)
        note = promise(leaf, by=by, after=checkpoint, signer=TERMINAL)
        (self.folder / "promise").write_text(str(note))

    @property
    def words(self) -> list[object]:
        files = ["--promise", self.folder / "promise", "--terminals", self.folder / "terminals"]
        return ["verify", *files, "--policy", self.folder / "policy"]


@pytest.fixture
def slip(paper: Paper, policy: Path) -> Slip:
    return Slip(paper)


def leaf_of(paper: Paper, index: int) -> bytes:
    return translog.leaf_hash(paper.entries[index])


def test_a_promise_with_its_proof_is_redeemed(paper: Paper, slip: Slip, tell: Teller) -> None:
    slip.promise(leaf_of(paper, 295), by=(TODAY - DAY).date())

    status, said = tell(*slip.words, paper.proof_file(295, "court", "ngo"))

    assert status == 0
    assert said.startswith("PROMISE REDEEMED\n") and "PROVED" in said
    assert "device/5b1f, or somebody with its key, made it" in said


def test_without_a_proof_the_log_is_searched(paper: Paper, slip: Slip, tell: Teller) -> None:
    slip.promise(leaf_of(paper, 295), by=(TODAY - DAY).date())

    with served(paper.folder) as address:
        assert tell(*slip.words, "--log", address)[0] == 0


def test_a_leaf_that_is_not_there_after_its_day_is_a_broken_promise(
    paper: Paper, slip: Slip, tell: Teller
) -> None:
    slip.promise(MISSING, by=(TODAY - DAY).date())

    status, said = tell(*slip.words, "--log", paper.folder)

    assert status == 1
    assert said.startswith("PROMISE BROKEN\n") and "it does not excuse it" in said


def test_before_its_day_is_over_a_promise_is_not_due(
    paper: Paper, slip: Slip, tell: Teller
) -> None:
    slip.promise(MISSING, by=dt.datetime.now(dt.UTC).date())

    status, said = tell(*slip.words, "--log", paper.folder)

    assert (status, said.splitlines()[0]) == (3, "NOT DUE YET")


@pytest.mark.parametrize("seen", [(), ("court",)], ids=["no witness", "too few witnesses"])
def test_an_old_view_of_the_log_breaks_no_promise(
    paper: Paper, slip: Slip, tell: Teller, seen: tuple[str, ...]
) -> None:
    paper.publish(*seen)
    slip.promise(MISSING, by=(TODAY - DAY).date())

    assert tell(*slip.words, "--log", paper.folder)[0] == 3
    assert tell(*slip.words)[0] == 3


def test_a_promise_after_the_key_was_revoked_is_not_believed(
    paper: Paper, slip: Slip, tell: Teller
) -> None:
    slip.trust(f"{TERMINAL.verifier} revoked 290")
    slip.promise(MISSING, by=(TODAY - DAY).date())

    status, said = tell(*slip.words, "--log", paper.folder)

    assert status == 1 and said.startswith("NOT TO BE BELIEVED\n")


def a_root_of_trust(slip: Slip, *, revoked_at_size: int | None) -> list[object]:
    """Sign the terminal's key in a ceremony; return the words that name folder and pinned root."""
    ceremony = Ceremony.begin(slip.folder / "trust", at=TODAY)
    keys = {"vkey": str(TERMINAL.verifier), "revoked_at_size": revoked_at_size}
    ceremony.add("terminals/5b1f.json", json.dumps(keys).encode())
    ceremony.freshen(TODAY)
    (slip.folder / "root.json").write_bytes(ceremony.root)
    return ["--terminals", slip.folder / "trust", "--root", slip.folder / "root.json"]


@pytest.mark.parametrize(
    ("revoked_at_size", "told"), [(None, "PROMISE BROKEN\n"), (290, "NOT TO BE BELIEVED\n")]
)
def test_the_keys_can_come_from_the_root_of_trust(
    paper: Paper, slip: Slip, tell: Teller, revoked_at_size: int | None, told: str
) -> None:
    from_root = a_root_of_trust(slip, revoked_at_size=revoked_at_size)
    slip.promise(MISSING, by=(TODAY - DAY).date())

    assert tell(*slip.words, *from_root, "--log", paper.folder)[1].startswith(told)


def test_a_folder_without_a_pinned_root_or_with_another_one_proves_nothing(
    paper: Paper, slip: Slip, tell: Teller
) -> None:
    from_root = a_root_of_trust(slip, revoked_at_size=None)
    slip.promise(leaf_of(paper, 295), by=(TODAY - DAY).date())
    assert "--root" in tell(*slip.words, *from_root[:2], "--log", paper.folder)[1]

    foreign = Ceremony.begin(slip.folder / "foreign", at=TODAY)
    (slip.folder / "root.json").write_bytes(foreign.root)
    status, said = tell(*slip.words, *from_root, "--log", paper.folder)
    assert status == 2 and "The list of terminals" in said


def test_a_terminals_file_that_was_changed_after_signing_is_refused(
    paper: Paper, slip: Slip, tell: Teller
) -> None:
    from_root = a_root_of_trust(slip, revoked_at_size=290)
    [file] = (slip.folder / "trust" / "targets" / "terminals").iterdir()
    file.write_text(file.read_text().replace("290", "999"))
    slip.promise(MISSING, by=(TODAY - DAY).date())

    assert tell(*slip.words, *from_root, "--log", paper.folder)[0] == 2


def test_a_promise_from_before_the_key_was_revoked_still_binds(
    paper: Paper, slip: Slip, tell: Teller
) -> None:
    slip.trust(f"{TERMINAL.verifier} revoked 291")
    slip.promise(MISSING, by=(TODAY - DAY).date())

    assert tell(*slip.words, "--log", paper.folder)[1].startswith("PROMISE BROKEN\n")


def test_a_state_that_the_log_never_had_is_told(paper: Paper, slip: Slip, tell: Teller) -> None:
    slip.promise(MISSING, by=(TODAY - DAY).date(), root=b"f" * 32)

    assert (
        "a state of 290 entries that this log never had"
        in tell(*slip.words, "--log", paper.folder)[1]
    )


def test_the_proof_of_another_entry_redeems_nothing(paper: Paper, slip: Slip, tell: Teller) -> None:
    slip.promise(leaf_of(paper, 295), by=(TODAY - DAY).date())

    status, said = tell(*slip.words, paper.proof_file(294, "court", "ngo"))

    assert status == 1 and "another entry than the proof" in said


def test_entries_that_are_kept_back_cannot_be_searched(
    paper: Paper, slip: Slip, tell: Teller
) -> None:
    slip.promise(leaf_of(paper, 295), by=(TODAY - DAY).date())
    kept_back = [*paper.entries[256:295], paper.entries[0], *paper.entries[296:300]]
    paper.write("tile/entries/001.p/44", translog.entry_bundle(kept_back))

    status, said = tell(*slip.words, "--log", paper.folder)

    assert status == 2 and "do not lead to the root that it signed" in said


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("promise", "arasha/promise/v1\n\n— a b\n", "is not a promise"),
        ("terminals", "nonsense", "The list of terminals"),
        ("terminals", "# nobody\n", "no terminal that we know signed this"),
        ("terminals", f"{TERMINAL.verifier} revoked", "write '<vkey>'"),
    ],
)
def test_what_cannot_be_read_is_said(
    paper: Paper, slip: Slip, tell: Teller, file: str, content: str, words: str
) -> None:
    slip.promise(MISSING, by=TODAY.date())
    (slip.folder / file).write_text(content)

    status, said = tell(*slip.words)

    assert status == 2 and words in said


def test_a_promise_needs_the_list_of_terminals(slip: Slip, tell: Teller) -> None:
    slip.promise(MISSING, by=TODAY.date())

    assert (
        "--terminals" in tell("verify", "--promise", slip.folder / "promise", *slip.words[-2:])[1]
    )


def test_nothing_named_is_nothing_checked(slip: Slip, tell: Teller) -> None:
    assert tell("verify", *slip.words[-2:]) == (
        2,
        "COULD NOT CHECK\nName a proof, or a promise with --promise.\n",
    )
