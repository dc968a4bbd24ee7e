"""What docs/reference/log.md shows is what the engines make."""

import hashlib
import re
from pathlib import Path

from arasha.engines import translog
from arasha.engines.notes import SignerKey, filing_code, grouped
from tests.engines.translog.small_log import Log, entries

PAGE = Path(__file__).parents[3].joinpath("docs/reference/log.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def test_the_leaf_of_the_page_has_the_code_of_the_page() -> None:
    vector = dict(line.split(" = ", 1) for line in block("vector").splitlines())
    digest = hashlib.sha256(vector["record"].encode()).digest()
    committed = translog.commitment(bytes.fromhex(vector["salt"]), digest)
    leaf_hash = translog.leaf_hash(translog.leaf("event", committed))

    assert committed.hex() == vector["commitment"]
    assert leaf_hash.hex() == vector["leaf hash"]
    assert grouped(filing_code(leaf_hash)) == vector["filing code"]


def test_the_receipt_of_the_page_is_proved_by_the_policy_of_the_page() -> None:
    proof, policy = block("proof").encode(), translog.parse_policy(block("policy").encode())

    proved = translog.verify_proof(translog.parse_proof(proof), policy)

    assert proved.leaf_hash == translog.leaf_hash(entries(5)[3])
    assert f"`{grouped(proved.code)}`" in PAGE
    assert len(proved.cosignatures) == 2


def test_the_receipt_of_the_page_is_made_again_byte_for_byte() -> None:
    log = Log()
    log.append([translog.leaf_hash(entry) for entry in entries(5)])
    (signing_key,) = re.findall(r"`(PRIVATE\+KEY\+.*)`", PAGE)

    assert SignerKey.parse(signing_key) == log.key
    assert str(log.proof(3, "court", "ngo")) == block("proof")
