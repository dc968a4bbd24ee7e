"""A stick instead of a line: twice, half, spoilt, out of order; nothing is lost or counts twice."""

from pathlib import Path

import pytest

from arasha.engines.channel.stick import NO_LABEL, RECORD_BYTES, Head, Way, label_of
from arasha.programs import relay as program
from arasha.programs.relay.carrying import carry_in, carry_out
from arasha.programs.relay.house import open_relay, pin
from arasha.wire.stick import files_on, write_files
from tests.programs.relay.conftest import Site
from tests.programs.relay.prison import ROOT, Gateway, Terminal


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def waits(site: Site, terminal: Terminal, count: int) -> None:
    for _ in range(count):
        terminal.send(site.client, terminal.bundle())


def test_nothing_leaves_the_relay_by_going_onto_a_stick(
    site: Site, terminal: Terminal, stick: Path
) -> None:
    waits(site, terminal, 3)

    assert carry_out(site.relay, stick, token="") == 3
    assert site.relay.rack.counts() == (3, 0)


def test_a_stick_without_answers_is_refused(
    site: Site, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    carry_out(site.relay, stick, token="")
    (stick / "holiday.bin").write_bytes(b"no file of ours")
    (stick / "folder.bin").mkdir()
    words = ["carry-in", str(site.folder), str(stick), "--lang", "en"]

    assert program.main(words) == program.BAD_USE
    assert "no file of the gateway" in capsys.readouterr().err


def test_a_stick_that_takes_nothing_is_said(
    site: Site, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["carry-out", str(site.folder), str(stick / "gone"), "--lang", "en"]

    assert program.main(words) == program.NOT_RUN
    assert "Check the name" in capsys.readouterr().err


def test_what_is_carried_out_and_back_is_delivered_once(
    site: Site, terminal: Terminal, gateway: Gateway, stick: Path
) -> None:
    waits(site, terminal, 5)
    carry_out(site.relay, stick, token="")
    gateway.import_stick(stick, stick)
    carried = carry_in(site.relay, stick)
    again = carry_in(site.relay, stick)

    assert (carried.delivered, carried.forged, carried.cut_off, carried.spoilt) == (5, 0, 0, 0)
    assert (again.delivered, again.strange) == (0, 5)
    assert site.relay.rack.counts() == (0, 0)
    assert list(gateway.had.values()) == [1] * 5
    assert terminal.read(site.relay.rack.newest_answer(terminal.key) or b"") is not None
    assert site.relay.pages.get(0) == gateway.page(0)


def test_a_stick_brings_the_evidence_of_a_day(
    site: Site, terminal: Terminal, gateway: Gateway, stick: Path
) -> None:
    waits(site, terminal, 2)
    site.drain()
    gateway.close_day()
    waits(site, terminal, 1)
    carry_out(site.relay, stick, token="")
    gateway.import_stick(stick, stick)
    carried = carry_in(site.relay, stick)

    assert (carried.delivered, carried.days) == (1, 1)
    assert site.relay.receipts.unproved() == []


def test_the_line_and_a_stick_at_once_deliver_each_bundle_once(
    site: Site, terminal: Terminal, gateway: Gateway, stick: Path
) -> None:
    waits(site, terminal, 3)
    carry_out(site.relay, stick, token="")
    site.drain()
    gateway.import_stick(stick, stick)
    carried = carry_in(site.relay, stick)

    assert (carried.delivered, carried.strange) == (0, 3)
    assert site.relay.receipts.of(site.relay.receipts.days()[0]).count == 3


def test_a_stick_that_was_pulled_out_too_early_brings_what_is_on_it(
    site: Site, terminal: Terminal, gateway: Gateway, stick: Path
) -> None:
    waits(site, terminal, 4)
    carry_out(site.relay, stick, token="")
    for file in list(files_on(stick, Way.UP)):
        data = file.path.read_bytes()
        file.path.write_bytes(data[: 64 + 2 * RECORD_BYTES + 1000])
    gateway.import_stick(stick, stick)
    carried = carry_in(site.relay, stick)

    assert carried.delivered == 2
    assert site.relay.rack.counts() == (2, 0)


def test_a_spoilt_record_is_passed_over_and_said(
    site: Site,
    terminal: Terminal,
    gateway: Gateway,
    stick: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    waits(site, terminal, 5)
    carry_out(site.relay, stick, token="")
    gateway.import_stick(stick, stick)
    for file in list(files_on(stick, Way.DOWN)):
        data = bytearray(file.path.read_bytes())
        data[64 + 500] ^= 1  # in the first record, which holds four answers
        file.path.write_bytes(bytes(data))
    words = ["carry-in", str(site.folder), str(stick), "--lang", "en"]

    assert program.main(words) == program.DONE
    assert "1 records are spoilt" in capsys.readouterr().out
    assert site.relay.rack.counts() == (4, 0)


def test_answers_of_somebody_else_are_not_taken(
    site: Site, terminal: Terminal, gateway: Gateway, stick: Path
) -> None:
    waits(site, terminal, 2)
    carry_out(site.relay, stick, token="")
    gateway.mood = "forging"
    gateway.import_stick(stick, stick)
    carried = carry_in(site.relay, stick)

    assert (carried.forged, carried.delivered) == (2, 0)
    assert site.relay.rack.counts() == (2, 0)


def test_a_stick_of_another_relay_changes_nothing(
    site: Site, terminal: Terminal, gateway: Gateway, stick: Path, tmp_path: Path
) -> None:
    waits(site, terminal, 2)
    carry_out(site.relay, stick, token="")
    gateway.import_stick(stick, stick)
    pin(tmp_path / "other", ROOT)
    carried = carry_in(open_relay(tmp_path / "other", demo=False), stick)

    assert (carried.delivered, carried.strange) == (0, 2)


def test_the_token_stands_in_the_file_as_a_label_and_its_name_says_nothing(
    site: Site, stick: Path
) -> None:
    carry_out(site.relay, stick, token="Алма тас")
    carry_out(site.relay, stick, token="")
    files = list(files_on(stick, Way.UP))

    assert {file.head.label for file in files} == {label_of("алматас"), NO_LABEL}
    assert all(len(file.path.name) == 20 and file.path.suffix == ".bin" for file in files)
    assert not list(stick.glob("*.part"))


def test_an_empty_file_is_whole_and_a_full_one_is_followed_by_another(
    stick: Path, monkeypatch: pytest.MonkeyPatch, site: Site, terminal: Terminal
) -> None:
    monkeypatch.setattr("arasha.wire.stick.MOST_RECORDS", 2)
    assert len(write_files(stick, Head(Way.DOWN), [])) == 1
    waits(site, terminal, 5)
    carry_out(site.relay, stick, token="")
    files = list(files_on(stick, Way.UP))

    assert sorted(len(list(file.records())) for file in files) == [1, 2, 2]
    assert all(file.is_whole for file in files)
    for empty in files_on(stick, Way.DOWN):
        assert list(empty.records()) == []
        assert empty.is_whole
