"""Whatever happens to relay, line, stick and disk: what was acknowledged is at the gateway once, or waits."""

from collections import deque
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp
from typing import Any
from urllib.parse import urlsplit

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from arasha.engines.channel.bundle import parse_bundle
from arasha.programs.relay.carrying import carry_in, carry_out
from arasha.programs.relay.forwarding import Forwarding, NoAnswerError
from arasha.programs.relay.house import open_relay, pin
from arasha.wire import client, serving
from tests.programs.relay.prison import MOODS, ROOT, Gateway

TERMINALS = st.integers(0, 2)


class ToGateway(client.Client):
    """The same requests without a socket."""

    def __init__(self, gateway: Gateway) -> None:
        super().__init__("http://gateway")
        self._gateway = gateway

    def ask(self, method: str, path: str, *, body: bytes = b"", **_rest: Any) -> client.Answer:
        asked = urlsplit(path)
        request = serving.Request(method, asked.path, {}, body, asked.query)
        try:
            answer = self._gateway.answer(request, port=0)
        except serving.Refusal as refusal:
            answer = self._gateway.refused(refusal)
        return client.Answer(answer.status, answer.body)


class Prison(RuleBasedStateMachine):
    """Three terminals, a relay, a stick, and an older copy of the relay's disk."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="arasha-relay-"))
        self.stick = self.folder / "stick"
        self.stick.mkdir()
        self.gateway = Gateway()
        self.terminals = [self.gateway.terminal() for _ in range(3)]
        self.acknowledged: set[bytes] = set()
        self.in_copy: set[bytes] = set()
        self.sent: deque[bytes] = deque(maxlen=8)
        pin(self.folder / "relay", ROOT)
        self._open()
        copytree(self.folder / "relay", self.folder / "copy")

    def teardown(self) -> None:
        rmtree(self.folder)

    @rule(which=TERMINALS)
    def terminal_speaks(self, which: int) -> None:
        self._take(self.terminals[which].bundle())

    @rule(which=TERMINALS)
    def bundle_is_lost_before_the_relay(self, which: int) -> None:
        self.terminals[which].bundle()

    @rule()
    def bundle_comes_again(self) -> None:
        if self.sent:
            self._take(self.sent[0])

    @rule(mood=st.sampled_from(["well", "losing answers", "forging", *MOODS]))
    def line_tries(self, mood: str) -> None:
        self.gateway.mood = mood
        with suppress(NoAnswerError):
            self.line.once()
        self.gateway.mood = "well"

    @rule()
    def stick_goes_out(self) -> None:
        carry_out(self.relay, self.stick, token="")

    @rule()
    def stick_comes_back(self) -> None:
        self.gateway.import_stick(self.stick, self.stick)
        carry_in(self.relay, self.stick)

    @rule()
    def relay_starts_anew(self) -> None:
        self._open()

    @rule()
    def disk_is_copied(self) -> None:
        rmtree(self.folder / "copy")
        copytree(self.folder / "relay", self.folder / "copy")
        self.in_copy = set(self.acknowledged)

    @rule()
    def older_copy_is_brought_back(self) -> None:
        rmtree(self.folder / "relay")
        copytree(self.folder / "copy", self.folder / "relay")
        # What came after the copy the terminals send again in new bundles: not the relay's part.
        self.acknowledged = {each for each in self.acknowledged if self._has(each)} | self.in_copy
        self._open()

    @rule()
    def day_ends(self) -> None:
        self.gateway.close_day()

    @invariant()
    def what_was_acknowledged_is_there_or_waits(self) -> None:
        waiting = {sha256(each).digest() for each in self.relay.rack.waiting()}
        assert all(self._has(each) or each in waiting for each in self.acknowledged)

    @invariant()
    def gateway_counts_each_once(self) -> None:
        counted = [each.sha256() for came in self.gateway.days.values() for each in came]
        assert len(counted) == len(set(counted))

    @invariant()
    def receipts_are_of_what_the_gateway_has(self) -> None:
        for day in self.relay.receipts.days():
            kept = self.relay.receipts.of(day)
            assert kept.count <= sum(key[0] == day.terminal for key in self.gateway.had)

    def _take(self, bundle: bytes) -> None:
        self.relay.rack.keep(parse_bundle(bundle))
        self.sent.append(bundle)
        self.acknowledged.add(sha256(bundle).digest())

    def _has(self, digest: bytes) -> bool:
        return any(key[2] == digest for key in self.gateway.had)

    def _open(self) -> None:
        self.relay = open_relay(self.folder / "relay", demo=False)
        self.line = Forwarding(self.relay, ToGateway(self.gateway), jitter=lambda: 0.0)


Prison.TestCase.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
TestPrison = Prison.TestCase
