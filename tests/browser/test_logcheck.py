"""The check that runs in a browser: what it accepts, and that it refuses whatever we refuse."""

import json
from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from playwright.sync_api import Page

from arasha.engines import translog
from arasha.engines.notes import filing_code, grouped
from tests.programs.log.publishing import TODAY, Paper, served

SCRIPT = Path(__file__).parents[2] / "arasha" / "static" / "arasha" / "logcheck.js"
# Sizes at which the tree has a full tile, two levels of tiles, and one leaf more.
SIZES = (1, 2, 255, 256, 257, 700)
CHECK = """
async ([text, policy, code]) => {
  const { checkProof } = await import("/logcheck.js");
  try {
    const { root, ...found } = await checkProof(text, policy, code);
    return found;
  } catch (problem) {
    return { refused: problem.reason ?? `${problem}` };
  }
}
"""
LOOK_UP = """
async (typed) => {
  const { proofOfCode, readCode } = await import("/logcheck.js");
  const read = async (name) => {
    const answer = await fetch(`/log/${name}`);
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  };
  try {
    return await proofOfCode(readCode(typed), read);
  } catch (problem) {
    return { refused: problem.reason ?? `${problem}` };
  }
}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Paper]]:
    """A plain web server with the script and a log of 700 entries."""
    folder = tmp_path_factory.mktemp("site")
    copy(SCRIPT, folder / "logcheck.js")
    (folder / "index.html").write_text("<!doctype html><title>check</title>")
    paper = Paper(folder / "log")
    paper.grow(700)
    paper.publish("court", "ngo")
    with served(folder) as address:
        yield address, paper


@pytest.fixture
def here(page: Page, site: tuple[str, Paper]) -> Page:
    page.goto(site[0].replace("127.0.0.1", "localhost"))
    return page


def check(page: Page, text: str, policy: str, code: str | None = None) -> dict[str, Any]:
    return dict(page.evaluate(CHECK, [text, policy, code]))


def proof_of(paper: Paper, index: int, *witnesses: str) -> str:
    return paper.proof_file(index, *(witnesses or ("court", "ngo"))).read_text()


def test_it_accepts_what_we_accept_at_every_shape_of_the_tree(here: Page, tmp_path: Path) -> None:
    for size in SIZES:
        paper = Paper(tmp_path / str(size))
        paper.grow(size)
        for index in {0, size // 2, size - 1}:
            leaf = translog.leaf_hash(paper.entries[index])
            text, policy = proof_of(paper, index), paper.log.policy_text("2")

            found = check(here, text, policy, filing_code(leaf))

            assert (found["index"], found["size"], found["leaf"]) == (index, size, leaf.hex())
            day = TODAY.date().isoformat()
            assert found["witnesses"] == [{"name": name, "day": day} for name in ("court", "ngo")]


def test_it_makes_the_same_receipt_from_the_static_files(
    here: Page, site: tuple[str, Paper]
) -> None:
    paper = site[1]
    for index in (0, 255, 256, 511, 512, 699):
        code = filing_code(translog.leaf_hash(paper.entries[index]))

        found = here.evaluate(LOOK_UP, grouped(code))

        assert found["text"] == proof_of(paper, index)
        assert found["day"] == TODAY.date().isoformat()


def test_while_witnesses_are_awaited_the_last_well_witnessed_state_serves(
    here: Page, site: tuple[str, Paper]
) -> None:
    paper = site[1]
    before, old = (paper.folder / "checkpoint").read_bytes(), paper.entries[5]
    paper.write("witnessed", before)
    paper.write("checkpoint", str(paper.checkpoint()).encode())

    found = here.evaluate(LOOK_UP, filing_code(translog.leaf_hash(old)))

    paper.write("checkpoint", before)
    assert found["text"] == proof_of(paper, 5)


def test_a_line_that_is_just_being_written_does_not_count(
    here: Page, site: tuple[str, Paper]
) -> None:
    paper = site[1]
    leaf = translog.leaf_hash(paper.entries[5])
    file = paper.folder / "code" / filing_code(leaf)[:4]
    before = file.read_bytes()
    file.write_bytes(before + leaf.hex()[:20].encode())

    assert here.evaluate(LOOK_UP, filing_code(leaf))["text"] == proof_of(paper, 5)
    file.write_bytes(before)


def test_a_code_that_is_not_there_is_no_receipt(here: Page) -> None:
    assert here.evaluate(LOOK_UP, filing_code(b"u" * 32)) is None


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("12a4", "characters"), ("1234", "length"), ("1" * 24, "check digits")],
)
def test_a_mistyped_code_asks_nobody(here: Page, typed: str, reason: str) -> None:
    asked: list[str] = []
    here.on("request", lambda request: asked.append(request.url))

    assert here.evaluate(LOOK_UP, typed) == {"refused": reason}
    assert not [url for url in asked if "/log/" in url]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("index 300\n", "index 301\n", "not included"),
        ("\n700\n", "\n701\n", "bad signature"),
        ("log.example/arasha\n", "other.example/log\n", "unknown log"),
        ("— log.example", "— log2.example", "not signed"),
        ("extra ", "Extra ", "bad proof"),
        ("index 300", "index 0300", "bad proof"),
        ("— court.example", "— court2.example", "no quorum"),
        ("tlog-proof@v1", "tlog-proof@v2", "bad proof"),
    ],
)
def test_an_altered_receipt_is_refused_for_its_reason(
    here: Page, site: tuple[str, Paper], old: str, new: str, reason: str
) -> None:
    paper = site[1]
    text = proof_of(paper, 300)
    assert old in text

    assert check(here, text.replace(old, new), paper.log.policy_text("2")) == {"refused": reason}


def test_one_exchanged_sign_anywhere_is_never_accepted_as_the_same(
    here: Page, site: tuple[str, Paper]
) -> None:
    """Every place of the receipt in turn; only lines of witnesses that are not needed may go."""
    paper = site[1]
    text, policy = proof_of(paper, 300, "court", "ngo"), paper.log.policy_text("2")
    altered = [
        text[:at] + ("B" if text[at] == "A" else "A") + text[at + 1 :] for at in range(len(text))
    ]

    accepted = here.evaluate(
        f"async ([texts, policy]) => {{ const check = {CHECK}; const found = [];"
        " for (const text of texts) found.push(!(await check([text, policy, null])).refused);"
        " return found; }",
        [altered, policy],
    )

    assert json.dumps(accepted) == json.dumps([False] * len(altered))


def test_a_swapped_receipt_is_refused(here: Page, site: tuple[str, Paper]) -> None:
    paper = site[1]
    mine = filing_code(translog.leaf_hash(paper.entries[1]))

    assert check(here, proof_of(paper, 2), paper.log.policy_text("2"), mine) == {
        "refused": "wrong code"
    }


@pytest.mark.parametrize(
    "policy",
    [
        "",
        "quorum",
        "quorum nobody\n",
        "log x+00000000+AAAA\nquorum none\n",
        "nonsense\nquorum none\n",
    ],
)
def test_a_policy_with_a_mistake_is_refused(
    here: Page, site: tuple[str, Paper], policy: str
) -> None:
    known = f"log {site[1].log.key.verifier}\n" if "nobody" in policy else ""

    assert check(here, proof_of(site[1], 5), known + policy) == {"refused": "bad policy"}


def test_without_a_quorum_it_says_that_no_witness_was_asked(
    here: Page, site: tuple[str, Paper]
) -> None:
    paper = site[1]
    policy = f"log {paper.log.key.verifier}\nquorum none\n"

    found = check(here, proof_of(paper, 5), policy)

    assert (found["witnesses"], found["asked"]) == ([], 0)
