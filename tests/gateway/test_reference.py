"""docs/reference/gateway.md: its vectors are true and its table of refusals is whole."""

import re
from pathlib import Path

from arasha.appeals import uploads
from arasha.appeals.services import attachments, filing
from arasha.engines.channel.bundle import BUNDLE_BYTES
from arasha.engines.channel.down import ANSWER_BYTES
from arasha.engines.channel.pages import PAGE_BYTES
from arasha.engines.notes import NOTE, SignerKey, VerifierKey, parse_note, sign, verified_signatures
from arasha.engines.sealing.filing import MOST_BYTES
from arasha.gateway import errors as door_errors
from arasha.handoffs.channel_to_appeals import services, views
from arasha.problems import NotFoundProblem, Problem

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "gateway.md").read_text()
# Where the gateway's refusals are raised. Scans on paper come to the desk alone.
RAISING = (services, views, uploads, attachments, filing, door_errors)


def blocks(name: str) -> list[str]:
    return re.findall(rf"```{name}\n(.*?)```", PAGE, re.S)


def test_the_acknowledgement_on_the_page_is_the_gateway_s() -> None:
    [text] = blocks("ack")
    key = SignerKey("gateway.example/ack", NOTE, bytes(range(32, 64)))
    note = parse_note(text.encode())

    assert f"`{key.verifier}`" in PAGE
    assert len(verified_signatures(note, [VerifierKey.parse(str(key.verifier))])) == 1
    assert str(sign(note.text, [key])) == text


def test_sizes_are_what_the_page_says() -> None:
    exchanged = (BUNDLE_BYTES, ANSWER_BYTES + PAGE_BYTES, PAGE_BYTES)
    for size in (*exchanged, MOST_BYTES, uploads.MOST_BYTES):
        assert f"{size:,} bytes" in PAGE
    assert f"At most {attachments.MOST_SENT} files" in PAGE


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
