"""The certificate of a code, for a court."""

import hashlib
import re
from html import unescape
from pathlib import Path

import proofbundle
import pytest
from django.test import Client

from arasha.engines.notes import COSIGNATURE, SignerKey, cosign, filing_code, grouped, parse_note
from arasha.engines.translog import Checkpoint, parse_proof
from tests.public.conftest import NOON, SIGNER

UNKNOWN = filing_code(b"u" * 32)
COURT = SignerKey("court.example/w", COSIGNATURE, b"c" * 32)
LANGUAGES = ("kk", "ru", "en")


def certificate(door: Client, code: str, language: str = "en") -> str:
    return unescape(door.get(f"/{language}/code/{code}/certificate/").content.decode())


@pytest.fixture
def witnessed(leaves: list[bytes], settings) -> list[bytes]:
    """The three leaves under a checkpoint that a court signed, and a policy that names it."""
    folder = Path(settings.ARASHA_LOG_DIR)
    note = parse_note((folder / "checkpoint").read_bytes())
    signed = note.adding(cosign(note.text, COURT, timestamp=int(NOON.timestamp())))
    (folder / "checkpoint").write_text(str(signed))
    lines = [f"log {SIGNER.verifier}", f"witness court {COURT.verifier}", "quorum court"]
    (folder / "policy").write_text("\n".join(lines) + "\n")
    return leaves


def test_it_states_everything_that_proves_the_record(
    door: Client, witnessed: list[bytes], settings
) -> None:
    code = filing_code(witnessed[1])
    proof = door.get(f"/en/code/{code}.tlog-proof").content
    read = parse_proof(proof)

    paper = certificate(door, code)

    assert grouped(code) in paper and witnessed[1].hex() in paper
    assert "26 June 2026" in paper or "June 26, 2026" in paper
    assert str(read.index + 1) in paper
    assert str(SIGNER.verifier) in paper and "court (" in paper and "court.example/w" in paper
    assert str(read.checkpoint.text).split("\n")[2] in paper  # the root
    assert hashlib.sha256(proof).hexdigest() in paper
    assert f"{settings.ARASHA_PUBLIC_URL}/en/code/{code}.tlog-proof" in paper
    assert paper.count("<svg") == 3  # the mark of the site, the leaf hash, the whole proof


def test_what_it_prints_is_enough_for_foreign_software(
    door: Client, witnessed: list[bytes]
) -> None:
    code = filing_code(witnessed[0])
    paper = certificate(door, code)
    (leaf,) = re.findall(r"printf '([^']+)'", paper)
    (vkey,) = re.findall(r"--log-vkey '([^']+)'", paper)

    verdict = proofbundle.verify_tlog_proof(
        door.get(f"/en/code/{code}.tlog-proof").content.decode(),
        leaf.replace("\\n", "\n").encode(),
        vkey,
        [str(COURT.verifier)],
        threshold=1,
    )

    assert verdict["ok"]


def test_it_says_what_it_does_not_show(door: Client, leaves: list[bytes]) -> None:
    paper = certificate(door, filing_code(leaves[0]))

    assert "This paper proves nothing by itself" in paper
    assert "None yet: until witnesses sign" in paper


@pytest.mark.parametrize("language", LANGUAGES)
def test_found_unknown_and_mistyped_have_the_same_size_and_headers(
    door: Client, witnessed: list[bytes], language: str
) -> None:
    found = filing_code(witnessed[0])
    mistyped = found[:-1] + str((int(found[-1]) + 1) % 10)

    answers = [
        door.get(f"/{language}/code/{code}/certificate/")
        for code in (found, grouped(found), UNKNOWN, mistyped, "нет", "9" * 300)
    ]

    assert {(a.status_code, len(a.content)) for a in answers} == {(200, 131_072)}
    assert len({tuple(sorted(a.headers.items())) for a in answers}) == 1


def test_an_unknown_code_is_not_called_wrong(door: Client, leaves: list[bytes]) -> None:
    paper = certificate(door, UNKNOWN)

    assert "There is no record under this code yet" in paper
    assert "Leaf hash" not in paper


def test_before_the_first_publication_there_is_no_record(door: Client) -> None:
    assert "There is no record under this code yet" in certificate(door, UNKNOWN)


def test_the_code_page_offers_it_only_where_there_is_one(door: Client, leaves: list[bytes]) -> None:
    code = filing_code(leaves[0])

    assert f"/en/code/{code}/certificate/" in door.get("/en/code/", {"code": code}).content.decode()
    assert "certificate" not in door.get("/en/code/", {"code": UNKNOWN}).content.decode().lower()


def test_no_hour_stands_on_it(door: Client, witnessed: list[bytes]) -> None:
    """From the proof the moment of a filing is known to no better than its epoch: nor from the paper."""
    paper = certificate(door, filing_code(witnessed[0]))
    checkpoint = Checkpoint.parse(
        parse_proof(
            door.get(f"/en/code/{filing_code(witnessed[0])}.tlog-proof").content
        ).checkpoint.text
    )

    assert checkpoint.size == 3
    assert not re.search(r"\b\d{1,2}:\d{2}\b", re.sub(r"<svg.*?</svg>", "", paper, flags=re.DOTALL))
