"""Texts that are JSON and nothing that a database takes: refused, never a fault of the desk."""

import pytest

from arasha.appeals.models import Appeal
from tests.appeals.reader import Reader

HERE = "<here>"
REQUESTS: list[tuple[str, dict[str, object]]] = [
    ("appeals/{key}/notes", {"kind": HERE, "sealed": ""}),
    ("appeals/{key}/replies", {"tag": "", "sealed": "", "shown": HERE}),
    ("appeals/{key}/headers", {"set": HERE, "headers": [{"part": "text", "header": "AA=="}]}),
    (
        "appeals/{key}/recorded",
        {"category": "", "urgency": "", "place": HERE, "accused_body": ""},
    ),
    (
        "appeals/{key}/recorded",
        {"category": "", "urgency": "", "place": "", "accused_body": HERE},
    ),
    ("coverage", {"recipient": HERE, "opened": [], "failed": []}),
    ("liveness", {"recipient": HERE, "nonce": "x"}),
    ("liveness", {"recipient": "age1", "nonce": HERE}),
    ("entered", {"filing": "", "channel": HERE, "received_on": "2026-01-01"}),
]


@pytest.mark.parametrize("rubbish", ["\ud800", "a\0b", "\x1b[2J"])
@pytest.mark.parametrize(("path", "content"), REQUESTS)
def test_half_characters_and_zero_bytes_are_refused(
    path: str, content: dict[str, object], rubbish: str, opened: Appeal, reader: Reader
) -> None:
    said = {name: rubbish if value == HERE else value for name, value in content.items()}

    status, told = reader.post(path.format(key=opened.key), **said)

    assert (status, told["problem"]) == (400, "unreadable_request")


@pytest.mark.parametrize("path", ["headers", "liveness"])
def test_a_zero_byte_in_an_address_finds_nothing(path: str, opened: Appeal, reader: Reader) -> None:
    assert reader.get(path, recipient="a\0b")[0] in (200, 404)
