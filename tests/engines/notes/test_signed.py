"""Signed notes against the examples of the standard and of Go, then against bad hands."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.notes import (
    COSIGNATURE,
    NOTE,
    MalformedError,
    Note,
    Signature,
    SignerKey,
    UntrustedNoteError,
    VerifierKey,
    cosign,
    open_note,
    parse_note,
    sign,
    verified_signatures,
)

# C2SP signed-note, "Example".
STANDARD_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
STANDARD_NOTE = (
    "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONnc"
    "AlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
# The documentation of Go's golang.org/x/mod/sumdb/note.
GO_SIGNER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
GO_NOTE = (
    GO_TEXT + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvq"
    "fqdngotpRZb6KE6RyyBwJnAM=\n"
)
# A real checkpoint of Go's checksum database, and its public key.
SUMDB_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
SUMDB_NOTE = (
    "go.sum database tree\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— sum.golang.org"
    " Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
# C2SP signed-note, "Format": a text with an empty line in it.
POEM = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU"
    "0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)
# C2SP tlog-cosignature, "Format": its time is told in the text below it, its key is not.
WITNESS_LINE = (
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyi"
    "n1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA=="
)

SIGNER = SignerKey("example/signer", NOTE, bytes(32))
WITNESS = SignerKey("example/witness", COSIGNATURE, bytes([1]) * 32)


@pytest.mark.parametrize(
    ("note", "key"),
    [(STANDARD_NOTE, STANDARD_KEY), (GO_NOTE, GO_VERIFIER), (SUMDB_NOTE, SUMDB_KEY)],
)
def test_foreign_notes_are_verified(note: str, key: str) -> None:
    text, _, _ = note.rpartition("\n\n")

    assert open_note(note.encode(), [VerifierKey.parse(key)]) == text + "\n"
    assert str(VerifierKey.parse(key)) == key
    assert str(parse_note(note.encode())) == note


def test_the_note_of_gos_example_is_made_byte_for_byte() -> None:
    signer = SignerKey.parse(GO_SIGNER)

    assert str(sign(GO_TEXT, [signer])) == GO_NOTE
    assert str(signer.verifier) == GO_VERIFIER
    assert signer.reveal() == GO_SIGNER


def test_a_text_is_parted_from_its_signatures_at_the_last_empty_line() -> None:
    note = parse_note(POEM.encode())

    assert note.text.endswith("sole:\n\ned è subito sera.\n")
    assert [each.name for each in note.signatures] == ["quasimodo.example/salvatore"]


def test_the_standards_cosignature_has_the_time_that_it_tells() -> None:
    signature = Signature.parse(WITNESS_LINE)

    assert int.from_bytes(signature.blob[:8]) == 1679315147
    assert str(signature) == WITNESS_LINE + "\n"


def test_a_cosignature_is_verified_with_its_time() -> None:
    note = sign("log\n", [SIGNER])
    note = note.adding(cosign(note.text, WITNESS, timestamp=1679315147))

    found = verified_signatures(note, [SIGNER.verifier, WITNESS.verifier])

    assert [(each.key.name, each.timestamp) for each in found] == [
        ("example/signer", None),
        ("example/witness", 1679315147),
    ]


@given(
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]) | st.just("\n")),
    st.binary(min_size=32, max_size=32),
)
def test_what_is_signed_is_read_back(text: str, seed: bytes) -> None:
    signer = SignerKey("name/of-key", NOTE, seed)
    data = str(sign(text + "\n", [signer, SIGNER])).encode()

    assert open_note(data, [signer.verifier]) == text + "\n"
    assert SignerKey.parse(signer.reveal()) == signer


def test_a_seed_is_never_shown_by_accident() -> None:
    secret = SignerKey("name", NOTE, b"seed" * 8)

    assert "seed" not in repr(secret) + str(secret)


def test_a_note_that_nobody_known_signed_is_not_opened() -> None:
    with pytest.raises(UntrustedNoteError, match="no key that we know"):
        open_note(STANDARD_NOTE.encode(), [VerifierKey.parse(GO_VERIFIER)])


def test_a_signature_of_a_known_key_that_fails_condemns_the_note() -> None:
    good = sign("text\n", [SIGNER, replace(SIGNER, name="other")])
    bad = replace(good, text="other text\n")

    with pytest.raises(UntrustedNoteError, match="the signature of example/signer is not over"):
        verified_signatures(bad, [SIGNER.verifier])


@pytest.mark.parametrize("length", [1, 63, 65, 72])
def test_a_signature_of_another_length_fails(length: int) -> None:
    note = Note("text\n", (Signature(SIGNER.name, SIGNER.verifier.key_id, bytes(length)),))

    with pytest.raises(UntrustedNoteError):
        verified_signatures(note, [SIGNER.verifier])


def test_a_second_signature_of_the_same_key_is_refused() -> None:
    note = sign("text\n", [SIGNER, SIGNER])

    with pytest.raises(UntrustedNoteError, match="example/signer signed the note twice"):
        verified_signatures(note, [SIGNER.verifier])


def test_a_plain_signature_is_no_cosignature_and_the_reverse() -> None:
    plain = replace(WITNESS, kind=NOTE)
    note = sign("text\n", [plain])

    assert verified_signatures(note, [WITNESS.verifier]) == []
    with pytest.raises(ValueError, match="use cosign"):
        sign("text\n", [WITNESS])
    with pytest.raises(ValueError, match="not a cosigner's key"):
        cosign("text\n", SIGNER, timestamp=0)


@pytest.mark.parametrize("timestamp", [-1, 2**63])
def test_a_time_out_of_range_is_neither_written_nor_believed(timestamp: int) -> None:
    with pytest.raises(ValueError, match="between 0 and"):
        cosign("text\n", WITNESS, timestamp=timestamp)
    blob = (2**63).to_bytes(8) + WITNESS.sign(b"cosignature/v1\ntime 9223372036854775808\ntext\n")
    note = Note("text\n", (Signature(WITNESS.name, WITNESS.verifier.key_id, blob),))
    with pytest.raises(UntrustedNoteError, match="out of range"):
        verified_signatures(note, [WITNESS.verifier])


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "an empty line between"),
        (b"text\n", "an empty line between"),
        (b"text\n\n", "cut off"),
        ("text\n\n— a AAAAAAAA".encode(), "cut off"),
        ("text\n\n— a AAAAAAAA\n\n".encode(), "cut off"),
        (b"text\r\n\n-- a\n", r"U\+000D at character 4"),
        (b"te\x00xt\n\n-- a\n", r"U\+0000"),
        (b"\xff\n\n-- a\n", "UTF-8"),
        (b"text\n\n- a AAAAAAAA\n", "not a signature line"),
        ("text\n\n— a\n".encode(), "not a signature line"),
        ("text\n\n—  AAAAAAAA\n".encode(), "name of a key is empty"),
        ("text\n\n— a+b AAAAAAAA\n".encode(), "no space, plus or control"),
        ("text\n\n— a\u00a0b AAAAAAAA\n".encode(), "no space, plus or control"),
        ("text\n\n— a AAAA AAAA\n".encode(), "not base 64"),
        ("text\n\n— a AAAAAA==\n".encode(), "cut off"),
        ("text\n\n— a AAAAAAB=\n".encode(), "only right spelling"),
        (("text\n\n" + "— a AAAAAAAA\n" * 101).encode(), "100 signatures, got 101"),
        (b"x" * 1_000_001, "1,000,000 bytes, got 1,000,001"),
    ],
)
def test_a_malformed_note_is_refused_with_the_rule(data: bytes, rule: str) -> None:
    with pytest.raises(MalformedError, match=rule):
        parse_note(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    try:
        note = parse_note(data)
    except MalformedError:
        return
    assert str(note).encode() == data


@pytest.mark.parametrize(("text", "rule"), [("text", "ends in a newline"), ("\t\n", r"U\+0009")])
def test_a_text_that_no_note_can_have_is_not_signed(text: str, rule: str) -> None:
    with pytest.raises(MalformedError, match=rule):
        sign(text, [SIGNER])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "a verifier key has a name, an ID of 8 hex digits and a key"),
        (STANDARD_KEY.replace("530d903a", "530D903A"), "an ID of 8 hex digits"),
        (STANDARD_KEY.replace("530d903a", "530d903b"), "530d903b should be 530d903a"),
        (STANDARD_KEY[:-1], "not base 64"),
        ("name+00000000+", "without a key"),
        ("name+00000000+AQ==", "32 bytes, got 0"),
        ("name+00000000+AgAA", "signature type 0x02 is not supported"),
        ("na me+00000000+AQ==", "no space, plus or control"),
        ("\udcff+00000000+AQ==", "not UTF-8"),
    ],
)
def test_a_malformed_verifier_key_is_refused(text: str, rule: str) -> None:
    with pytest.raises(MalformedError, match=rule):
        VerifierKey.parse(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (GO_VERIFIER, r"starts with PRIVATE\+KEY\+"),
        (GO_SIGNER.replace("c74f20a3", "c74f20a4"), "its ID does not match its seed"),
    ],
)
def test_a_malformed_signing_key_is_refused_without_showing_it(text: str, rule: str) -> None:
    with pytest.raises(MalformedError, match=rule) as refusal:
        SignerKey.parse(text)
    assert "AYEKFALV" not in str(refusal.value)
