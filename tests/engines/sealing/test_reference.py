"""What docs/reference/sealing.md shows is what the engine makes."""

import hashlib
import json
import re
from pathlib import Path

from arasha.engines import sealing
from arasha.engines.notes import filing_code
from arasha.engines.sealing.card import CARD_BYTES, LONGEST_TITLE
from arasha.engines.sealing.card import FORM as CARD
from arasha.engines.sealing.correspondence import NOTE_FORM, NOTE_SIZES, REPLY_BYTES, REPLY_FORM
from arasha.engines.sealing.filing import MOST_BYTES
from arasha.engines.sealing.payload import BUCKETS
from arasha.engines.sealing.payload import FORM as PAYLOAD
from arasha.engines.translog import commitment, leaf, leaf_hash
from tests.engines.sealing.samples import appeal_of, opened

PAGE = Path(__file__).parents[3].joinpath("docs/reference/sealing.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def shown_set() -> sealing.RecipientSet:
    return sealing.check_set(block("set"), commanding=())


def test_the_payload_of_the_page_seals_to_the_envelope_of_the_page() -> None:
    vector = dict(line.split(" = ", 1) for line in block("vector").splitlines())
    plaintext = sealing.pack_payload(appeal_of(json.loads(block("json"))))
    drawn = bytes.fromhex(vector["randomness"])

    envelope = sealing.seal(plaintext, recipients=shown_set().keys, randomness=drawn)
    assert hashlib.sha256(plaintext).hexdigest() == vector["plaintext SHA-256"]
    assert len(envelope) == int(vector["envelope bytes"])
    assert hashlib.sha256(envelope).hexdigest() == vector["envelope SHA-256"]
    assert sealing.split(envelope)[0].decode() == block("header")
    assert {opened(envelope, each) for each in block("identities").split()} == {plaintext}


def test_the_digest_leaf_and_code_of_the_page_follow_from_it() -> None:
    vector = dict(line.split(" = ", 1) for line in block("vector").splitlines())
    appeal = appeal_of(json.loads(block("json")))
    drawn = bytes.fromhex(vector["randomness"])
    envelope = sealing.seal(
        sealing.pack_payload(appeal), recipients=shown_set().keys, randomness=drawn
    )

    digest = sealing.record_digest(*sealing.split(envelope))
    reached = leaf_hash(leaf("event", commitment(appeal.salt, digest)))
    assert digest.hex() == vector["record digest"]
    assert reached.hex() == vector["leaf hash"]
    assert filing_code(reached) == vector["filing code"]


def test_the_page_names_every_field_and_every_size() -> None:
    assert json.loads(block("json")).keys() == {"v", *PAYLOAD.fields}
    for name in {**PAYLOAD.fields, **CARD.fields}:
        assert f"| `{name}` |" in PAGE
    for name in {**REPLY_FORM.fields, **NOTE_FORM.fields}:
        assert f"`{name}`" in PAGE
    assert f"exactly\n{CARD_BYTES:,} bytes" in PAGE
    assert f"at most {LONGEST_TITLE} characters" in PAGE
    assert f"exactly {REPLY_BYTES:,} bytes" in PAGE
    assert [size // 1024 for size in NOTE_SIZES] == [1, 4, 16]
    assert [bucket // 1024 for bucket in BUCKETS] == [4, 16, 64, 256]
    assert "4, 16, 64 or 256 KiB" in PAGE
    assert f"at most {MOST_BYTES:,} bytes" in PAGE
