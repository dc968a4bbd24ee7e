"""Sticks: what a relay wrote is read in, once, whatever the stick has suffered."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.channel.models import CarryToken, Heartbeat
from arasha.channel.services import issue_token
from arasha.engines.channel.down import Became, parse_answer
from arasha.engines.channel.stick import Head, Kind, Way, bundle_record, label_of
from arasha.engines.sealing import RecipientSet
from arasha.handoffs.channel_to_appeals.carrying import Carried, carry
from arasha.journal.models import Entry
from arasha.wire.stick import files_on, write_files
from tests.line import Line, filing
from tests.walk import NOW, posted

MONITOR = Actor.user("monitor")


def written(stick: Path, bundles: list[bytes], *, token: str = "") -> Path:
    stick.mkdir()
    head = Head(Way.UP, label_of(token)) if token else Head(Way.UP)
    write_files(stick, head, map(bundle_record, bundles))
    return stick


def carried(stick: Path) -> Carried:
    return carry(stick=stick, out=stick, by=MONITOR, at=NOW)


def test_a_stick_without_a_file_of_a_relay_is_told(db: None, tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"a photo")

    with pytest.raises(CommandError, match="no file of a relay"):
        call_command("channel", "import", str(tmp_path))


def test_an_appeal_on_a_stick_is_filed_and_answered(
    line: Line, recipients: RecipientSet, tmp_path: Path
) -> None:
    letter = filing(posted(recipients), line.key)
    bundles = [line.bundle(pieces=letter.pieces()), line.bundle(looks=[letter.look])]
    stick = written(tmp_path / "stick", bundles)
    assert carried(stick).bundles == 2

    (back,) = files_on(stick, Way.DOWN)
    records = list(back.records())
    answers = [parse_answer(each) for each in records[0].answers()]
    (state,) = line.read(answers[1])
    assert state.became is Became.KEPT
    assert [each.kind for each in records] == [Kind.ANSWERS, Kind.PAGE]
    assert not Heartbeat.objects.exists()


def test_the_same_stick_again_changes_nothing(
    line: Line, recipients: RecipientSet, tmp_path: Path
) -> None:
    letter = filing(posted(recipients), line.key)
    stick = written(tmp_path / "stick", [line.bundle(pieces=letter.pieces())])
    for _ in range(2):
        carried(stick)

    assert Appeal.objects.count() == 1


def test_a_record_that_a_bad_stick_spoilt_is_passed_over(line: Line, tmp_path: Path) -> None:
    stick = written(tmp_path / "stick", [line.bundle() for _ in range(3)])
    (file,) = stick.iterdir()
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    done = carried(stick)

    assert (done.bundles, done.spoilt) == (2, 1)


def test_a_bundle_of_an_unknown_terminal_stops_no_other(line: Line, tmp_path: Path) -> None:
    forged = bytearray(line.bundle())
    forged[20] ^= 1
    done = carried(written(tmp_path / "stick", [bytes(forged), line.bundle()]))

    assert (done.bundles, done.refused) == (1, 1)


def test_who_brought_it_stands_in_the_journal(line: Line, tmp_path: Path) -> None:
    token = issue_token(by=MONITOR, at=NOW)
    stick = written(tmp_path / "stick", [line.bundle()], token=token.upper())
    done = [carried(stick).tokens for _ in range(2)]

    assert done == [1, 0]
    assert CarryToken.objects.get().used_at == NOW
    assert Entry.objects.filter(act="stick.brought").count() == 1


def test_the_command_gives_out_a_token_once(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("channel", "token")
    token = capsys.readouterr().out

    assert bytes(CarryToken.objects.get().label) == label_of(token)
