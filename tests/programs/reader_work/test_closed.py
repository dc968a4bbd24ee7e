"""A whole office has lost its keys: headers go to the office key's machine and come back."""

import base64
import io
import json
from pathlib import Path

import pyrage
import pytest
from playwright.sync_api import FilePayload, Page, expect

from arasha.engines.sealing import build_text, split
from arasha.programs import officekey
from arasha.programs.officekey.sheets import Key
from arasha.programs.officekey.sheets import split as split_key
from tests.programs import stand
from tests.programs.officekey.sealed import KEY, sealed_appeal, sealed_card
from tests.programs.reader_work.conftest import Start, unlock
from tests.programs.reader_work.desk import KEY as APPEAL
from tests.programs.reader_work.desk import Memory, Officer

pytestmark = pytest.mark.browser


def come(page: Page, officer: Officer) -> None:
    unlock(page, officer)
    page.goto(f"{officer.url}#closed")
    expect(page.locator("h1")).to_have_text("Кілтім ашпайтын өтініштер")


def bring(page: Page, content: bytes) -> None:
    file: FilePayload = {"name": "headers.json", "mimeType": "application/json", "buffer": content}
    page.set_input_files("#added-headers", file)
    page.get_by_role("button", name="Мөрлерді қосу").click()


def made(header: bytes) -> bytes:
    coded = base64.b64encode(header).decode()
    listed = [{"appeal": APPEAL, "part": "text", "header": coded}]
    return json.dumps({"v": 1, "set": "ombudsperson-2", "headers": listed}).encode()


def test_nothing_closed_saves_no_file(page: Page, start: Start) -> None:
    come(page, start(Memory()))
    page.get_by_role("button", name="Мөрлер файлын сақтау").click()

    expect(page.locator("#told")).to_contain_text("жабық өтініш жоқ")


@pytest.mark.parametrize("content", [b"", b"[]", b'{"v": 1}', b'{"v": 2, "headers": []}'])
def test_a_file_that_is_none_adds_nothing(page: Page, start: Start, content: bytes) -> None:
    officer = start(Memory())
    come(page, officer)
    bring(page, content)

    expect(page.locator("#told")).to_contain_text("кеңсе кілті жасаған файл емес")
    assert officer.memory.posted == []


def test_a_header_for_other_cards_than_the_officers_is_not_added(page: Page, start: Start) -> None:
    officer = start(Memory())
    come(page, officer)
    bring(page, made(split(sealed_appeal(key=Key(bytes(32)))[1])[0]))
    expect(page.locator("#told")).to_contain_text("Қосылған мөрлер: 1")
    foreign = pyrage.x25519.Identity.generate().to_public()
    sealed = bytes(pyrage.encrypt(b"", [foreign]))
    bring(page, made(sealed[: sealed.index(b"\n---") + 48]))

    expect(page.locator("#told")).to_contain_text("сіздің кілтіңізбен ашылмайды")
    assert len(officer.memory.posted) == 1


def test_the_whole_way_from_the_desk_through_the_ceremony_and_back(
    page: Page, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, envelope = sealed_appeal()
    header, payload = split(envelope)
    card, card_payload = split(sealed_card())
    listed = [
        {"appeal": APPEAL, "code": code, "part": part, "header": base64.b64encode(each).decode()}
        for part, each in (("text", header), ("card", card))
    ]
    officer = start(Memory(closed=listed))
    come(page, officer)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Мөрлер файлын сақтау").click()
    words = [
        "--headers",
        saved.value.path(),
        "--set",
        newest_set(tmp_path),
        "--to",
        tmp_path / "to",
    ]
    words += ["--recipient", KEY.recipient, "--reason", "x", "--present", "A", "B"]
    sheets = ["yes", *(" ".join(sheet) for sheet in split_key(KEY)[:2])]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(sheets) + "\n"))
    assert officekey.main(["--exercise", "--lang", "en", "rewrap", *map(str, words)]) == 0

    bring(page, (tmp_path / "to" / "headers.json").read_bytes())
    expect(page.locator("#told")).to_contain_text("Қосылған мөрлер: 2")
    [(act, posted)] = officer.memory.posted
    assert (act, posted["set"]) == ("headers", "ombudsperson-2")
    assert [each["part"] for each in posted["headers"]] == ["text", "card"]
    for each, rest in zip(posted["headers"], (payload, card_payload), strict=True):
        assert pyrage.decrypt(base64.b64decode(each["header"]) + rest, [stand.IDENTITIES[0]])


def newest_set(folder: Path) -> Path:
    path = folder / "set.txt"
    path.write_text(build_text(stand.recipients(version=2)))
    return path
