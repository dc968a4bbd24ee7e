"""All that a prison has tells no day with an appeal from a day without one; a leak that is planted is found."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from arasha.actors import WORLD
from arasha.appeals import services as appeals
from arasha.engines.notes import NOTE, SignerKey
from arasha.engines.sealing.recipient_set import RecipientSet
from arasha.journal.folder import LogFolder
from arasha.journal.lastcheckpoint import LastCheckpoint
from arasha.journal.log import Log
from arasha.wire.ingest import IngestKey
from arasha.worlds.ceremony import Ceremony
from tests.clock import Clock
from tests.gateway.prison_eye.eye import Day, Finding, look, numbers_of
from tests.gateway.prison_eye.prison import Prison, enrolled, prison
from tests.walk import ACK, LONG_AGO, Terminal

pytestmark = pytest.mark.usefixtures("door")
DAYS = 10  # of each kind, in turns
# One honest system in a thousand would be found guilty, and one in a million twice. A leak that shows
# every time is below that each time.
BY_CHANCE, NOT_BY_CHANCE = 0.001, 0.002


@pytest.fixture
def inside(
    terminal: Terminal,
    ceremony: Ceremony,
    ingest_key: IngestKey,
    recipients: RecipientSet,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Prison:
    log = Log(
        LogFolder(tmp_path / "log"),
        LastCheckpoint(tmp_path / "last" / "record.sqlite3"),
        SignerKey("test.example/log", NOTE, b"s" * 32),
        dt.datetime.date,
    )
    ceremony.add("log/vkey", f"{log.signer.verifier}\n".encode())
    ceremony.add("ingest/gateway.json", json.dumps({"ack": str(ACK.verifier)}).encode())
    ceremony.add_ingest_keys([ingest_key])
    ceremony.bring(by=WORLD, at=LONG_AGO)
    settings.ARASHA_ANSWER_BEAT_SECONDS = 0.25
    clock = Clock()
    monkeypatch.setattr("arasha.handoffs.channel_to_appeals.views.time", clock)
    device, spool = enrolled(terminal, ceremony), tmp_path / "spool"
    return prison(device, spool, clock=clock, log=log, key=ingest_key, recipients=recipients)


def judged(inside: Prison) -> Finding:
    """Let days pass, every second one with an appeal, and look at what the rack has of them."""
    labels = [number % 2 == 1 for number in range(2 * DAYS)]
    days: list[Day] = [inside.spend(somebody_writes=label) for label in labels]
    before: list[Day | None] = [None, *days]
    # The first day has nothing before it to be compared with.
    numbers = [numbers_of(day, old) for day, old in zip(days, before, strict=False)][1:]
    return look(numbers, labels[1:])


@pytest.mark.django_db(transaction=True)
def test_no_number_tells_the_days_apart(inside: Prison) -> None:
    found = judged(inside)
    if found.chance <= BY_CHANCE:
        found = judged(inside)

    assert found.chance > BY_CHANCE, found
    written = inside.delivery.status(inside.days[-1].new_leaves[0])
    assert written is not None
    assert written["state"] in {"acknowledged", "proved"}


def hurrying(inside: Prison, _change: pytest.MonkeyPatch) -> None:
    """A terminal that sends at once what somebody wrote."""
    also_after_writing(inside, inside.exchange.once)


def publishing_at_once(inside: Prison, _change: pytest.MonkeyPatch) -> None:
    """A log whose epoch ends when somebody has written."""
    also_after_writing(inside, inside.publish)


def also_after_writing(inside: Prison, act: Callable[[], None]) -> None:
    write = inside.write

    def write_and_act() -> bytes:
        leaf = write()
        act()
        return leaf

    inside.write = write_and_act  # type: ignore[method-assign]


def working_in_the_open(inside: Prison, change: pytest.MonkeyPatch) -> None:
    """A gateway with a slow disk, which answers as soon as it is done."""
    file = appeals.file

    def file_slowly(**given: Any) -> appeals.Filed:
        inside.clock.sleep(0.6)
        return file(**given)

    change.setattr(appeals, "file", file_slowly)
    change.setattr(django_settings, "ARASHA_ANSWER_BEAT_SECONDS", 0)


LEAKS = [hurrying, publishing_at_once, working_in_the_open]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("leak", LEAKS)
def test_a_planted_leak_is_found(
    inside: Prison,
    monkeypatch: pytest.MonkeyPatch,
    leak: Callable[[Prison, pytest.MonkeyPatch], None],
) -> None:
    leak(inside, monkeypatch)

    assert judged(inside).chance < NOT_BY_CHANCE
