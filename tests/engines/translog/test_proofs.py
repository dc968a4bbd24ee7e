"""Receipts: ours are accepted by proofbundle, altered ones by nobody."""

import base64
from collections.abc import Callable
from dataclasses import replace

import proofbundle
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from proofbundle.checkpoint import cosign_checkpoint

from arasha.engines import translog
from arasha.engines.notes import MalformedError, cosign, filing_code, sign
from arasha.engines.translog import NotProvedError
from tests.engines.translog.small_log import ORIGIN, SEEN_AT, Log, entries

INDEX = 700
ENTRY = entries(1000)[INDEX]


def their_verdict(log: Log, text: str, threshold: int = 2) -> bool:
    verdict = proofbundle.verify_tlog_proof(
        text,
        ENTRY,
        str(log.key.verifier),
        [str(key.verifier) for key in log.witnesses.values()],
        threshold=threshold,
    )
    return bool(verdict["ok"])


def our_verdict(log: Log, data: bytes, quorum: str = "2") -> bool:
    try:
        translog.verify_proof(translog.parse_proof(data), log.policy(quorum))
    except (MalformedError, NotProvedError):
        return False
    return True


def test_a_receipt_proves_the_leaf_its_place_and_who_saw_it(log: Log) -> None:
    data = str(log.proof(INDEX, "court", "ngo")).encode()

    proved = translog.verify_proof(translog.parse_proof(data), log.policy("2"))

    assert proved.leaf_hash == translog.leaf_hash(ENTRY)
    assert (proved.index, proved.checkpoint.size) == (INDEX, 1000)
    assert proved.log == log.key.verifier
    assert [(each.key.name, each.timestamp) for each in proved.cosignatures] == [
        ("court.example/w", SEEN_AT),
        ("ngo.example/w", SEEN_AT),
    ]


def test_proofbundle_accepts_our_receipt(log: Log) -> None:
    assert their_verdict(log, str(log.proof(INDEX, "court", "ngo")))
    assert not their_verdict(log, str(log.proof(INDEX, "court")))


def test_our_cosignature_is_byte_for_byte_that_of_proofbundle(log: Log) -> None:
    key, note = log.witnesses["court"], log.checkpoint()
    private = Ed25519PrivateKey.from_private_bytes(key.seed)
    theirs = cosign_checkpoint(str(note), private, key.name, SEEN_AT)

    assert str(cosign(note.text, key, timestamp=SEEN_AT)) in theirs


def test_one_flipped_bit_in_any_byte_of_the_hashes_is_refused_by_both(log: Log) -> None:
    data = str(log.proof(INDEX, "court", "ngo")).encode()
    start, end = data.index(b"index 700\n") + 10, data.index(b"\n\n")
    assert our_verdict(log, data)

    for place in range(start, end):
        for bit in range(8):
            assert not our_verdict(log, flipped(data, place, bit)), (place, bit)
        assert not their_verdict(log, flipped(data, place, 0).decode()), place


def flipped(data: bytes, place: int, bit: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]


@given(st.data())
def test_one_changed_byte_anywhere_never_proves_another_leaf(data: st.DataObject) -> None:
    log = Log()
    log.append([translog.leaf_hash(entry) for entry in entries(20)])
    whole = str(log.proof(7, "court", "ngo")).encode()
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:place] + data.draw(st.binary(min_size=1, max_size=1)) + whole[place + 1 :]

    if our_verdict(log, changed, quorum="1"):
        # What may change is a witness or a second name that nobody was asked about.
        assert translog.parse_proof(changed).leaf_hash == log.nodes[0, 7]


@given(st.integers(0, 1500))
def test_a_receipt_that_is_cut_off_is_refused(length: int) -> None:
    log = Log()
    log.append([translog.leaf_hash(entry) for entry in entries(1000)])
    data = str(log.proof(INDEX, "court", "ngo")).encode()

    assert not our_verdict(log, data[: min(length, len(data) - 1)])


@pytest.mark.parametrize(
    ("quorum", "witnesses", "is_enough"),
    [
        ("none", (), True),
        ("1", (), False),
        ("1", ("ngo",), True),
        ("2", ("ngo",), False),
        ("2", ("ngo", "university"), True),
        ("3", ("ngo", "university"), False),
        ("all", ("court", "ngo", "university"), True),
    ],
)
def test_the_quorum_of_the_policy_decides(
    log: Log, quorum: str, witnesses: tuple[str, ...], is_enough: bool
) -> None:
    assert our_verdict(log, str(log.proof(INDEX, *witnesses)).encode(), quorum) == is_enough


def test_the_code_must_be_that_of_the_leaf(log: Log) -> None:
    proof, policy = log.proof(INDEX), log.policy("none")
    own, other = filing_code(log.nodes[0, INDEX]), filing_code(log.nodes[0, INDEX + 1])

    assert translog.verify_proof(proof, policy, code=own).code == own
    with pytest.raises(NotProvedError) as refusal:
        translog.verify_proof(proof, policy, code=other)
    assert refusal.value.reason == NotProvedError.WRONG_CODE


def with_foreign_origin(log: Log, proof: translog.Proof) -> translog.Proof:
    text = proof.checkpoint.text.replace(ORIGIN, "log.example/other")
    return replace(proof, checkpoint=sign(text, [log.key]))


def with_no_signature_of_the_log(log: Log, proof: translog.Proof) -> translog.Proof:
    stranger = replace(log.key, seed=bytes(32))
    return replace(proof, checkpoint=sign(proof.checkpoint.text, [stranger]))


def with_another_root_under_the_signature(log: Log, proof: translog.Proof) -> translog.Proof:
    root = base64.b64encode(bytes(32)).decode()
    text = f"{ORIGIN}\n1000\n{root}\n"
    return replace(proof, checkpoint=replace(proof.checkpoint, text=text))


def with_the_log_signing_twice(log: Log, proof: translog.Proof) -> translog.Proof:
    note = proof.checkpoint
    return replace(proof, checkpoint=note.adding(note.signatures[0]))


def with_a_witness_counted_twice(log: Log, proof: translog.Proof) -> translog.Proof:
    again = cosign(proof.checkpoint.text, log.witnesses["ngo"], timestamp=SEEN_AT + 1)
    return replace(proof, checkpoint=log.checkpoint("ngo").adding(again))


def with_a_cosignature_at_another_time(log: Log, proof: translog.Proof) -> translog.Proof:
    note = log.checkpoint("ngo", "court")
    *rest, last = note.signatures
    moved = replace(last, blob=(SEEN_AT - 86_400).to_bytes(8) + last.blob[8:])
    return replace(proof, checkpoint=replace(note, signatures=(*rest, moved)))


def with_another_leaf(log: Log, proof: translog.Proof) -> translog.Proof:
    return replace(proof, extra=log.nodes[0, INDEX + 1], checkpoint=log.checkpoint("ngo", "court"))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (with_foreign_origin, NotProvedError.UNKNOWN_LOG),
        (with_no_signature_of_the_log, NotProvedError.NOT_SIGNED),
        (with_another_root_under_the_signature, NotProvedError.BAD_SIGNATURE),
        (with_the_log_signing_twice, NotProvedError.BAD_SIGNATURE),
        (with_a_witness_counted_twice, NotProvedError.BAD_SIGNATURE),
        (with_a_cosignature_at_another_time, NotProvedError.BAD_SIGNATURE),
        (with_another_leaf, NotProvedError.NOT_INCLUDED),
    ],
)
def test_a_dishonest_receipt_is_refused_with_its_reason(
    log: Log, spoil: Callable[[Log, translog.Proof], translog.Proof], reason: str
) -> None:
    with pytest.raises(NotProvedError) as refusal:
        translog.verify_proof(spoil(log, log.proof(INDEX)), log.policy("2"))
    assert refusal.value.reason == reason


def test_signatures_of_strangers_are_passed_over(log: Log) -> None:
    note = log.checkpoint("court", "ngo")
    stranger = cosign(
        note.text, replace(log.witnesses["ngo"], name="stranger.example"), timestamp=0
    )
    proof = replace(log.proof(INDEX), checkpoint=note.adding(stranger))

    assert len(translog.verify_proof(proof, log.policy("2")).cosignatures) == 2


def test_a_log_that_changes_its_key_is_believed_under_either(log: Log) -> None:
    new = replace(log.key, seed=bytes(32))
    policy = translog.parse_policy(
        f"log {log.key.verifier}\nlog {new.verifier}\nquorum none\n".encode()
    )
    proof = log.proof(INDEX)

    for keys in ([log.key], [new], [log.key, new]):
        signed = replace(proof, checkpoint=sign(proof.checkpoint.text, keys))
        assert translog.verify_proof(signed, policy).log == keys[0].verifier


HASH = base64.b64encode(bytes(32)).decode()
TAIL = "\n\nlog\n1\n" + HASH + "\n\n— log AAAAAAAA\n"
MAGIC = "c2sp.org/tlog-proof@v1\n"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "starts with the line c2sp.org/tlog-proof@v1"),
        ("c2sp.org/tlog-proof@v2\nindex 0" + TAIL, "starts with the line"),
        (MAGIC + "index 0", "no checkpoint after an empty line"),
        (MAGIC + "index 0\n" + HASH + "\n", "no checkpoint after an empty line"),
        (MAGIC + HASH + TAIL, "no line 'index' in its place"),
        (MAGIC + "index 0\nextra AAAA" + TAIL, "hash 1 is not base 64"),
        (MAGIC + "index 00" + TAIL, "index is a number from 0 to"),
        (MAGIC + "index -1" + TAIL, "index is a number from 0 to"),
        (MAGIC + "index ٣" + TAIL, "index is a number from 0 to"),
        (MAGIC + "index 9223372036854775808" + TAIL, "index is a number from 0 to"),
        (MAGIC + "index " + "9" * 100_000 + TAIL, "index is a number from 0 to"),
        (MAGIC + "extra !!!!\nindex 0" + TAIL, "extra is not base 64"),
        (MAGIC + "index 0\n" + HASH[:-2] + "B=" + TAIL, "hash 1 is not base 64 in its only"),
        (MAGIC + "index 0\n" + HASH[:-1] + TAIL, "hash 1 is not base 64"),
        (MAGIC + "index 0\nAAAA" + TAIL, "hash 1 must have 32 bytes, got 3"),
        (MAGIC + "index 0" + ("\n" + HASH) * 64 + TAIL, "at most 63 hashes, got 64"),
        ((MAGIC + "index 0" + TAIL).replace("\n", "\r\n"), "carriage returns"),
        (MAGIC + "index 0\n\nlog\r\n1\n" + HASH + "\n\n— log AAAAAAAA\n", r"U\+000D"),
        (MAGIC + "index 0\n\nlog\n1\n" + HASH + "\n", "an empty line between its text"),
        (MAGIC + "index 0\n\nlog\n1\n" + HASH + "\n\n", "cut off"),
        (MAGIC + "index 0\n\nlog\n1\n" + HASH + "\n\n- log AAAAAAAA\n", "not a signature line"),
    ],
)
def test_a_malformed_receipt_is_refused_with_the_rule(text: str, rule: str) -> None:
    with pytest.raises(MalformedError, match=rule):
        translog.parse_proof(text.encode())


@pytest.mark.parametrize("extra", [None, b"", bytes(31)])
def test_a_receipt_without_a_leaf_hash_is_refused(log: Log, extra: bytes | None) -> None:
    with pytest.raises(MalformedError, match="no leaf hash of 32 bytes"):
        translog.verify_proof(replace(log.proof(INDEX), extra=extra), log.policy("none"))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    with pytest.raises(MalformedError):
        translog.parse_proof(MAGIC.encode() + data)


def test_a_log_does_not_hand_out_a_receipt_that_nobody_would_accept(log: Log) -> None:
    path = translog.inclusion_proof(log.nodes, INDEX, 1000)

    with pytest.raises(ValueError, match="leaf 701 is not proved to be in the tree of 1000"):
        translog.make_proof(log.nodes[0, INDEX], INDEX + 1, path, log.checkpoint())


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("log\n1\n", "three lines"),
        (f"log\n1\n{HASH}", "three lines"),
        (f"\n1\n{HASH}\n", "no empty lines"),
        (f"log\n1\n{HASH}\n\n", "no empty lines"),
        (f"log\n01\n{HASH}\n", "tree size is a number"),
        ("log\n1\nAAAA\n", "a root hash has 32 bytes, got 3"),
        (f"log\n0\n{HASH}\n", "an empty tree has another root"),
    ],
)
def test_a_malformed_checkpoint_is_refused(text: str, rule: str) -> None:
    with pytest.raises(MalformedError, match=rule):
        translog.Checkpoint.parse(text)


def test_a_checkpoint_is_read_back_with_its_extensions() -> None:
    state = translog.Checkpoint(ORIGIN, 5, bytes(32), ("an extension",))

    assert translog.Checkpoint.parse(str(state)) == state
