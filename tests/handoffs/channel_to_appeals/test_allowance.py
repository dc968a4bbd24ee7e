"""A terminal that would fill the database with what never becomes whole."""

import datetime as dt
import secrets
import uuid

import pytest

from arasha.channel.models import Piece
from arasha.country import local_day
from arasha.engines.channel.down import ANSWER_BYTES, Became
from arasha.engines.channel.up import Kind
from arasha.handoffs.channel_to_appeals import allowance, services
from arasha.handoffs.channel_to_appeals.allowance import MOST_PIECES, Allowance
from tests.line import Line, Thing, take
from tests.walk import DAY, NOW

TODAY = local_day(NOW)


@pytest.fixture
def nonsense() -> Thing:
    return Thing(Kind.ATTACHMENT, secrets.token_bytes(60_000))


def test_what_comes_beyond_a_day_s_allowance_is_not_kept_and_answered_alike(
    line: Line, nonsense: Thing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "allowance", Allowance())
    monkeypatch.setattr(allowance, "MOST_PIECES", 6)
    first, second = [nonsense.pieces()[start : start + 4] for start in (0, 4)]
    bundles = [line.bundle(pieces=some, looks=[nonsense.look]) for some in (first, second, ())]
    answers = [take(each) for each in bundles]

    assert {len(each.to_bytes()) for each in answers} == {ANSWER_BYTES}
    assert Piece.objects.count() == 6
    assert line.read(answers[1])[0].became is Became.PARTLY
    services.receive(posted=line.bundle(pieces=nonsense.pieces()[6:9]), at=NOW + DAY)
    assert Piece.objects.count() == 9


def test_a_bundle_every_minute_for_a_day_is_within_it(nonsense: Thing) -> None:
    terminal, full = uuid.uuid4(), nonsense.pieces()
    spent = Allowance()
    kept = [spent.within(full, terminal=terminal, day=TODAY) for _ in range(24 * 60)]

    assert sum(map(len, kept)) == 24 * 60 * len(full) <= MOST_PIECES


def test_each_terminal_has_its_own_and_a_clock_that_goes_back_gives_nothing_anew(
    nonsense: Thing,
) -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    spent, many = Allowance(), nonsense.pieces() * (MOST_PIECES // 15 + 1)
    yesterday = TODAY - dt.timedelta(days=1)

    assert len(spent.within(many, terminal=one, day=TODAY)) == MOST_PIECES
    assert not spent.within(many, terminal=one, day=yesterday)
    assert spent.within(many[:15], terminal=other, day=TODAY) == many[:15]
