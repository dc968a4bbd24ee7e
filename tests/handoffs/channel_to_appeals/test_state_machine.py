"""A terminal and the gateway with a bad line between: drop, twice, late, out of order, killed, restarted.

What must hold whatever happens: what the terminal was told is kept is here exactly once; nothing is here that it
did not send; and once the line is whole again, all of it is.
"""

import secrets
from dataclasses import dataclass

import hypothesis
import pytest
from django.db import transaction
from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from arasha.appeals.models import Appeal, Attachment
from arasha.channel import services as channel
from arasha.channel.models import Alarm, Piece, Refusal
from arasha.engines.channel.down import Answer, Became, parse_answer
from arasha.engines.channel.sending import Outgoing, Sending
from arasha.engines.channel.up import FRAMES_BYTES, Kind
from arasha.engines.sealing import RecipientSet
from arasha.journal.models import Leaf
from arasha.worlds.sealing import sealed
from tests.line import Line, Thing, attachment, cover, filing, take
from tests.walk import posted

pytestmark = pytest.mark.django_db


STEPS = ("keep_pieces", "whole_objects", "drop", "take")


class Killed(BaseException):
    """kill -9: nothing catches it, and an open transaction is gone."""


@dataclass(frozen=True)
class Made:
    """What somebody may write at the terminal, sealed before the machine starts: sealing is slow."""

    letters: list[Thing]
    covers: list[Thing]
    files: list[Thing]

    @property
    def everything(self) -> list[Thing]:
        return [*self.letters, *self.covers, *self.files]


class BadLine(RuleBasedStateMachine):
    made: Made
    line_of: Line

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.line = Line(self.line_of.terminal, self.line_of.key)
        self.sending = Sending()
        self.written: list[Thing] = []
        self.kept: set[bytes] = set()
        self.under_way: list[bytes] = []
        self.answers: list[Answer] = []

    def teardown(self) -> None:
        try:
            self.line_is_whole_again()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @rule(which=st.integers(0, 9))
    def write(self, which: int) -> None:
        thing = self.made.everything[which % len(self.made.everything)]
        # A file is of a letter that is written before it, whatever of the two arrives first.
        needed = [*self.made.letters[:1], thing] if thing in self.made.files else [thing]
        for each in needed:
            if each not in self.written:
                self.written.append(each)
                self.offer(each)

    @rule()
    def beat(self) -> None:
        """Form the next bundle; it goes to the relay."""
        looks = [thing.look for thing in self.open_things()]
        room = FRAMES_BYTES - sum(look.to_frame().size for look in looks)
        pieces = self.sending.take(self.line.seq, room=room)
        self.under_way.append(self.line.bundle(pieces=pieces, looks=looks))

    @precondition(lambda self: self.under_way)
    @rule(which=st.integers(0, 99), stays=st.booleans())
    def arrive(self, which: int, stays: bool) -> None:
        """Any bundle, now or again, in any order."""
        at = which % len(self.under_way)
        self.answers.append(take(self.under_way[at]))
        if not stays:
            del self.under_way[at]

    @precondition(lambda self: self.under_way)
    @rule(which=st.integers(0, 99))
    def is_lost(self, which: int) -> None:
        del self.under_way[which % len(self.under_way)]

    @precondition(lambda self: self.under_way)
    @rule(which=st.integers(0, 99), step=st.sampled_from(STEPS))
    def gateway_is_killed(self, which: int, step: str) -> None:
        """In the middle of a bundle: nothing of it is left, and it may come again."""
        whole = getattr(channel, step)
        setattr(channel, step, _dying)
        try:
            self.answers.append(take(self.under_way[which % len(self.under_way)]))
        except Killed:
            pass
        finally:
            setattr(channel, step, whole)

    @precondition(lambda self: self.answers)
    @rule(which=st.integers(0, 99))
    def hear(self, which: int) -> None:
        """Any answer, early, late or twice."""
        answer = self.answers[which % len(self.answers)]
        for state in self.line.read(parse_answer(answer.to_bytes())):
            if state.became in (Became.KEPT, Became.PROVED):
                self.kept.add(state.object)
                self.sending.drop(state.object)
            else:
                self.sending.hear(answer.receipt.seq, state)

    @rule()
    def restart(self) -> None:
        """The terminal knows what lies on its disk, and not what was in which bundle."""
        self.sending = Sending()
        for thing in self.open_things():
            self.offer(thing)

    @invariant()
    def what_is_kept_is_here_once(self) -> None:
        here = [bytes(each) for each in Appeal.objects.values_list("leaf_hash", flat=True)]
        assert len(here) == len(set(here))
        assert set(here) <= {each.leaf for each in self.letters()}
        assert {each.leaf for each in self.letters() if each.name in self.kept} <= set(here)
        told = {each.leaf for each in self.covers() if each.name in self.kept}
        assert Leaf.objects.filter(hash__in=told).count() == len(told)

    @invariant()
    def nothing_is_refused_and_no_twin_is_seen(self) -> None:
        assert not Refusal.objects.exists()
        assert not Alarm.objects.exists()

    def line_is_whole_again(self) -> None:
        self.restart()
        for _ in range(60):
            if not self.open_things():
                break
            self.beat()
            self.answers = [take(self.under_way.pop())]
            self.hear(0)
        assert not self.open_things()
        self.what_is_kept_is_here_once()
        assert Appeal.objects.count() == len(self.letters())
        assert Attachment.objects.count() == len(self.files_of_letters())
        assert not Piece.objects.filter(kind=Kind.FILING).exists()

    def offer(self, thing: Thing) -> None:
        rank = 1 if thing.kind is Kind.FILING else 2
        self.sending.offer(Outgoing(thing.name, thing.kind, thing.data, rank))

    def open_things(self) -> list[Thing]:
        return [each for each in self.written if each.name not in self.kept]

    def letters(self) -> list[Thing]:
        return [each for each in self.written if each in self.made.letters]

    def covers(self) -> list[Thing]:
        return [each for each in self.written if each in self.made.covers]

    def files_of_letters(self) -> list[Thing]:
        return [each for each in self.written if each in self.made.files]


def _dying(*args: object, **named: object) -> None:
    raise Killed


def test_whatever_the_line_does_what_was_told_to_be_kept_is_here_once(
    line: Line, recipients: RecipientSet
) -> None:
    bodies = [posted(recipients, "word " * 900 * number) for number in (1, 10, 20)]
    files = [sealed(secrets.token_bytes(size), to=recipients.keys) for size in (9_000, 120_000)]
    BadLine.line_of = line
    BadLine.made = Made(
        letters=[filing(each, line.key) for each in bodies],
        covers=[cover(posted(recipients), line.key) for _ in range(2)],
        files=[attachment(bodies[0], each) for each in files],
    )
    run_state_machine_as_test(
        BadLine,
        settings=hypothesis.settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
