"""Gateway, sequencer, witness, mirror and reader in any order, with drop, duplicate, kill and restore.

What must hold whatever happens: who has an acknowledgement is in the log, exactly once, when all lines are
whole again, and the officer reads that letter once, and as it was written; and nobody who watches is ever
shown two histories: one root for each size.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp
from typing import Any

import hypothesis
import pytest
from django.db import transaction
from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from arasha.appeals.models import Appeal
from arasha.engines.notes import NOTE, SignerKey
from arasha.engines.sealing import RecipientSet, parse_filing
from arasha.engines.translog import leaf_hash
from arasha.journal import sequencer
from arasha.journal.errors import LogAheadError, NothingToRecoverError
from arasha.journal.folder import LogFolder
from arasha.journal.history import refuse_another_history
from arasha.journal.lastcheckpoint import LastCheckpoint
from arasha.journal.log import Log
from arasha.journal.models import Leaf
from arasha.journal.outside import refuse_unless_newest
from arasha.journal.recovering import recover
from arasha.journal.witnesses import ask_witnesses, refuse_troubled
from arasha.people.models import User
from tests.journal.conftest import utc_day
from tests.journal.officer import Letter, letters
from tests.journal.reading import published
from tests.journal.test_recovering import mirrored
from tests.journal.witnessing import Neighbour, witnessed_by
from tests.walk import *  # noqa: F403 - its fixtures
from tests.walk import DAY, FILED_AT, Terminal, file, posted

pytestmark = pytest.mark.django_db

FILINGS = 8
KILLED = ("fix_epoch", "write_files", "remember", "publish", "mark_published", "prune")
STEPS = (*[None] * len(KILLED), *KILLED)
WHEN = st.sampled_from(["before", "after"])
WHICH = st.integers(0, FILINGS - 1)


class Killed(BaseException):
    """kill -9: nothing catches it, and an open transaction is gone."""


@contextmanager
def killed_at(step: str | None, when: str) -> Iterator[None]:
    """The sequencer dies right before or after one of its steps."""
    if step is None:
        yield
        return
    whole = getattr(sequencer, step)
    setattr(sequencer, step, _dying(whole, when))
    try:
        yield
    except Killed:
        pass
    finally:
        setattr(sequencer, step, whole)


def _dying(step: Callable[..., Any], when: str) -> Callable[..., Any]:
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if when == "after":
            step(*args, **kwargs)
        raise Killed

    return wrapped


@dataclass(frozen=True)
class Desk:
    """What lies at the desk, and what of it nobody has opened: leaf hashes."""

    held: frozenset[bytes] = frozenset()
    new: frozenset[bytes] = frozenset()

    def receive(self, leaf: bytes) -> "Desk":
        return self if leaf in self.held else Desk(self.held | {leaf}, self.new | {leaf})


class Country(RuleBasedStateMachine):
    """One log with its terminal, its witness, a mirror and an officer's reader, and one backup."""

    terminal: Terminal
    officer: User
    settings: Any
    filings: list[bytes]

    @initialize()
    def begin(self) -> None:
        self.world = transaction.atomic()
        self.world.__enter__()
        self.folder = Path(mkdtemp(prefix="arasha-state-"))
        bare = Log(
            LogFolder(self.folder / "log"),
            LastCheckpoint(self.folder / "last" / "record"),
            SignerKey("test.example/log", NOTE, b"s" * 32),
            utc_day,
        )
        self.witness = Neighbour(self.folder / "court", "court", bare.keys)
        (self.folder / "mirror").mkdir()
        self.mirror = mirrored(self.folder / "mirror")
        address = self.mirror.__enter__()
        self.log = replace(witnessed_by(bare, [self.witness], "any"), mirrors=(address,))
        self.settings.ARASHA_LOG_DIR = self.folder / "log"
        self.acknowledged: set[bytes] = set()
        self.desk = self.saved_desk = Desk()
        self.seen: list[bytes] = []
        self.is_sure = False
        self.at = FILED_AT + DAY  # past, so that the desk's own clock never runs behind it
        self.saved, self.saved_size = transaction.savepoint(), 0

    @rule(which=WHICH, came=st.sampled_from(["both ways", "not back", "not there"]))
    def send(self, which: int, came: str) -> None:
        """A terminal files, in any order and as often as it likes; the line may drop either way."""
        if came == "not there":
            return
        filed = file(self.terminal, self.filings[which], at=FILED_AT)
        self.desk = self.desk.receive(filed.leaf_hash)
        if came == "both ways":
            self.acknowledged.add(filed.leaf_hash)

    @rule(which=WHICH, step=st.sampled_from(STEPS), when=WHEN, is_attested=st.booleans())
    def publish(self, which: int, step: str | None, when: str, is_attested: bool) -> None:
        """An epoch with one filing at least; the sequencer may be killed in it."""
        self.send(which, "both ways")
        self.at += dt.timedelta(hours=1)
        with killed_at(step, when):
            self._publish()
        if step is not None:
            self.is_sure = False  # a process that starts asks first
        if is_attested:
            self.attest()

    @rule()
    def read(self) -> None:
        """The officer opens what is new at the desk: every letter, once, as it was written."""
        assert sorted(letters(self.officer, only_new=True)) == self._written(self.desk.new)
        self.desk = Desk(self.desk.held)

    @rule()
    def attest(self) -> None:
        """The mirror copies what is public, and the witness cosigns it if it is there."""
        self._copy_to_mirror()
        ask_witnesses(self.log, at=self.at)

    @rule()
    def lose_the_witness_or_get_it_back(self) -> None:
        if self.witness.is_gone:
            self.witness.come()
        else:
            self.witness.go()

    @precondition(lambda self: self.log.folder.size() > self.saved_size)
    @rule()
    def backup(self) -> None:
        self.saved, self.saved_size = transaction.savepoint(), self.log.folder.size()
        self.saved_desk = self.desk
        rmtree(self.folder / "yesterday", ignore_errors=True)
        for name in ("log", "last"):
            if (self.folder / name).exists():
                copytree(self.folder / name, self.folder / "yesterday" / name)

    @precondition(lambda self: self.log.folder.size() > self.saved_size)
    @rule(whole_machine=st.booleans(), which=WHICH)
    def restore(self, whole_machine: bool, which: int) -> None:
        """Yesterday's database, alone or with the log's folder and the record of what was signed.

        A terminal is faster than the operator: it files before anybody has recovered anything.
        """
        transaction.savepoint_rollback(self.saved)
        self.desk = self.saved_desk
        self.is_sure = False
        if whole_machine:
            for name in ("log", "last"):
                rmtree(self.folder / name, ignore_errors=True)
                if (self.folder / "yesterday" / name).exists():
                    copytree(self.folder / "yesterday" / name, self.folder / name)
        self.send(which, "both ways")

    @invariant()
    def no_leaf_has_two_appeals(self) -> None:
        hashes = [bytes(each) for each in Appeal.objects.values_list("leaf_hash", flat=True)]
        assert len(hashes) == len(set(hashes))

    def teardown(self) -> None:
        """All lines are whole again, terminals send what they keep: everything acknowledged is there and read."""
        try:
            if hasattr(self, "log"):
                self._end_well()
        finally:
            if hasattr(self, "world"):
                self.mirror.__exit__(None, None, None)
                self.witness.go()
                transaction.set_rollback(True)
                self.world.__exit__(None, None, None)
                rmtree(self.folder)

    def _end_well(self) -> None:
        if self.witness.is_gone:
            self.witness.come()
        for which, body in enumerate(self.filings):
            if leaf_of(body) in self.acknowledged:
                self.send(which, "both ways")
        self.is_sure = False
        self.at += dt.timedelta(hours=1)
        self._publish()
        self.attest()
        self.read()
        assert sorted(letters(self.officer, only_new=False)) == self._written(self.desk.held)
        assert self.acknowledged <= self.desk.held
        if not self.acknowledged:
            return
        entries = [leaf_hash(entry) for entry in published(self.log.folder.path).entries]
        assert all(entries.count(each) == 1 for each in self.acknowledged)
        kept = Appeal.objects.filter(leaf_hash__in=self.acknowledged)
        assert kept.count() == len(self.acknowledged)
        assert not Leaf.objects.filter(hash__in=self.acknowledged, record_missing=True).exists()

    def _written(self, leaves: Set[bytes]) -> list[Letter]:
        """What the terminal sealed under these leaves, and under which."""
        sealed = [(leaf_of(body), text_of(number)) for number, body in enumerate(self.filings)]
        return sorted(each for each in sealed if each[0] in leaves)

    def _publish(self) -> None:
        """What `arasha sequencer` does in a round, and an operator when it refuses."""
        try:
            refuse_another_history(self.log)
            refuse_troubled(self.log)
            if not self.is_sure:
                refuse_unless_newest(self.log)
        except LogAheadError:
            self._recover()
        self.is_sure = True
        sequencer.advance(self.log, at=self.at, padded=False)

    def _recover(self) -> None:
        try:
            recover(self.log, at=self.at)
        except NothingToRecoverError:
            pytest.fail("the sequencer said that the log is ahead, and nobody knows more")

    def _copy_to_mirror(self) -> None:
        source = self.log.folder.path
        if not self.log.folder.size():
            return
        shown = published(source).entries
        both = min(len(shown), len(self.seen))
        assert shown[:both] == self.seen[:both], "whoever watches was shown two histories"
        if len(shown) < len(self.seen):
            return  # as `arasha log mirror` does: what is newer stays
        self.seen = shown
        # As a web server's mirror does: files only come, the checkpoint last.
        copytree(source, self.folder / "mirror", dirs_exist_ok=True)


def leaf_of(body: bytes) -> bytes:
    return leaf_hash(parse_filing(body).leaf.encode())


def text_of(number: int) -> str:
    return f"appeal {number}"


def test_whatever_happens_what_was_acknowledged_is_in_the_log_once(
    terminal: Terminal, recipients: RecipientSet, officer: User, settings: Any
) -> None:
    Country.terminal, Country.officer, Country.settings = terminal, officer, settings
    Country.filings = [posted(recipients, text=text_of(number)) for number in range(FILINGS)]

    run_state_machine_as_test(
        Country,
        settings=hypothesis.settings(
            max_examples=25,
            stateful_step_count=18,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
