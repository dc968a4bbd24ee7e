"""To whom an officer's page may seal: to whom a body signed for, and to nobody whom only the desk names."""

import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pyrage
import pytest
from playwright.sync_api import Page, expect

from arasha.programs.reader.trust import (
    PinnedRoot,
    checked_appeal,
    checked_entry,
    checked_receivers,
)
from arasha.wire.client import Client
from arasha.wire.trust import TrustRefusedError
from arasha.worlds.ceremony import Ceremony
from tests.programs import stand
from tests.programs.reading import open_appeal, reader_of

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
STRANGER = str(pyrage.x25519.Identity.generate().to_public())
OURS = list(stand.recipients().keys)


class PublicDoor(BaseHTTPRequestHandler):
    ceremony: ClassVar[Ceremony]

    def do_GET(self) -> None:
        content = self.ceremony.folder.fetch(self.path.removeprefix("/trust/"))
        self.send_response(404 if content is None else 200)
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass
class Bench:
    ceremony: Ceremony
    url: str
    folder: Path
    clock: float = 0

    def root(self, *, url: str | None = None, demo: bool = True) -> PinnedRoot:
        return PinnedRoot(
            self.ceremony.root,
            public=Client(url or self.url, timeout=2),
            store=self.folder / "trust.json",
            demo=demo,
            seconds=lambda: self.clock,
        )


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    PublicDoor.ceremony = Ceremony.begin(tmp_path / "trust", at=NOON)
    PublicDoor.ceremony.publish(stand.recipients())
    PublicDoor.ceremony.freshen(NOON)
    server = ThreadingHTTPServer(("127.0.0.1", 0), PublicDoor)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield Bench(PublicDoor.ceremony, f"http://127.0.0.1:{server.server_port}", tmp_path)
    server.shutdown()
    server.server_close()


def test_of_keys_that_no_body_signed_for_the_page_gets_none(bench: Bench) -> None:
    for recipients in ([STRANGER], [*OURS, STRANGER], OURS[:-1], []):
        checked = checked_appeal({"recipients": recipients}, bench.root())

        assert checked["recipients"] == []
        assert checked["readers"] == {"set": "", "members": []}


def test_genuine_readers_come_with_the_names_that_the_body_signed(bench: Bench) -> None:
    checked = checked_appeal({"recipients": OURS, "code": "1"}, bench.root())

    assert (checked["recipients"], checked["code"]) == (OURS, "1")
    assert checked["readers"]["set"] == "ombudsperson-1"
    assert checked["readers"]["members"][0]["label"] == "Айгерім Серікова"


def test_an_appeal_is_entered_for_genuine_sets_only(bench: Bench) -> None:
    ours, theirs = {"id": "1", "recipients": OURS}, {"id": "2", "recipients": [STRANGER]}

    assert checked_entry({"sets": [ours, theirs]}, bench.root())["sets"] == [ours]


def test_of_other_bodies_only_signed_lists_are_offered_under_their_own_codes(bench: Bench) -> None:
    theirs = {"set": "ombudsperson-1", "recipients": OURS}
    strange = {"set": "npm-1", "recipients": [STRANGER]}
    renamed = {"set": "prosecutor-1", "recipients": OURS}

    checked = checked_receivers({"receivers": [theirs, strange, renamed]}, bench.root())
    [found] = checked["receivers"]
    assert (found["set"], found["recipients"]) == ("ombudsperson-1", OURS)
    assert found["readers"]["members"][0]["label"] == "Айгерім Серікова"
    unpinned = checked_receivers({"receivers": [strange]}, None)
    assert unpinned == {"receivers": [strange | {"readers": None}]}


def test_a_newer_set_takes_the_place_of_the_older_one(bench: Bench) -> None:
    root = bench.root()
    assert root.genuine(OURS)
    newer = stand.recipients(version=2, first="Жаңа қызметкер")
    bench.ceremony.publish(newer)
    bench.ceremony.freshen(NOON + dt.timedelta(days=1))

    before = root.genuine(OURS)
    bench.clock += 601
    after = root.genuine(OURS)

    assert before and after
    assert (before.version, after.version) == (1, 2)


def test_without_a_line_what_was_believed_before_stands(bench: Bench) -> None:
    assert bench.root().genuine(OURS)

    assert bench.root(url="http://127.0.0.1:9").genuine(OURS)


def test_a_first_start_without_a_line_believes_nobody(bench: Bench) -> None:
    assert bench.root(url="http://127.0.0.1:9").genuine(OURS) is None


def test_a_demo_s_root_is_refused_in_a_real_build(bench: Bench) -> None:
    with pytest.raises(TrustRefusedError):
        bench.root(demo=False)


def test_without_a_pinned_root_the_page_is_told_that_nothing_was_checked() -> None:
    assert checked_appeal({"recipients": [STRANGER]}, None)["readers"] is None


@pytest.mark.browser
def test_the_page_names_genuine_readers_and_seals_to_no_others(
    bench: Bench, officer: Page, tmp_path: Path
) -> None:
    pinned = tmp_path / "trust" / "1.root.json"
    with reader_of(tmp_path, "--root", str(pinned), "--public-url", bench.url) as reader:
        lying = reader.desk.file("marker")
        open_appeal(officer, reader, lying.key)
        officer.click("#readers summary")
        expect(officer.locator("#readers")).to_contain_text("Айгерім Серікова")
        officer.get_by_role("button", name="Қосу").click()
        expect(officer.locator("#told")).to_contain_text("Оқитындар қосылды")

        lying.changes["recipients"] = [STRANGER]
        open_appeal(officer, reader, lying.key)
        expect(officer.locator("#strangers")).to_be_visible()
        assert officer.locator("#readers").count() == 0
