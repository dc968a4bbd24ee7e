"""Chain of custody: any change, gap, swap or step back in time is found at its place."""

import datetime as dt
from dataclasses import replace
from hashlib import sha256

import pytest

from arasha.engines.documents.custody import (
    CustodyAct,
    CustodyError,
    first_act,
    next_act,
    verify_custody,
)

NOON = dt.datetime(2024, 3, 7, 12, tzinfo=dt.UTC)
CONTENT = sha256(b"a scan").hexdigest()


def chain(length: int = 5) -> list[CustodyAct]:
    acts = [first_act(document="document:1", act="received", by="user:1", at=NOON, content=CONTENT)]
    for hour, act in enumerate(["viewed", "copied_out", "handed_over", "returned"][: length - 1]):
        at = NOON + dt.timedelta(hours=hour)
        acts.append(next_act(acts[-1], act=act, by="user:2", to="body:3", at=at, content=CONTENT))
    return acts


def test_a_whole_chain_holds() -> None:
    assert verify_custody(chain()) is None
    assert verify_custody([]) is None


@pytest.mark.parametrize("index", range(5))
@pytest.mark.parametrize(
    "change",
    [
        {"act": "held"},
        {"by": "user:9"},
        {"to": "body:9"},
        {"note": "x"},
        {"at": NOON + dt.timedelta(days=9)},
        {"content": "0" * 64},
        {"document": "document:2"},
        {"seq": 9},
        {"before": "1" * 64},
        {"hash": "1" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_act_is_found_at_its_place(index: int, change: dict[str, object]) -> None:
    acts = chain()
    acts[index] = replace(acts[index], **change)  # type: ignore[arg-type]

    found = verify_custody(acts)
    assert found is not None
    assert found <= index if {"content", "document"} & change.keys() else found == index


def test_an_act_changed_and_hashed_anew_breaks_the_next() -> None:
    acts = chain()
    forged = next_act(acts[1], act="viewed", by="user:9", at=acts[2].at, content=CONTENT)

    assert verify_custody([*acts[:2], forged, *acts[3:]]) == 3


def test_a_missing_and_a_swapped_act_are_found() -> None:
    acts = chain()

    assert verify_custody(acts[:2] + acts[3:]) == 2
    assert verify_custody([acts[0], acts[2], acts[1], *acts[3:]]) == 1
    assert verify_custody(acts[1:]) == 0


def test_one_moment_in_two_offsets_is_one_act() -> None:
    almaty = NOON.astimezone(dt.timezone(dt.timedelta(hours=5)))
    same = first_act(document="document:1", act="received", by="user:1", at=almaty, content=CONTENT)

    assert same.hash == chain(1)[0].hash


def test_a_content_that_changed_has_no_next_act() -> None:
    with pytest.raises(CustodyError, match="stop, and say so"):
        next_act(chain()[-1], act="viewed", by="user:1", at=NOON.replace(hour=20), content="0" * 64)


def test_time_does_not_run_backwards() -> None:
    with pytest.raises(CustodyError, match="before the last act"):
        next_act(chain()[-1], act="viewed", by="user:1", at=NOON, content=CONTENT)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"at": dt.datetime(2024, 3, 7)}, "offset"),  # noqa: DTZ001
        ({"content": "ABC"}, "SHA-256"),
        ({"act": ""}, "act"),
        ({"by": ""}, "by"),
    ],
)
def test_a_malformed_part_is_refused(change: dict[str, object], reason: str) -> None:
    parts: dict[str, object] = {
        **{"document": "document:1", "act": "received", "by": "user:1"},
        **{"at": NOON, "content": CONTENT},
    }
    with pytest.raises(CustodyError, match=reason):
        first_act(**{**parts, **change})  # type: ignore[arg-type]
