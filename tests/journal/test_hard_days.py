"""Two sequencers, a full disk: each has a defined end, and the next round goes on."""

import datetime as dt

import pytest

from arasha.journal import sequencer
from arasha.journal.epochs import fix_epoch, state_of
from arasha.journal.errors import SignedElsewhereError
from arasha.journal.lastcheckpoint import LastCheckpoint, State
from arasha.journal.leases import give_back, take_lease
from arasha.journal.log import Log
from arasha.journal.models import Epoch
from arasha.journal.publishing import publish
from arasha.journal.sequencer import advance
from tests.journal.conftest import pend
from tests.journal.reading import published
from tests.journal.witnessing import NOON

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def take(holder: str, at: dt.datetime = NOON) -> bool:
    return take_lease(name="sequencer", holder=holder, at=at, lasts=3 * HOUR)


def test_of_two_machines_one_has_the_turn() -> None:
    assert take("first")
    assert not take("second")
    assert take("first", NOON + HOUR)


def test_a_machine_that_died_loses_its_turn() -> None:
    assert take("first")

    assert take("second", NOON + 3 * HOUR)
    assert not take("first", NOON + 4 * HOUR)


def test_a_turn_that_is_given_back_can_be_taken_at_once() -> None:
    take("first")
    give_back(name="sequencer", holder="first", at=NOON)

    assert take("second")


def test_who_was_overtaken_between_two_steps_signs_nothing(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other sequencer signs right after this one has looked at what was signed last."""
    pend(range(3))
    whole = LastCheckpoint.swap

    def overtaken(self: LastCheckpoint, old: State, new: State) -> None:
        whole(self, old, State(3, b"o" * 32))
        whole(self, old, new)

    monkeypatch.setattr(LastCheckpoint, "swap", overtaken)
    with pytest.raises(SignedElsewhereError, match="This one signed nothing"):
        advance(log, at=NOON, padded=False)
    assert log.folder.checkpoint() is None


def test_a_slow_sequencer_does_not_put_an_older_checkpoint_over_a_newer(log: Log) -> None:
    for first in (0, 3):
        pend(range(first, first + 3))
        advance(log, at=NOON, padded=False)

    publish(log, Epoch.objects.get(number=1))

    assert log.folder.state() == state_of(Epoch.objects.get(number=2))


@pytest.mark.parametrize("file", ["tile/entries/000.p/.5.new", ".checkpoint.new"])
def test_a_full_disk_signs_nothing_and_loses_nothing(log: Log, file: str) -> None:
    pend(range(3))
    advance(log, at=NOON, padded=False)
    full = log.folder.path / file
    full.symlink_to("/dev/full")  # the next write there finds no room
    pend(range(3, 5))

    with pytest.raises(OSError, match="No space left"):
        advance(log, at=NOON, padded=False)
    assert published(log.folder.path).size == 3

    full.unlink()
    advance(log, at=NOON, padded=False)
    assert published(log.folder.path).size == 5


def test_a_killed_sequencer_leaves_its_steps_to_the_next(log: Log) -> None:
    """The database has the epoch, the files are not written: the next round begins with them."""
    pend(range(3))
    fix_epoch(at=NOON, padded=False, root_after=lambda old, hashes: _root(log, old, hashes))

    assert advance(log, at=NOON, padded=False) is None
    assert published(log.folder.path).size == 3


def _root(log: Log, old: State, hashes: list[bytes]) -> bytes:
    return sequencer._grown(log.folder, old, hashes)[1]
