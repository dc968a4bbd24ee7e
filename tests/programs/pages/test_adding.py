"""A voice and papers: sealed on the screen, named in the appeal, handed over after it."""

import struct
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.programs import browsing
from tests.programs.pages.walking import (
    Terminal,
    answer,
    filed,
    go_to_writing,
    opened,
    say_no_danger,
    send,
)
from tests.programs.test_terminal_process import eventually

pytestmark = pytest.mark.browser

LEAF_AND_ENVELOPE = 64  # bytes before a sealed file in what the channel carries


def picture(note: bytes) -> bytes:
    """A PNG of 8 × 8 grey pixels, with a note beside them."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([128] * 8)) * 8)
    parts = ((b"IHDR", head), (b"tEXt", b"Comment\0" + note), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in parts)


def go_to_adding(page: Page, text: str = "") -> None:
    go_to_writing(page)
    page.fill("#text", text)
    answer(page, "write")
    expect(page.locator("#record")).to_be_visible()


def record(page: Page) -> None:
    page.click("#record")
    expect(page.locator(".level")).to_be_visible()
    page.wait_for_timeout(1200)
    page.click("#record")
    expect(page.locator("#forget-voice")).to_be_visible()


def send_the_rest(page: Page) -> None:
    answer(page, "adding")
    say_no_danger(page)
    page.check("input[value=neither]")
    answer(page, "way")
    send(page)


def scan(terminal: Terminal, number: int) -> None:
    for page in range(number):
        path = terminal.folder / "scans" / f"{page}.png"
        path.write_bytes(picture(bytes([page])))


def take_papers(page: Page, number: int) -> None:
    page.click("#papers")
    expect(page.locator("section:has(#papers) .state")).to_contain_text(f": {number}.")


def files(terminal: Terminal) -> list[bytes]:
    bodies = terminal.world.inbox.files.values()
    return [opened(body[LEAF_AND_ENVELOPE:]) for body in bodies]


def test_a_voice_alone_is_an_appeal(page: Page, terminal: Terminal) -> None:
    go_to_adding(page)
    record(page)
    send_the_rest(page)

    [(_, appeal)] = filed(terminal)
    [voice] = appeal.attachments
    assert appeal.text.startswith("(Дауыспен")
    assert voice.media_type in ("audio/webm", "audio/ogg")
    eventually(lambda: terminal.world.inbox.files)
    assert list(terminal.world.inbox.files) == [voice.sha256]
    assert files(terminal)[0][:4] == b"\x1aE\xdf\xa3"


def test_papers_are_taken_from_the_scanner_without_their_notes(
    page: Page, terminal: Terminal
) -> None:
    scanned = terminal.folder / "scans" / "page.png"
    scanned.write_bytes(picture(b"scanner 4711"))
    go_to_adding(page, "with a paper")
    page.click("#papers")
    expect(page.locator("#forget-papers")).to_be_visible()
    eventually(lambda: not scanned.exists())
    send_the_rest(page)

    eventually(lambda: terminal.world.inbox.files)
    [paper] = files(terminal)
    assert paper[:3] == b"\xff\xd8\xff"
    assert b"4711" not in paper
    assert filed(terminal)[0][1].attachments[0].media_type == "image/jpeg"


def test_an_empty_scanner_is_told_above_the_buttons_of_a_small_screen(page: Page) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    go_to_adding(page)
    page.click("#papers")
    told = page.locator("section:has(#papers) .state")
    expect(told).to_contain_text("қағаз жоқ")

    where, buttons = told.bounding_box(), page.locator(".acts").bounding_box()
    assert where and buttons
    assert where["y"] + where["height"] <= buttons["y"]


def test_ten_papers_leave_no_place_for_a_voice_and_it_is_said(
    page: Page, terminal: Terminal
) -> None:
    scan(terminal, 10)
    go_to_adding(page)
    take_papers(page, 10)
    page.click("#record")

    expect(page.locator("section:has(#record) .state")).to_contain_text("сыймайды")
    assert page.locator("#forget-voice").is_hidden()


def test_a_voice_that_is_recorded_keeps_its_place_among_the_papers(
    page: Page, terminal: Terminal
) -> None:
    scan(terminal, 10)
    go_to_adding(page)
    page.click("#record")
    expect(page.locator(".level")).to_be_visible()
    page.click("#papers")

    expect(page.locator("section:has(#papers) .state")).to_contain_text("сыймайды")
    page.click("#record")
    expect(page.locator("#forget-voice")).to_be_visible()


def test_as_many_papers_as_there_may_be_a_voice_and_a_name_all_arrive(
    names: None, page: Page, terminal: Terminal
) -> None:
    scan(terminal, 9)
    go_to_adding(page)
    take_papers(page, 9)
    record(page)
    answer(page, "adding")
    say_no_danger(page)
    page.check("input[value=named]")
    page.fill("#name", "Асан Үсенов")
    answer(page, "way")
    send(page)

    [(_, appeal)] = filed(terminal)
    eventually(lambda: len(terminal.world.inbox.files) == 11, within=30)
    assert {each.sha256 for each in appeal.attachments} == set(terminal.world.inbox.files)


@pytest.mark.parametrize(
    ("content", "told"), [(b"%PDF-1.7", "PDF"), (b"GIF89a", "сурет емес"), (None, "қағаз жоқ")]
)
def test_what_is_no_picture_is_told_and_the_words_stay(
    content: bytes | None, told: str, page: Page, terminal: Terminal
) -> None:
    if content:
        Path(terminal.folder / "scans" / "page.png").write_bytes(content)
    go_to_adding(page, "my words")
    page.click("#papers")

    expect(page.locator("section:has(#papers) .state")).to_contain_text(told)
    page.go_back()
    expect(page.locator("#text")).to_have_value("my words")


def test_what_was_added_can_be_taken_back(page: Page, terminal: Terminal) -> None:
    go_to_adding(page, "only words")
    record(page)
    page.click("#forget-voice")
    send_the_rest(page)

    assert filed(terminal)[0][1].attachments == ()


def test_a_microphone_that_is_refused_is_told(page: Page) -> None:
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    page.reload()
    go_to_adding(page, "words")
    page.click("#record")

    expect(page.locator("section:has(#record) .state")).to_contain_text("рұқсат бермеді")


def test_a_file_that_was_not_taken_over_is_handed_over_again(
    page: Page, terminal: Terminal
) -> None:
    go_to_adding(page, "with a voice")
    record(page)
    page.route("**/api/attachments/**", lambda route: route.abort(), times=2)
    send_the_rest(page)

    eventually(lambda: terminal.world.inbox.files)
    assert list(terminal.world.inbox.files) == [filed(terminal)[0][1].attachments[0].sha256]


def test_a_file_that_is_refused_for_good_is_told_and_not_tried_again(
    page: Page, terminal: Terminal
) -> None:
    tried: list[str] = []
    refusal = '{"problem": "too_many"}'

    def refuse(route: Route) -> None:
        tried.append(route.request.url)
        route.fulfill(status=409, body=refusal)

    page.route("**/api/attachments/**", refuse)
    go_to_adding(page, "with a voice")
    record(page)
    send_the_rest(page)

    expect(page.locator("#files")).to_contain_text("Қабылданбаған қосымша: 1")
    page.wait_for_timeout(2500)
    assert len(tried) == 1
    page.get_by_role("button", name="Дайын").click()
    expect(page.locator(".choice").first).to_be_visible()


def test_a_file_that_the_server_refuses_is_told_on_the_slip(page: Page) -> None:
    def refused(route: Route) -> None:
        answer = route.fetch()
        status = answer.json()
        files = dict.fromkeys(status["attachments"], "refused")
        route.fulfill(response=answer, json=status | {"attachments": files})

    page.route("**/api/filings/**", refused)
    go_to_adding(page, "with a voice")
    record(page)
    send_the_rest(page)

    expect(page.locator("#files")).to_contain_text("Қабылданбаған қосымша: 1")


def test_whoever_goes_too_early_is_told_what_would_be_lost(page: Page, terminal: Terminal) -> None:
    page.route("**/api/attachments/**", lambda route: route.abort())
    go_to_adding(page, "with a voice")
    record(page)
    send_the_rest(page)
    expect(page.locator("#files")).to_contain_text("Осы бетте сәл күтіңіз")
    done = page.get_by_role("button", name="Дайын")
    done.click()
    expect(page.locator("#files")).to_contain_text("Қазір кетсеңіз, олар жоғалады")
    assert browsing.faults(page) == []

    page.unroute("**/api/attachments/**")
    eventually(lambda: terminal.world.inbox.files)
    expect(page.locator("#files")).to_be_hidden()
    done.click()
    expect(page.locator(".choice").first).to_be_visible()


def test_leaving_now_never_asks(page: Page) -> None:
    page.route("**/api/attachments/**", lambda route: route.abort())
    go_to_adding(page, "with a voice")
    record(page)
    send_the_rest(page)
    page.click("#leave")

    expect(page.locator(".choice").first).to_be_visible()


def test_a_voice_for_one_body_does_not_go_to_another(
    line: None, page: Page, terminal: Terminal
) -> None:
    go_to_adding(page, "for the body alone")
    record(page)
    for _ in range(4):  # back to the uses
        page.click("main .acts button >> nth=0")
    page.click("[data-use=danger]")
    for step in ("readers", "write", "wish"):
        answer(page, step)
    page.check("input[value=neither]")
    answer(page, "way")
    send(page)

    [(filing, appeal)] = filed(terminal)
    assert filing.set_id.startswith("duty_line")
    assert appeal.attachments == ()
    assert terminal.world.inbox.files == {}
