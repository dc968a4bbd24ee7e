"""Terminals, relay, stick, gateway and sequencer as they are, and everything that may happen to them.

What must hold whatever is dropped, doubled, late, out of order, killed at a write, cut off from power, brought
back from an old copy or told a false day: what a person has a slip for is here exactly once when the lines are
quiet again, and its proof is at the terminal; nothing half remains, and no number is missing without a reason.

ARASHA_STATE_EXAMPLES=500 looks longer.
"""

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp
from types import SimpleNamespace
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

from arasha.actors import Actor
from arasha.appeals.models import Appeal, Attachment
from arasha.channel import services as channel
from arasha.channel import tick
from arasha.channel.models import Alarm, Chain, Piece, Refusal
from arasha.country import local_day
from arasha.engines.channel.bundle import parse_bundle
from arasha.engines.channel.window import Window
from arasha.engines.translog import leaf_hash
from arasha.handoffs.channel_to_appeals import services, views
from arasha.handoffs.channel_to_appeals.allowance import Allowance
from arasha.handoffs.channel_to_appeals.carrying import carry
from arasha.journal import sequencer
from arasha.journal.folder import LogFolder
from arasha.journal.lastcheckpoint import LastCheckpoint
from arasha.journal.log import Log
from arasha.journal.models import Entry, Leaf
from arasha.programs.relay.carrying import carry_in, carry_out
from arasha.programs.relay.forwarding import NoAnswerError
from arasha.programs.relay.proving import Verdict, judged
from arasha.wire.client import UnreachableError
from arasha.wire.serving import Request
from tests.gateway.conftest import door as door
from tests.handoffs.channel_to_appeals.country import TERMINALS, Country, Written
from tests.handoffs.channel_to_appeals.country import country as country
from tests.handoffs.channel_to_appeals.dying import Killed, Synced, everybody_is_mortal, fate
from tests.handoffs.channel_to_appeals.joined import MOODS, Machine, Rack, Wire, gateway
from tests.journal.conftest import utc_day
from tests.journal.reading import SIGNER, published
from tests.walk import DAY, NOW

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("ARASHA_STATE_EXAMPLES", "24"))
STEPS = 22
MOST_DAYS = 6  # the ingest key of the tests lasts longer
MONITOR = Actor.user("monitor")

WHICH = st.integers(0, TERMINALS - 1)
ANY = st.integers(0, 99)
MOOD = st.just("well") | st.sampled_from(MOODS)
TIMES = st.sampled_from([1, 2, 4, 8])
DIES = st.none() | st.none() | st.integers(0, 30)  # after so many writes
POWER = st.booleans()  # whether a death was a power cut


class World(RuleBasedStateMachine):
    country: Country
    synced: Synced
    patch: pytest.MonkeyPatch
    now = NOW  # at the gateway, and all over the country

    @initialize()
    def begin(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.folder = Path(mkdtemp(prefix="arasha-state-"))
        copytree(self.country.folder, self.folder, dirs_exist_ok=True)
        (self.folder / "stick").mkdir()
        self.synced.begin(self.folder)
        self.country.settings.ARASHA_LOG_DIR = self.folder / "log"
        self.patch.setattr(services, "allowance", Allowance())
        World.now, self.days = NOW, 0
        self.clocks = [dt.timedelta(0)] * TERMINALS  # how far each terminal's clock is wrong
        self.to_gateway = Wire(gateway(self.country.door), died=self._gateway_died)
        self.rack = Rack(self.folder / "relay", self.to_gateway, lambda: self.now)
        self.wires = [Wire(self._at_relay, died=self._relay_died) for _ in range(TERMINALS)]
        self.machines = [self._machine(which) for which in range(TERMINALS)]
        self.token = channel.issue_token(by=MONITOR, at=NOW)
        # By terminal and number in `letters`: who has a slip, and who only tried to get one.
        self.slips: set[tuple[int, int]] = set()
        self.tried: set[tuple[int, int]] = set()
        self.files: set[tuple[bytes, str]] = set()
        self.tried_files: set[tuple[bytes, str]] = set()
        self.lost: set[tuple[str, int]] = set()  # bundles that an older copy of the rack never had
        self._copy_relay()

    @rule(which=WHICH, number=ANY, after=DIES, power=POWER, beats=st.sampled_from([0, 1, 8]))
    def write(self, which: int, number: int, after: int | None, power: bool, beats: int) -> None:
        """An appeal, a cover, or once more what was written; its files follow when there is a slip."""
        number %= len(self.country.letters[which])
        written, kiosk = self.country.letters[which][number], self.machines[which].kiosk
        take = kiosk.cover if written.is_cover else kiosk.appeal
        self.tried.add((which, number))
        with self._dying(which, after, power):
            take(Request("POST", "", {}, written.posted))
            self.slips.add((which, number))
            for file in written.files:
                name = sha256(file).hexdigest()
                self.tried_files.add((written.leaf, name))
                kiosk.attach(Request("POST", "", {}, file), written.leaf.hex(), name)
                self.files.add((written.leaf, name))
            self.machines[which].beat(beats)

    @rule(which=WHICH, times=TIMES, mood=MOOD, after=DIES, power=POWER)
    def beat(self, which: int, times: int, mood: str, after: int | None, power: bool) -> None:
        """Terminal and relay exchange; either of them may die at any write of it."""
        self.wires[which].mood = mood
        with self._dying(which, after, power):
            self.machines[which].beat(times)

    @rule(times=TIMES, mood=MOOD, after=DIES)
    def relay_sends(self, times: int, mood: str, after: int | None) -> None:
        """Relay and gateway exchange; a bundle that the gateway is too busy for lets others pass."""
        self.to_gateway.mood = mood
        try:
            with fate.after(after):
                for _ in range(times):
                    self._send()
        except Killed:
            self.rack.start()

    @precondition(lambda self: self.rack.given)
    @rule(number=ANY, at_relay=st.booleans(), after=DIES)
    def bundle_comes_again(self, number: int, at_relay: bool, after: int | None) -> None:
        """Any that ever was on the line, in any order."""
        bundle = self.rack.given[number % len(self.rack.given)]
        far = self._at_relay if at_relay else gateway(self.country.door)
        with self._gateway_dying(after):
            far("POST", "/v1/bundles?page=0", bundle)

    @rule(has_token=st.booleans(), after=DIES)
    def stick_goes_out(self, has_token: bool, after: int | None) -> None:
        with self._stick_dying(after):
            carry_out(self.rack.relay, self.folder / "stick", token=self.token * has_token)

    @rule(after=DIES)
    def stick_is_read(self, after: int | None) -> None:
        """At the gateway; what belongs to it goes back on it."""
        stick = self.folder / "stick"
        with self._stick_dying(after):
            carry(stick=stick, out=stick, by=MONITOR, at=self.now)

    @rule(after=DIES)
    def stick_comes_back(self, after: int | None) -> None:
        with self._stick_dying(after):
            carry_in(self.rack.relay, self.folder / "stick")

    @rule(at=st.integers(0, 2**20), is_lost=st.booleans())
    def stick_is_spoilt_or_lost(self, at: int, is_lost: bool) -> None:
        for file in (self.folder / "stick").iterdir():
            data = bytearray(file.read_bytes())
            place = at % max(len(data), 1)
            data[place : place + 1] = b"\xff"
            file.unlink() if is_lost else file.write_bytes(data)

    @rule(power=POWER)
    def everybody_starts_anew(self, power: bool) -> None:
        for which in range(TERMINALS):
            self._terminal_died(which, power)
        self._relay_died()

    @rule()
    def relay_is_copied(self) -> None:
        self._copy_relay()

    @rule()
    def older_copy_is_brought_back(self) -> None:
        heads = [parse_bundle(each).head for each in self.rack.relay.rack.waiting()]
        self.lost |= {(str(head.terminal), head.seq) for head in heads}
        rmtree(self.folder / "relay")
        copytree(self.folder / "copy", self.folder / "relay")
        self.rack.start()

    @rule(which=WHICH, years=st.integers(-10, 10))
    def clock_jumps(self, which: int, years: int) -> None:
        self.clocks[which] = 365 * years * DAY

    @precondition(lambda self: self.days < MOST_DAYS)
    @rule(beats=st.integers(0, 4))
    def day_passes_without_a_line(self, beats: int) -> None:
        """A night begins and ends; the rack takes what comes."""
        self.days += 1
        World.now += DAY
        for machine in self.machines:
            machine.beat(beats)

    @rule(after=DIES)
    def server_does_its_rounds(self, after: int | None) -> None:
        """The tick closes days and tells the stream, the sequencer publishes; either may die."""
        with self._gateway_dying(after):
            self._rounds()

    @invariant()
    def nothing_is_here_twice_or_from_nobody(self) -> None:
        if not hasattr(self, "machines"):
            return
        here = self._appeals()
        assert len(here) == len(set(here))
        assert set(here) <= {each.leaf for each in self._of(self.tried) if not each.is_cover}
        assert not Refusal.objects.exists()
        assert not Alarm.objects.exists()

    @invariant()
    def what_a_terminal_believes_to_have_arrived_is_here(self) -> None:
        for which, number in getattr(self, "slips", ()):
            leaf = self.country.letters[which][number].leaf
            status = self.machines[which].delivery.status(leaf)
            assert status, "a slip without a filing"
            if status["state"] != "kept":
                assert Leaf.objects.filter(hash=leaf).count() == 1
            assert status["state"] != "proved" or leaf in self._published()
            assert status["problem"] is None

    def teardown(self) -> None:
        try:
            if hasattr(self, "machines"):
                self._all_is_quiet_again()
        finally:
            if hasattr(self, "undo"):
                transaction.set_rollback(True)
                self.undo.__exit__(None, None, None)
                rmtree(self.folder)

    def _all_is_quiet_again(self) -> None:
        self.everybody_starts_anew(power=True)
        for _ in range(40):
            if self._is_all_proved():
                break
            self._quiet_beat()
        self._quiet_beat()
        self.nothing_is_here_twice_or_from_nobody()
        self.what_a_terminal_believes_to_have_arrived_is_here()
        self._what_has_a_slip_is_here_once()
        self._no_half_remains()
        self._no_number_is_missing_without_a_reason()
        self._prison_has_its_evidence()

    def _quiet_beat(self) -> None:
        for machine in self.machines:
            machine.beat()
        while self._send() and self.rack.relay.rack.counts()[0]:
            pass
        self._rounds()

    def _is_all_proved(self) -> bool:
        for which, number in self.slips:
            written = self.country.letters[which][number]
            status = self.machines[which].delivery.status(written.leaf) or {}
            files = status.get("attachments", {}).values()
            if status.get("state") != "proved" or set(files) - {"arrived"}:
                return False
        return True

    def _what_has_a_slip_is_here_once(self) -> None:
        assert self._is_all_proved()
        sure, tried = self._of(self.slips), self._of(self.tried)
        assert {each.leaf for each in sure if not each.is_cover} <= set(self._appeals())
        entries = self._published()
        assert all(entries.count(each.leaf) == 1 for each in sure)
        assert all(entries.count(each.leaf) <= 1 for each in tried)
        rows = Attachment.objects.values_list("appeal__leaf_hash", "sha256")
        here = [(bytes(leaf), name) for leaf, name in rows]
        assert len(here) == len(set(here))
        of_covers = {each.leaf for each in tried if each.is_cover}  # of theirs nothing is kept
        sure_files = {each for each in self.files if each[0] not in of_covers}
        assert sure_files <= set(here) <= self.tried_files
        assert not of_covers & {leaf for leaf, _ in here}

    def _no_half_remains(self) -> None:
        assert not Piece.objects.exists()
        assert self.rack.relay.rack.counts() == (0, 0)
        assert Entry.objects.filter(act="stick.brought").count() <= 1

    def _no_number_is_missing_without_a_reason(self) -> None:
        for chain in Chain.objects.all():
            window, name = Window.parse(chain.window), str(chain.device_id)
            missing = {seq for first, last in window.gaps() for seq in range(first, last + 1)}
            assert {(name, seq) for seq in missing} <= self.lost
            assert not window.breaks

    def _prison_has_its_evidence(self) -> None:
        """Of every day what the gateway signed, and the leaf of those that are over."""
        World.now += DAY
        self._rounds()
        self._quiet_beat()
        self.rack.line.fetch_evidence()
        relay = self.rack.relay
        for day in relay.receipts.days():
            verdict = judged(day, relay.receipts.of(day), relay.believing).verdict
            is_over = day.day < local_day(self.now)
            assert verdict is (Verdict.PROVED if is_over else Verdict.RECEIPTS)

    def _send(self) -> bool:
        with suppress(NoAnswerError, UnreachableError):
            return self.rack.line.once()
        return False

    def _rounds(self) -> None:
        tick.tick(at=self.now)
        tick.tell(at=self.now)
        World.now += dt.timedelta(minutes=1)
        sequencer.advance(self._log(), at=self.now, padded=False)

    def _log(self) -> Log:
        last = LastCheckpoint(self.folder / "last" / "record.sqlite3")
        return Log(LogFolder(self.folder / "log"), last, SIGNER, utc_day)

    def _published(self) -> list[bytes]:
        if not LogFolder(self.folder / "log").size():
            return []
        return [leaf_hash(entry) for entry in published(self.folder / "log").entries]

    def _appeals(self) -> list[bytes]:
        return [bytes(each) for each in Appeal.objects.values_list("leaf_hash", flat=True)]

    def _of(self, which: set[tuple[int, int]]) -> list[Written]:
        return [self.country.letters[terminal][number] for terminal, number in which]

    def _machine(self, which: int) -> Machine:
        folder, device = self.folder / str(which), self.country.devices[which]
        return Machine(folder, device, self.wires[which], lambda: self.now + self.clocks[which])

    def _at_relay(self, method: str, path: str, body: bytes) -> Any:
        return self.rack.answer(method, path, body)

    @contextmanager
    def _dying(self, which: int, after: int | None, power: bool) -> Iterator[None]:
        try:
            with fate.after(after):
                yield
        except Killed:
            self._terminal_died(which, power)

    def _terminal_died(self, which: int, power: bool) -> None:
        if power:
            self.synced.cut_the_power(self.machines[which].folder)
        self.machines[which].start()

    @contextmanager
    def _gateway_dying(self, after: int | None) -> Iterator[None]:
        try:
            with fate.after(after):
                yield
        except Killed:
            self._gateway_died()

    def _gateway_died(self) -> None:
        """What it wrote outside of a transaction stands; what was in one was rolled back."""
        transaction.set_rollback(False)
        self.patch.setattr(services, "allowance", Allowance())

    @contextmanager
    def _stick_dying(self, after: int | None) -> Iterator[None]:
        """Who reads or writes it is killed, and the stick is pulled out."""
        try:
            with fate.after(after):
                yield
        except Killed:
            self._gateway_died()
            self._relay_died()
            self.synced.cut_the_power(self.folder / "stick")

    def _relay_died(self) -> None:
        self.rack.start()

    def _copy_relay(self) -> None:
        rmtree(self.folder / "copy", ignore_errors=True)
        copytree(self.folder / "relay", self.folder / "copy")


def test_whatever_happens_on_the_way_what_has_a_slip_is_here_once(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    World.country, World.patch = country, monkeypatch
    monkeypatch.setattr(views, "timezone", SimpleNamespace(now=lambda: World.now))
    with everybody_is_mortal() as World.synced:
        run_state_machine_as_test(
            World,
            settings=hypothesis.settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
