"""What a client holds, read again: spoilt pieces are named, and a strange stamp silences nobody."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from arasha.engines.notes import MalformedError
from arasha.wire.trust import Held, first, follow
from arasha.worlds.ceremony import Ceremony
from tests.wire.trust.test_following import AT, set_of


@pytest.fixture
def held(tmp_path: Path) -> Held:
    made = Ceremony.begin(tmp_path / "trust", at=AT, demo=False)
    made.publish(set_of("ombudsperson"))
    made.freshen(AT)
    pinned = first((made.folder.path / "1.root.json").read_bytes(), demo=False)
    return follow(pinned, made.folder.fetch, demo=False).held


def stamped(held: Held, said: object) -> Held:
    """As whoever has the freshness key could stamp it."""
    timestamp = json.loads(held.timestamp)
    timestamp["signed"]["arasha"] = said
    return replace(held, timestamp=json.dumps(timestamp).encode())


def test_a_stamp_names_its_day(held: Held) -> None:
    assert held.said_on() == AT.date()
    assert stamped(held, {"said_on": "2026-04-05"}).said_on() == dt.date(2026, 4, 5)


@pytest.mark.parametrize(
    "said", [None, 5, "x", ["said_on"], {}, {"said_on": 5}, {"said_on": "soon"}]
)
def test_a_strange_stamp_names_no_day(held: Held, said: object) -> None:
    assert stamped(held, said).said_on() is None


def test_what_was_written_is_read_again(held: Held) -> None:
    assert Held.parse_whole(held.to_json()) == held


@pytest.mark.parametrize("piece", ["root", "timestamp", "snapshot"])
def test_a_piece_that_a_disk_spoilt_is_told(held: Held, piece: str) -> None:
    spoilt = replace(held, **{piece: getattr(held, piece)[:-40]})

    with pytest.raises(MalformedError, match="spoilt"):
        Held.parse_whole(spoilt.to_json())
