"""The prison's own evidence: checked without a line, and forged evidence is found."""

import datetime as dt
import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from arasha.engines.channel.delivery import ProvedDelivery
from arasha.programs import relay as program
from arasha.programs.relay.disk import FILE
from arasha.programs.relay.house import open_relay
from arasha.programs.relay.proving import Judged, Verdict, judged
from arasha.programs.relay.receipts import KEPT_AFTER_PROOF, KEPT_WITHOUT_PROOF, Day
from arasha.worlds.ceremony import Ceremony
from tests.programs import stand
from tests.programs.relay.conftest import Site
from tests.programs.relay.prison import DAY, ROOT, Gateway, Terminal


def send(site: Site, terminal: Terminal, count: int) -> None:
    for _ in range(count):
        terminal.send(site.client, terminal.bundle())
    site.drain()


def verdict(site: Site, day: Day | None = None) -> Judged:
    """Read anew from the disk, as `arasha relay evidence` does."""
    relay = open_relay(site.folder, demo=False)
    day = day or relay.receipts.days()[0]
    return judged(day, relay.receipts.of(day), relay.believing)


def spoil(site: Site, table: str, column: str, value: bytes) -> None:
    with sqlite3.connect(site.folder / FILE) as database:
        database.execute(f"UPDATE {table} SET {column} = ?", (value,))  # noqa: S608 (of this file)


def test_a_receipt_that_was_changed_is_forged(site: Site, terminal: Terminal) -> None:
    send(site, terminal, 1)
    kept = site.relay.receipts.of(site.relay.receipts.days()[0]).receipts[0]
    spoil(site, "receipt", "signed", kept.replace(b"2026-03-02", b"2026-03-03"))

    assert verdict(site).verdict is Verdict.FORGED


def test_a_receipt_of_another_day_is_forged(site: Site, terminal: Terminal) -> None:
    send(site, terminal, 1)
    spoil(site, "receipt", "day", b"2026-03-09")
    with sqlite3.connect(site.folder / FILE) as database:
        database.execute("UPDATE receipt SET day = '2026-03-09'")

    assert verdict(site).verdict is Verdict.FORGED


@pytest.mark.parametrize("changes", [{"count": 99}, {"head": "00" * 32}, {"leaf": "11" * 32}])
def test_a_delivery_that_was_changed_is_forged(
    site: Site, terminal: Terminal, gateway: Gateway, changes: dict[str, object]
) -> None:
    send(site, terminal, 3)
    gateway.close_day()
    honest = gateway.delivery(terminal.key, DAY)
    assert honest is not None
    content = {**json.loads(honest), **changes}
    forged = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()

    assert not site.relay.prove(forged)
    site.relay.receipts.prove(site.relay.receipts.days()[0], forged)
    assert verdict(site).verdict is Verdict.FORGED


def test_a_proof_of_another_log_is_not_kept(
    site: Site, terminal: Terminal, gateway: Gateway
) -> None:
    send(site, terminal, 1)
    gateway.close_day()
    honest = ProvedDelivery.parse(gateway.delivery(terminal.key, DAY) or b"")
    lines = honest.proof.rsplit("\n", 2)
    other = replace(honest, proof=f"{lines[0]}\n")

    assert not site.relay.prove(other.to_json())
    assert site.relay.prove(honest.to_json())


def test_under_another_root_the_same_evidence_counts_nothing(
    site: Site, terminal: Terminal
) -> None:
    send(site, terminal, 1)
    other = Ceremony.begin(site.folder / "other", at=stand.BEGUN_AT, demo=False).root
    relay = open_relay(site.folder, demo=False, root=other)
    day = relay.receipts.days()[0]

    assert judged(day, relay.receipts.of(day), relay.believing).verdict is Verdict.FORGED


def test_receipts_alone_are_evidence_until_the_leaf_is_here(site: Site, terminal: Terminal) -> None:
    send(site, terminal, 3)

    assert verdict(site) == Judged(Verdict.RECEIPTS, 3, 1, 3)


def test_a_day_that_the_log_proves(site: Site, terminal: Terminal, gateway: Gateway) -> None:
    send(site, terminal, 3)
    gateway.close_day()
    send(site, terminal, 1)
    site.line.fetch_evidence()

    assert verdict(site) == Judged(Verdict.PROVED, 3, 1, 3, by_leaf=3)
    assert site.relay.receipts.unproved() == []


def test_a_gateway_that_counts_less_than_it_signed_is_seen(
    site: Site, terminal: Terminal, gateway: Gateway
) -> None:
    send(site, terminal, 3)
    gateway.close_day(less=1)
    answer = gateway.delivery(terminal.key, DAY, less=1)
    assert site.relay.prove(answer or b"")

    assert verdict(site) == Judged(Verdict.DIFFERS, 3, 1, 3, by_leaf=2)


@pytest.mark.parametrize(
    ("is_proved", "kept"), [(True, KEPT_AFTER_PROOF), (False, KEPT_WITHOUT_PROOF)]
)
def test_an_old_day_keeps_its_first_and_last_receipt_and_the_count(
    site: Site, terminal: Terminal, gateway: Gateway, is_proved: bool, kept: dt.timedelta
) -> None:
    send(site, terminal, 4)
    gateway.close_day()
    if is_proved:
        send(site, terminal, 1)
        site.line.fetch_evidence()
    for after, closed in ((kept, 0), (kept + dt.timedelta(days=1), 1)):
        gateway.day = DAY + after
        send(site, terminal, 1)
        assert site.relay.receipts.close_old() == closed

    day = Day(DAY, terminal.key, 1)
    found = verdict(site, day)
    assert (found.count, found.first, found.last) == (4, 1, 4)
    assert len(site.relay.receipts.of(day).receipts) == 2


def test_without_a_root_nothing_is_claimed(site: Site, terminal: Terminal) -> None:
    send(site, terminal, 1)
    (site.folder / "root.json").unlink()

    assert verdict(site).verdict is Verdict.UNCHECKED


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "жеткізілген"), ("ru", "доставлено посылок: 2"), ("en", "2 bundles delivered")],
)
def test_the_command_says_it_in_words(
    site: Site,
    terminal: Terminal,
    capsys: pytest.CaptureFixture[str],
    language: str,
    words: str,
) -> None:
    send(site, terminal, 2)
    shown = ["evidence", str(site.folder), "--lang", language]

    assert program.main(shown) == program.DONE
    assert words in capsys.readouterr().out
    assert program.main([*shown, "--day", "2020-01-01"]) == program.DONE
    assert str(terminal.key) not in capsys.readouterr().out


def test_the_command_ends_with_one_if_evidence_is_spoilt(
    site: Site, terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    send(site, terminal, 1)
    spoil(site, "receipt", "signed", b"nothing")

    assert program.main(["evidence", str(site.folder), "--lang", "en"]) == program.SPOILT
    assert "This day is not proved" in capsys.readouterr().out


def test_the_root_of_whoever_checks_is_believed_instead(
    site: Site, terminal: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    send(site, terminal, 1)
    own = tmp_path / "1.root.json"
    own.write_bytes(ROOT)
    (site.folder / "root.json").unlink()

    words = ["evidence", str(site.folder), "--root", str(own), "--lang", "en"]
    assert program.main(words) == program.DONE
    assert "genuine" in capsys.readouterr().out


def test_the_folder_of_something_else_stays_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(["evidence", str(tmp_path), "--lang", "en"]) == program.BAD_USE
    assert "is not the folder of a relay" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
