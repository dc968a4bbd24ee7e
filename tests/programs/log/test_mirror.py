"""The files of the log are plain files: a copy behind any web server proves as much as the log itself."""

from pathlib import Path
from shutil import copytree

import proofbundle
import pytest

from arasha.engines import translog
from arasha.engines.notes import filing_code, parse_note
from arasha.wire.published import published_at
from tests.programs.log.publishing import TODAY, Paper, Teller, served


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy"


def test_a_copy_is_the_same_files(paper: Paper, policy: Path, tell: Teller, copy: Path) -> None:
    with served(paper.folder) as address:
        status, said = tell("mirror", address, copy, "--policy", policy)

    assert status == 0 and "has 300 entries, 300 of them new" in said
    assert files(copy) == files(paper.folder)


def test_the_days_timestamps_are_copied_too(
    paper: Paper, policy: Path, tell: Teller, copy: Path
) -> None:
    for ending in ("tsr", "checkpoint"):
        paper.write(f"timestamps/{TODAY.date()}.{ending}", ending.encode())

    tell("mirror", paper.folder, copy, "--policy", policy)

    assert files(copy) == files(paper.folder)


def test_a_code_line_that_is_just_being_written_is_not_copied(
    paper: Paper, policy: Path, tell: Teller, copy: Path
) -> None:
    file = next((paper.folder / "code").iterdir())
    before = file.read_bytes()
    file.write_bytes(before + b"0123")

    tell("mirror", paper.folder, copy, "--policy", policy)

    assert (copy / "code" / file.name).read_bytes() == before


def test_a_copy_grows_with_the_log(paper: Paper, policy: Path, tell: Teller, copy: Path) -> None:
    tell("mirror", paper.folder, copy, "--policy", policy)
    paper.grow(777)
    paper.publish("court", "ngo")

    status, said = tell("mirror", paper.folder, copy, "--policy", policy)

    assert status == 0 and "has 1077 entries, 777 of them new" in said
    assert files(paper.folder).items() <= files(copy).items()


def test_what_does_not_continue_the_copy_is_refused_and_the_copy_stays(
    paper: Paper, policy: Path, tell: Teller, copy: Path, tmp_path: Path
) -> None:
    tell("mirror", paper.folder, copy, "--policy", policy)
    before = files(copy)
    other = Paper(tmp_path / "other")
    other.grow(400, of="other")
    other.publish("court", "ngo")

    assert tell("mirror", other.folder, copy, "--policy", policy)[0] == 1
    assert files(copy) == before


def test_a_log_that_went_back_is_refused_and_the_copy_keeps_what_is_newer(
    paper: Paper, policy: Path, tell: Teller, copy: Path, tmp_path: Path
) -> None:
    yesterday = Path(copytree(paper.folder, tmp_path / "yesterday"))
    paper.grow(3)
    paper.publish("court", "ngo")
    tell("mirror", paper.folder, copy, "--policy", policy)
    newest = files(copy)

    assert tell("mirror", yesterday, copy, "--policy", policy)[0] == 1
    assert files(copy) == newest


def test_an_exchanged_entry_is_not_copied(
    paper: Paper, policy: Path, tell: Teller, copy: Path
) -> None:
    bundle = translog.entry_bundle([*paper.entries[:255], translog.leaf("event", b"x" * 32)])
    paper.write("tile/entries/000", bundle)

    assert tell("mirror", paper.folder, copy, "--policy", policy)[0] == 1
    assert not (copy / "checkpoint").exists()


def test_a_receipt_is_proved_against_the_mirror_alone(
    paper: Paper, policy: Path, tell: Teller, copy: Path
) -> None:
    tell("mirror", paper.folder, copy, "--policy", policy)
    entry = paper.entries[123]

    with served(copy) as mirror:
        log = published_at(mirror)
        text = proof_from(mirror, entry)
        file = copy.parent / "123.tlog-proof"
        file.write_text(text)
        code = filing_code(translog.leaf_hash(entry))
        status, said = tell("verify", file, "--policy", policy, "--code", code, "--log", mirror)
        looked = tell("monitor", mirror, "--policy", policy, "--state", copy.parent / "state")
        place = log.place_of(translog.leaf_hash(entry))

    assert place is not None and place.index == 123
    assert status == 0 and f"published the entry on {place.day}" in said
    assert looked[0] == 0
    witnesses = [str(key.verifier) for key in paper.log.witnesses.values()]
    verdict = proofbundle.verify_tlog_proof(
        text, entry, str(paper.log.key.verifier), witnesses, threshold=2
    )
    assert verdict["ok"]


def proof_from(where: str, entry: bytes) -> str:
    """Anybody can make a receipt from the files: the log's server is not asked."""
    log = published_at(where)
    place = log.place_of(translog.leaf_hash(entry))
    assert place is not None
    note = parse_note(log.file("checkpoint"))
    size = translog.Checkpoint.parse(note.text).size
    hashes = translog.inclusion_proof(log.nodes(size), place.index, size)
    return str(translog.make_proof(place.leaf_hash, place.index, hashes, note))


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
