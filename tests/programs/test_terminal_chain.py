"""The newest bundle on the disk: power cuts, spoilt disks, new chains."""

import logging
import os
from dataclasses import replace
from pathlib import Path

import pytest

from arasha.engines.channel.bundle import BUNDLE_BYTES, NONE_BEFORE, Bundle
from arasha.engines.channel.up import Said
from arasha.programs.terminal.chain import Chain
from arasha.wire.keyfile import Device, new_device
from arasha.wire.spool import SpoolFullError
from tests.programs.stand import DEVICE, INGEST_KEY


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "chain"


def grown(path: Path, count: int, device: Device = DEVICE) -> list[Bundle]:
    """Form so many bundles, one after the other."""
    chain, formed = Chain(path, device), []
    for _ in range(count):
        head = chain.head(INGEST_KEY.key_id)
        formed.append(INGEST_KEY.seal(head, Said(bytes(32)), sign=device.signer.sign))
        chain.add(formed[-1])
    return formed


def spoil(path: Path, seq: int, at: int = 30_000) -> None:
    """As a power cut in the middle of writing that bundle."""
    data = bytearray(path.read_bytes())
    start = seq % 2 * BUNDLE_BYTES + at
    data[start : start + 100] = bytes(100)
    path.write_bytes(data)


def test_a_disk_that_does_not_take_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(SpoolFullError, match="cannot be written"):
        Chain(tmp_path, DEVICE)


def test_a_new_chain_begins_at_one_with_nothing_before_it(path: Path) -> None:
    head = Chain(path, DEVICE).head(INGEST_KEY.key_id)

    assert (head.chain, head.seq, head.before) == (1, 1, NONE_BEFORE)
    assert path.stat().st_mode & 0o777 == 0o600


def test_it_goes_on_behind_the_newest_bundle(path: Path) -> None:
    *_, newest = grown(path, 5)

    chain = Chain(path, DEVICE)

    assert chain.newest == newest
    assert (chain.next_seq, chain.head(bytes(16)).before) == (6, newest.sha256())


@pytest.mark.parametrize("at", [0, 40, 30_000, BUNDLE_BYTES - 100])
def test_a_power_cut_while_a_bundle_is_written_leaves_the_one_before(path: Path, at: int) -> None:
    bundles = grown(path, 4)
    spoil(path, 4, at)

    chain = Chain(path, DEVICE)

    assert chain.newest == bundles[2]
    assert chain.next_seq == 4  # the one that was being written never left


def test_what_a_killed_program_left_to_the_kernel_is_synced_before_it_is_sent(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power cut takes it back, and another bundle gets a number that the gateway has seen."""
    grown(path, 1)
    synced: list[bytes] = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.pread(handle, 10**6, 0)))

    assert Chain(path, DEVICE).newest
    assert synced == [path.read_bytes()]


def test_a_disk_that_spoilt_both_begins_again_and_says_so(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    grown(path, 4)
    for seq in (3, 4):
        spoil(path, seq)

    with caplog.at_level(logging.WARNING):
        assert Chain(path, DEVICE).newest is None
    assert "holds no bundle of chain 1" in caplog.text


@pytest.mark.parametrize(
    "device",
    [DEVICE.in_chain(2), new_device(key=DEVICE.key, seed=bytes([8] * 32))],
)
def test_a_terminal_that_was_enrolled_anew_begins_a_chain(path: Path, device: Device) -> None:
    grown(path, 3)

    assert Chain(path, device).next_seq == 1


def test_the_same_key_under_another_name_begins_a_chain(path: Path) -> None:
    grown(path, 3)
    other = replace(DEVICE).enrolled_as("00000000-0000-4000-8000-000000000001")

    assert Chain(path, other).next_seq == 1


def test_it_takes_the_same_room_from_the_first_bundle_to_the_last(path: Path) -> None:
    Chain(path, DEVICE)
    before = path.stat()
    grown(path, 7)
    after = path.stat()

    assert (before.st_size, before.st_blocks) == (after.st_size, after.st_blocks)
    assert before.st_size == 2 * BUNDLE_BYTES
