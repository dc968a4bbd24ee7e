"""One checkpoint a day has the time of an authority on it, and anybody can check that offline."""

import datetime as dt
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from cryptography.x509 import Certificate

from arasha.journal.log import Log
from arasha.journal.models import DayStamp
from arasha.journal.sequencer import advance
from arasha.journal.timestamps import publish_stamps, stamp_of_day
from arasha.public.logfiles import log_file
from arasha.wire.timestamps import TimestampError, read_authorities, verify_timestamp
from tests.journal.authority import make_authority, serving
from tests.journal.conftest import pend
from tests.journal.witnessing import NOON

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authority") / "tsa"
    make_authority(folder)
    return folder


@pytest.fixture
def url(authority: Path) -> Iterator[str]:
    with serving(authority) as address:
        yield address


@pytest.fixture
def roots(authority: Path) -> list[Certificate]:
    return read_authorities(authority / "root.pem")


@pytest.fixture
def stamped(log: Log, url: str, roots: list[Certificate]) -> Log:
    pend(range(3))
    advance(log, at=NOON, padded=False)
    assert stamp_of_day(log, url=url, roots=roots, at=NOON) is not None
    publish_stamps(log)
    return log


def published(log: Log, ending: str) -> bytes:
    found = log_file(log.folder.path, f"timestamps/2026-06-26.{ending}")
    assert found is not None
    return found.content


def text_of(log: Log) -> bytes:
    return published(log, "checkpoint").partition(b"\n\n")[0] + b"\n"


def test_the_published_stamp_says_when_the_checkpoint_was_there(
    stamped: Log, roots: list[Certificate]
) -> None:
    at = verify_timestamp(published(stamped, "tsr"), text_of(stamped), roots=roots)

    assert abs(dt.datetime.now(dt.UTC) - at) < dt.timedelta(minutes=5)


def test_openssl_finds_the_same(stamped: Log, authority: Path, tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(text_of(stamped))
    where = stamped.folder.path / "timestamps" / "2026-06-26.tsr"
    done = subprocess.run(
        ["openssl", "ts", "-verify", "-data", tmp_path / "text", "-in", where,
         "-CAfile", authority / "root.pem"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert "Verification: OK" in done.stdout + done.stderr


def test_one_changed_byte_of_the_checkpoint_breaks_the_stamp(
    stamped: Log, roots: list[Certificate]
) -> None:
    with pytest.raises(TimestampError, match="does not hold"):
        verify_timestamp(
            published(stamped, "tsr"), text_of(stamped).replace(b"3", b"4"), roots=roots
        )


def test_the_stamp_of_a_stranger_is_not_believed(stamped: Log, tmp_path: Path) -> None:
    stranger = read_authorities(make_authority(tmp_path / "stranger"))

    with pytest.raises(TimestampError):
        verify_timestamp(published(stamped, "tsr"), text_of(stamped), roots=stranger)


@pytest.mark.parametrize("token", [b"", b"a text", b"\x30\x82\xff\xff"])
def test_what_is_no_timestamp_is_refused(token: bytes, roots: list[Certificate]) -> None:
    with pytest.raises(TimestampError, match="no timestamp"):
        verify_timestamp(token, b"text\n", roots=roots)


def test_a_day_has_one_stamp(stamped: Log, url: str, roots: list[Certificate]) -> None:
    pend(range(3, 9))
    advance(stamped, at=NOON, padded=False)

    assert stamp_of_day(stamped, url=url, roots=roots, at=NOON) is None
    assert stamp_of_day(stamped, url=url, roots=roots, at=NOON + DAY) is not None
    assert [each.epoch.size for each in DayStamp.objects.order_by("day")] == [3, 9]


def test_an_authority_that_does_not_answer_is_asked_again_later(
    log: Log, url: str, roots: list[Certificate]
) -> None:
    pend(range(3))
    advance(log, at=NOON, padded=False)

    assert stamp_of_day(log, url="http://127.0.0.1:9/", roots=roots, at=NOON) is None
    assert stamp_of_day(log, url=url, roots=roots, at=NOON) is not None


def test_lost_files_come_back_from_the_database(stamped: Log) -> None:
    before = published(stamped, "tsr")
    rmtree(stamped.folder.path / "timestamps")

    publish_stamps(stamped)

    assert published(stamped, "tsr") == before


@pytest.mark.parametrize(
    "name", ["2026-06-26.txt", "../checkpoint.tsr", "26.tsr", "2026-06-27.tsr"]
)
def test_no_other_file_is_served_there(stamped: Log, name: str) -> None:
    assert log_file(stamped.folder.path, f"timestamps/{name}") is None
