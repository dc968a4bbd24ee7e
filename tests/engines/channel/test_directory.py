"""What places and bodies are called, and by whom it has to be signed."""

import pytest

from arasha.engines.channel.directory import build_directory, read_directory
from arasha.engines.notes import NOTE, MalformedError, SignerKey, UntrustedNoteError, sign

GATEWAY = SignerKey("arasha.example/gateway", NOTE, bytes(32))
RELAY = SignerKey(GATEWAY.name, NOTE, bytes([1] * 32))
CONTENT = {"v": 1, "bodies": [{"name": {"kk": "Омбудсмен"}}]}


def test_what_the_relay_signs_itself_is_not_read() -> None:
    with pytest.raises(UntrustedNoteError):
        read_directory(build_directory(CONTENT, RELAY), [GATEWAY.verifier])


@pytest.mark.parametrize("text", ["arasha/ack/v1\n{}\n", "arasha/directory/v1\n[]\n"])
def test_another_note_of_the_gateway_is_no_directory(text: str) -> None:
    note = str(sign(text, [GATEWAY])).encode()

    with pytest.raises(MalformedError, match="arasha/directory/v1"):
        read_directory(note, [GATEWAY.verifier])


@pytest.mark.parametrize("text", ["{", "[" * 100_000])
def test_a_directory_that_is_no_json_is_refused(text: str) -> None:
    note = str(sign(f"arasha/directory/v1\n{text}\n", [GATEWAY])).encode()

    with pytest.raises(MalformedError, match="no JSON"):
        read_directory(note, [GATEWAY.verifier])


def test_what_the_gateway_says_is_read() -> None:
    assert read_directory(build_directory(CONTENT, GATEWAY), [GATEWAY.verifier]) == CONTENT
