"""docs/reference/protocol.md: it names every form there is, its sizes are the code's, its vectors are made again."""

import datetime as dt
import hashlib
import hmac
import json
import re
from pathlib import Path
from typing import Any

import pytest

from arasha.appeals import uploads
from arasha.appeals.buckets import MOST_REPLIES, PLACE_BYTES, packed, unpacked
from arasha.appeals.services import opening
from arasha.appeals.services.attachments import MOST_SENT
from arasha.engines import sealing, translog
from arasha.engines.notes import NOTE, SignerKey, VerifierKey, open_note, parse_note
from arasha.engines.sealing import filing, header, payload, recipient_set
from arasha.engines.sealing.card import CARD_BYTES
from arasha.engines.sealing.correspondence import NOTE_SIZES, REPLY_BYTES, reply_tag
from arasha.journal.digests import batch_commitment
from arasha.programs.terminal.promises import promise
from arasha.programs.witness.asking import MOST_HASHES, read_request
from arasha.trust.services import leaf_of
from arasha.wire.evidence import kept

CHECKOUT = Path(__file__).parents[2]
PAGE = (CHECKOUT / "docs" / "reference" / "protocol.md").read_text()
VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text())
SEALED: dict[str, Any] = json.loads(
    (CHECKOUT / "tests" / "engines" / "sealing" / "vectors.json").read_text()
)
# A word of ours with a version: what keeps one form's bytes from being taken for another's.
DOMAIN = re.compile(r"[\"'`](arasha(?: [a-z ]+ |/(?:[a-z]+/)?)v\d)\b")
SIZES = {
    "a posted filing": filing.MOST_BYTES,
    "a title card": CARD_BYTES,
    "a reply": REPLY_BYTES,
    "an attachment": uploads.MOST_BYTES,
    "attachments of an appeal": MOST_SENT,
    "stanzas of a header": header.MOST_RECIPIENTS,
    "a line of a header": header.LONGEST_LINE,
    "members of a recipient set": recipient_set.MOST_MEMBERS,
    "a bucket of replies": MOST_REPLIES * PLACE_BYTES,
    "hashes of a witness request": MOST_HASHES,
    "cosignatures of an answer": translog.asking.MAX_COSIGNATURES,
}


def block(kind: str) -> str:
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.M | re.S)
    return str(found)


def scripts() -> list[Path]:
    ours = [*CHECKOUT.glob("arasha/**/*.py"), *CHECKOUT.glob("arasha/**/*.js")]
    return [path for path in ours if not {"migrations", "vendor"} & {*path.parts}]


def test_every_domain_string_of_the_code_has_its_line_and_no_line_is_left_over() -> None:
    used = {word for path in scripts() for word in DOMAIN.findall(path.read_text())}
    shown = set(re.findall(r"^\| `(arasha[ /][a-z/ ]*v\d)", PAGE, re.M))

    assert shown == used


def test_every_line_leads_to_its_page_and_its_vectors() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `arasha")]

    for row in rows:
        assert "](" in row, row
        assert re.search(r"`(tests|docs)/[\w/.-]+\.(json|py)`|this page", row), row


@pytest.mark.parametrize(("what", "size"), SIZES.items())
def test_a_size_on_the_page_is_the_code_s(what: str, size: int) -> None:
    assert re.search(rf"^\| {what} \| [^|]*\b{size:,}\b", PAGE, re.M)


def test_the_padded_sizes_on_the_page_are_the_code_s() -> None:
    assert [f"{size:,}" for size in payload.BUCKETS] == sizes_of("a payload, padded")
    assert [f"{size:,}" for size in NOTE_SIZES] == sizes_of("a note, padded")


def sizes_of(what: str) -> list[str]:
    (cell,) = re.findall(rf"^\| {what} \| ([^|]*) \|", PAGE, re.M)
    return re.findall(r"[\d,]+\d", cell)


def test_the_promise_is_made_again_and_checked_by_its_key_alone() -> None:
    vector = VECTORS["promise"]
    after = vector["after"]
    device = SignerKey("terminals.example/PRISON-1", NOTE, bytes.fromhex(vector["signing_seed"]))
    made = promise(
        bytes.fromhex(vector["leaf_hash"]),
        by=dt.date.fromisoformat(vector["by"]),
        after=translog.Checkpoint("log", after["size"], bytes.fromhex(after["root"])),
        signer=device,
    )

    assert str(made) == vector["note"] == block("promise")
    assert open_note(vector["note"].encode(), [VerifierKey.parse(vector["vkey"])])


def test_the_request_to_a_witness_is_written_and_read_as_the_vector() -> None:
    vector = VECTORS["witness_request"]
    proof = tuple(bytes.fromhex(each) for each in vector["proof"])
    checkpoint = parse_note(vector["checkpoint"].encode())

    written = translog.add_checkpoint_request(vector["old_size"], proof, checkpoint)
    asked = read_request(written)

    assert written.decode() == vector["body"] == block("request")
    assert (asked.old_size, asked.proof) == (vector["old_size"], proof)
    assert translog.latest_checkpoint_path(asked.origin) == vector["monitoring_path"]


def test_the_answer_of_the_witness_holds_for_that_checkpoint_and_tells_its_second() -> None:
    vector = VECTORS["witness_request"]
    (signature,) = translog.read_cosignatures(vector["answer"].encode())
    signed = parse_note(vector["checkpoint"].encode()).adding(signature)

    assert open_note(str(signed).encode(), [VerifierKey.parse(vector["witness_vkey"])])
    assert int.from_bytes(signature.blob[:8], "big") == vector["timestamp"]
    assert block("cosignature") == vector["answer"]


def test_the_leaf_of_a_file_of_the_root_of_trust_is_what_anybody_computes() -> None:
    vector = VECTORS["trust_leaf"]
    content = vector["content"].encode()
    committed = hashlib.sha256(f"arasha trust v1\n{vector['file']}\n".encode() + content)

    assert leaf_of(name=vector["file"], content=content) == vector["leaf"]
    assert vector["leaf"] == f"arasha/v1\nrecipients\n{committed.hexdigest()}"


def test_a_batch_of_reads_commits_to_them_in_any_order() -> None:
    vector = VECTORS["batch_of_reads"]
    reads = [bytes.fromhex(each) for each in vector["commitments"]]

    assert {batch_commitment(order).hex() for order in (reads, reads[::-1])} == {
        vector["commitment"]
    }


def test_the_tag_of_a_reply_is_an_hmac_of_its_number() -> None:
    tags, by_number = SEALED["reply_tags"]["tags"], SEALED["reply_tags"]["of"]
    for number, tag in by_number.items():
        said = hmac.digest(bytes.fromhex(tags), f"arasha reply v1\n{number}".encode(), "sha256")

        assert said[:16].hex() == tag == reply_tag(bytes.fromhex(tags), int(number)).hex()


def test_a_bucket_has_one_size_and_its_replies_are_found_in_it() -> None:
    vector = VECTORS["bucket"]
    replies = [(bytes.fromhex(each["tag"]), b"age-encryption.org/v1\n") for each in vector["replies"]]  # fmt: skip

    bucket = packed(replies)

    assert (len(bucket), hashlib.sha256(bucket).hexdigest()) == (vector["bytes"], vector["sha256"])
    assert unpacked(bucket) == replies
    assert len(packed([])) == vector["bytes"]


def test_of_an_errand_only_the_hash_is_kept() -> None:
    vector = VECTORS["errand"]

    assert opening.hash_of(token=vector["token"]) == vector["stored"]
    assert hashlib.sha256(vector["token"].encode()).hexdigest() == vector["stored"]


def test_evidence_is_read_and_written_the_same(tmp_path: Path) -> None:
    (tmp_path / "fork.json").write_text(json.dumps(VECTORS["evidence"]))

    ((_path, read),) = kept(tmp_path)

    assert json.loads(read.to_json()) == VECTORS["evidence"]
    assert read.known and read.known.text != read.offered.text


def test_the_sealing_engine_seals_in_the_suites_that_the_page_names() -> None:
    for kind in sealing.Kind:
        assert f"`{kind}`" in PAGE
