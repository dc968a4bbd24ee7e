"""docs/reference/gateway.md: its vectors are true and its table of refusals is whole."""

import base64
import re
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from arasha.appeals import devices, uploads
from arasha.appeals.services import attachments, filing
from arasha.appeals.views import gateway
from arasha.engines.notes import NOTE, SignerKey, VerifierKey, parse_note, sign, verified_signatures
from arasha.engines.sealing.filing import MOST_BYTES
from arasha.gateway import errors as door_errors
from arasha.problems import NotFoundProblem, Problem

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "gateway.md").read_text()
# Where the gateway's refusals are raised. Scans on paper come to the desk alone.
RAISING = (gateway, devices, uploads, attachments, filing, door_errors)


def blocks(name: str) -> list[str]:
    return re.findall(rf"```{name}\n(.*?)```", PAGE, re.S)


def vectors() -> list[dict[str, str]]:
    pairs = [[line.partition(" =") for line in block.splitlines()] for block in blocks("vector")]
    return [{name: value.strip() for name, _, value in block} for block in pairs]


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["method"])
def test_a_request_is_signed_as_the_page_says(vector: dict[str, str]) -> None:
    digest = sha256(vector["body"].encode()).hexdigest()
    signed = f"arasha request v1\n{vector['method']} {vector['path']}\n{digest}".encode()

    assert digest == vector["digest"]
    public = base64.b64decode(vector["public key"])
    Ed25519PublicKey.from_public_bytes(public).verify(base64.b64decode(vector["signature"]), signed)
    assert Ed25519PrivateKey.from_private_bytes(bytes(range(32))).public_key() == (
        Ed25519PublicKey.from_public_bytes(public)
    )


def test_the_acknowledgement_on_the_page_is_the_gateway_s() -> None:
    [text] = blocks("ack")
    key = SignerKey("gateway.example/ack", NOTE, bytes(range(32, 64)))
    note = parse_note(text.encode())

    assert f"`{key.verifier}`" in PAGE
    assert len(verified_signatures(note, [VerifierKey.parse(str(key.verifier))])) == 1
    assert str(sign(note.text, [key])) == text


def test_the_largest_filing_is_as_large_as_the_page_says() -> None:
    assert f"{MOST_BYTES:,} bytes" in PAGE


def test_every_refusal_of_the_gateway_has_its_line_with_its_status() -> None:
    written = set(re.findall(r"^\| `(\w+)` \| (\d+) \|", PAGE, re.M))
    raised = {
        (each.code, str(each.status))
        for module in RAISING
        for each in vars(module).values()
        if isinstance(each, type)
        and issubclass(each, Problem)
        and each not in (Problem, NotFoundProblem)
    }

    assert written == raised
