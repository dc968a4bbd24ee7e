import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.sealing.card import CARD_BYTES
from arasha.engines.sealing.errors import FilingError
from arasha.engines.sealing.filing import MOST_BYTES, Filing, build_filing, parse_filing
from tests.engines.sealing.samples import APPEALS, sealed

LEAF = APPEALS[0]["leaf"]
FILING = Filing("ombudsman-2026-1", LEAF, sealed(), sealed(bytes(CARD_BYTES)))


def changed(**fields: object) -> bytes:
    content = json.loads(build_filing(FILING)) | fields
    return json.dumps(content, separators=(",", ":"), sort_keys=True).encode()


@given(envelope=st.binary(max_size=500), card=st.binary(max_size=500))
def test_what_is_built_is_parsed_the_same(envelope: bytes, card: bytes) -> None:
    filing = Filing("ombudsman-2026-1", LEAF, envelope, card)

    assert parse_filing(build_filing(filing)) == filing


@pytest.mark.parametrize(
    ("posted", "reason"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "exactly the fields"),
        (changed(extra=1), "exactly the fields"),
        (changed(v=1), "version 1, expected 2"),
        (changed(v=True), "version True, expected 2"),
        (changed(set=7), "are texts"),
        (changed(set="../other"), "not the name of a recipient set"),
        (changed(leaf="arasha/v1\nevent\n" + "A" * 64), "not the leaf of an event"),
        (changed(leaf=LEAF.replace("event", "policy")), "not the leaf of an event"),
        (changed(leaf=LEAF + "\n"), "not the leaf of an event"),
        (changed(envelope="AA=A"), "not base64"),
        (changed(envelope="ұ"), "not base64"),
        (changed(envelope="AB=="), "not in canonical JSON"),
        (changed(card="AA=A"), "not base64"),
        (changed(card="AB=="), "not in canonical JSON"),
        (changed(card=None), "are texts"),
        (build_filing(FILING) + b"\n", "not in canonical JSON"),
        (build_filing(FILING).replace(b",", b", ", 1), "not in canonical JSON"),
        (build_filing(FILING).replace(b"{", b'{"v":2,', 1), "not in canonical JSON"),
    ],
)
def test_a_filing_out_of_form_is_refused_and_says_why(posted: bytes, reason: str) -> None:
    with pytest.raises(FilingError, match=reason):
        parse_filing(posted)


def test_a_filing_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(FilingError, match="at most 655,360 are taken"):
        parse_filing(b"{" * (MOST_BYTES + 1))


def test_the_largest_appeal_to_the_most_people_still_fits() -> None:
    largest_hybrid_header = 22 + 64 * 1557 + 48
    envelope = bytes(largest_hybrid_header + 16 + 262_144 + 4 * 16)
    card = bytes(largest_hybrid_header + 16 + CARD_BYTES + 16)
    filing = Filing("s", LEAF, envelope, card)

    assert len(build_filing(filing)) <= MOST_BYTES
