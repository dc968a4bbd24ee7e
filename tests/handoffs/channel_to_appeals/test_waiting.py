"""What fails of one object is that object's business: it waits, the line goes on, and nobody is told."""

import logging
from typing import Any

import pytest

from arasha.appeals import services as appeals
from arasha.appeals.models import Appeal, Attachment
from arasha.channel.models import Piece, Refusal
from arasha.engines.channel.down import Became
from arasha.engines.sealing import RecipientSet
from arasha.handoffs.channel_to_appeals import services
from arasha.worlds.sealing import sealed
from tests.line import Line, attachment, became, cover, filing
from tests.walk import NOW, posted


def test_what_fails_unforeseen_waits_and_stops_nothing_else(
    line: Line,
    recipients: RecipientSet,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    letter, used = filing(posted(recipients), line.key), cover(posted(recipients), line.key)
    with monkeypatch.context() as change, caplog.at_level(logging.WARNING, "arasha"):
        change.setattr(appeals, "file", failing)
        told = line.send(pieces=[*letter.pieces(), *used.pieces()], looks=[letter.look, used.look])

    assert became(told) == [Became.PARTLY, Became.KEPT]
    assert caplog.messages == ["A whole object could not be kept, and waits: LookupError"]
    assert not any(each.exc_info for each in caplog.records)
    assert not Refusal.objects.exists()
    assert line.ask(letter).became is Became.KEPT
    assert Appeal.objects.count() == 1


def test_a_file_is_handed_over_behind_the_answer(line: Line, recipients: RecipientSet) -> None:
    body = posted(recipients)
    photo = attachment(body, sealed(b"photo", to=recipients.keys))
    line.send_whole(filing(body, line.key))
    bundle = line.bundle(pieces=photo.pieces(), looks=[photo.look])

    taken = services.take_in(posted=bundle, at=NOW)
    assert became(line.read(taken.answer)) == [Became.PARTLY]
    assert not Attachment.objects.exists()
    services.hand_over_files(taken=taken)
    assert Attachment.objects.count() == 1
    assert not Piece.objects.exists()


def test_what_was_not_done_behind_an_answer_is_done_at_the_next_look(
    line: Line, recipients: RecipientSet
) -> None:
    body = posted(recipients)
    photo = attachment(body, sealed(b"photo", to=recipients.keys))
    line.send_whole(filing(body, line.key))
    services.take_in(posted=line.bundle(pieces=photo.pieces()), at=NOW)  # and killed

    assert line.ask(photo).became is Became.PARTLY
    assert line.ask(photo).became is Became.KEPT
    assert Attachment.objects.count() == 1


def failing(**named: Any) -> None:
    raise LookupError("a path that names an appeal")
