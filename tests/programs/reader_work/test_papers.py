"""Attachments in Chromium: drawn here, silent, and saved only by somebody who was told."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from tests.programs import browsing
from tests.programs.reader_work import samples
from tests.programs.reader_work.conftest import Start, unlock
from tests.programs.reader_work.desk import Memory, Officer

pytestmark = pytest.mark.browser


class Canary(ThreadingHTTPServer):
    """Hears whatever reaches it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Hearing)
        self.heard: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Hearing(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.heard.append(self.path)  # type: ignore[attr-defined]
        self.send_response(204)
        self.end_headers()

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def canary() -> Iterator[Canary]:
    server = Canary()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def open_all(page: Page, officer: Officer) -> None:
    unlock(page, officer)
    unopened = page.locator("#attachments .paper > button")
    expect(unopened).to_have_count(len(officer.memory.attachments))
    while unopened.count():
        before = unopened.count()
        unopened.first.click()
        expect(unopened).to_have_count(before - 1)


def download(page: Page, button: str) -> Download:
    with page.expect_download() as saved:
        page.locator("#attachments").get_by_role("button", name=button).click()
    return saved.value


# What wants to act


def test_hostile_files_reach_nobody_and_run_nothing(
    page: Page, start: Start, canary: Canary
) -> None:
    hostile = [
        (samples.hostile_pdf(canary.url), "application/pdf"),
        (samples.hostile_drawing(canary.url), "image/svg+xml"),
        (samples.hostile_page(canary.url), "text/html"),
        (samples.hostile_page(canary.url), "image/png"),
        (samples.picture_with_a_page_inside(canary.url), "image/gif"),
    ]
    officer = start(Memory(attachments=hostile))
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))
    open_all(page, officer)
    page.wait_for_timeout(1500)

    assert canary.heard == []
    assert [url for url in asked if not url.startswith((officer.url, "blob:"))] == []
    assert page.evaluate("window.pwned") is None
    assert page.locator("iframe, object, embed, svg script, #attachments img").count() == 0
    assert len(page.context.pages) == 1


def test_the_page_may_load_nothing_from_elsewhere_even_if_it_wanted(
    page: Page, start: Start, canary: Canary
) -> None:
    unlock(page, start(Memory()))
    tried = page.evaluate(
        "async (url) => { new Image().src = url; new Audio(url).play().catch(() => 0);"
        " return fetch(url).then(() => 'reached', () => 'refused'); }",
        canary.url,
    )

    assert (tried, canary.heard) == ("refused", [])
    page.evaluate("setTimeout('window.evaluated = 1')")
    page.wait_for_timeout(100)
    assert page.evaluate("window.evaluated") is None


def test_what_is_no_picture_and_no_paper_is_only_saved_and_only_after_a_warning(
    page: Page, start: Start, canary: Canary
) -> None:
    officer = start(Memory(attachments=[(samples.hostile_page(canary.url), "text/html")]))
    open_all(page, officer)
    expect(page.locator("#attachments")).to_contain_text("бұл жерде көрсетілмейді")
    page.get_by_role("button", name="Түпнұсқаны сақтау").click()
    expect(page.locator("dialog")).to_contain_text("қауіпті болуы мүмкін")
    page.get_by_role("button", name="Сақтамау").click()
    expect(page.locator("dialog")).to_have_count(0)

    page.get_by_role("button", name="Түпнұсқаны сақтау").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Түсіндім, сақтау").click()
    assert saved.value.suggested_filename == f"{officer.memory.code}-1.bin"
    assert Path(saved.value.path()).read_bytes() == samples.hostile_page(canary.url)


# What is wrong with it


def test_another_file_than_the_letter_names_is_not_opened(page: Page, start: Start) -> None:
    memory = Memory(attachments=[(samples.PHOTO, "image/jpeg"), (b"%PDF-", "application/pdf")])
    first, second = memory.files
    memory.files[first] = memory.files[second]
    unlock(page, start(memory))
    page.locator("#attachments button").first.click()

    expect(page.locator("#attachments .alarm")).to_contain_text("хатта аталған файл емес")
    assert page.locator("canvas").count() == 0


def test_an_attachment_that_has_not_arrived_is_told(page: Page, start: Start) -> None:
    unlock(page, start(Memory(attachments=[(samples.PHOTO, "image/jpeg")], late=True)))

    expect(page.locator("#attachments")).to_contain_text("Әлі келген жоқ")
    assert page.locator("#attachments button").count() == 0


@pytest.mark.parametrize("content", [samples.PHOTO[:60], b"%PDF-1.7\nrubbish", b"OggS" + bytes(99)])
def test_a_broken_file_is_told_and_can_still_be_saved(
    page: Page, start: Start, content: bytes
) -> None:
    open_all(page, start(Memory(attachments=[(content, "application/pdf")])))

    expect(page.locator("#attachments")).to_contain_text("Файл бүлінген")
    expect(page.get_by_role("button", name="Түпнұсқаны сақтау")).to_be_visible()


# What is shown


def test_a_photo_and_a_paper_are_drawn(page: Page, start: Start) -> None:
    papers = [(samples.PHOTO, "image/jpeg"), (samples.paper(), "application/pdf")]
    open_all(page, start(Memory(attachments=papers)))
    photo, paper = page.locator("canvas").all()

    assert (photo.get_attribute("width"), photo.get_attribute("height")) == ("120", "80")
    assert paper.get_attribute("aria-label") == "1-бет, барлығы 2"
    page.get_by_role("button", name="Келесі бет").click()
    expect(page.locator("canvas").last).to_have_attribute("aria-label", "2-бет, барлығы 2")
    page.locator("summary", has_text="Осы беттегі мәтін").click()
    expect(page.locator(".paper__words")).to_have_text("Torture protocol 2")
    assert page.locator("canvas").last.evaluate(IS_INKED)


IS_INKED = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value, place) => place % 4 === 0 && value < 128);
}"""


def test_a_scan_is_decoded_without_webassembly(page: Page, start: Start) -> None:
    open_all(page, start(Memory(attachments=[(samples.scanned_paper(), "application/pdf")])))

    expect(page.locator("canvas")).to_have_count(1)
    assert page.locator("canvas").evaluate(IS_INKED)


@pytest.mark.parametrize(
    ("sound", "kind"), [(samples.VOICE_OGG, "audio/ogg"), (samples.VOICE_WEBM, "audio/webm")]
)
def test_a_voice_note_plays(page: Page, start: Start, sound: bytes, kind: str) -> None:
    open_all(page, start(Memory(attachments=[(sound, kind)])))
    expect(page.locator(".voice__time")).to_contain_text("/ 0:01")
    page.get_by_role("button", name="Тыңдау").click()

    expect(page.get_by_role("button", name="Кідірту")).to_be_visible()
    expect(page.get_by_role("slider")).not_to_have_value("0")
    expect(page.get_by_role("button", name="Тыңдау")).to_be_visible()


# A copy for sharing


def test_a_clean_photo_keeps_its_picture_and_no_word_about_it(page: Page, start: Start) -> None:
    told = samples.photo_that_tells()
    open_all(page, start(Memory(attachments=[(told, "image/jpeg")])))
    clean = Path(download(page, "Бөлісуге арналған таза көшірме").path()).read_bytes()

    assert all(mark in told for mark in samples.MARKS)
    assert not [mark for mark in samples.MARKS if mark in clean]
    assert set(samples.segments_of(clean)) <= {0xE0, 0xDB, 0xC0, 0xC4}
    assert not [
        mark for mark in (b"Exif", b"xmpmeta", b"Photoshop", b"ICC_PROFILE") if mark in clean
    ]


def test_a_clean_drawing_keeps_only_the_chunks_of_its_pixels(page: Page, start: Start) -> None:
    told = samples.picture_that_tells()
    open_all(page, start(Memory(attachments=[(told, "image/png")])))
    clean = Path(download(page, "Бөлісуге арналған таза көшірме").path()).read_bytes()

    assert {b"tEXt", b"iTXt", b"eXIf"} <= set(samples.chunks_of(told))
    assert set(samples.chunks_of(clean)) <= {b"IHDR", b"sRGB", b"gAMA", b"sBIT", b"IDAT", b"IEND"}


def test_a_clean_paper_is_pictures_of_its_pages_and_nothing_else(page: Page, start: Start) -> None:
    told = samples.paper(pages=3)
    officer = start(Memory(attachments=[(told, "application/pdf")]))
    open_all(page, officer)
    saved = download(page, "Бөлісуге арналған таза көшірме")
    clean = Path(saved.path()).read_bytes()

    assert saved.suggested_filename == f"{officer.memory.code}-1-clean.pdf"
    assert not [mark for mark in (*samples.MARKS, b"Torture") if mark in clean]
    assert not [name for name in NAMES_OF_METADATA if name in clean]
    assert clean.count(b"/Type /Page ") == clean.count(b"/DCTDecode") == 3


NAMES_OF_METADATA = (
    b"/Info", b"/Metadata", b"/Author", b"/Creator", b"/Producer", b"Date", b"/ID", b"xmp", b"Exif",
    b"/Font", b"/Annot",
)  # fmt: skip


def test_a_clean_paper_opens_again_as_a_paper(page: Page, start: Start, tmp_path: Path) -> None:
    open_all(page, start(Memory(attachments=[(samples.paper(), "application/pdf")])))
    clean = Path(download(page, "Бөлісуге арналған таза көшірме").path()).read_bytes()
    drawn = page.evaluate(DRAW_PDF, list(clean))

    assert drawn == [2, 400, 267, True]


DRAW_PDF = """async (bytes) => {
  const { openPdf } = await import("/static/papers-pdf.js");
  const paper = await openPdf(new Uint8Array(bytes));
  const canvas = await paper.draw(1, 1);
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return [paper.pages, canvas.width, canvas.height, data.some((value, at) => at % 4 === 0 && value < 128)];
}"""


def test_what_was_opened_stays_out_of_every_request(page: Page, start: Start) -> None:
    officer = start(Memory(attachments=[(samples.paper(), "application/pdf")]))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    open_all(page, officer)
    download(page, "Бөлісуге арналған таза көшірме")

    assert not [each for each in sent if "Torture" in each or "3305" in each]
    assert json.dumps(officer.memory.posted) == "[]"


@pytest.mark.parametrize("width", [1280, 320])
def test_attachments_are_accessible_and_fit(page: Page, start: Start, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    papers = [
        (samples.PHOTO, "image/jpeg"),
        (samples.paper(), "application/pdf"),
        (samples.VOICE_OGG, "audio/ogg"),
        (b"PK", "application/zip"),
    ]
    open_all(page, start(Memory(attachments=papers)))
    expect(page.locator("canvas")).to_have_count(2)
    page.locator("#bag summary").click()
    assert browsing.faults(page) == []

    page.get_by_role("button", name="Түпнұсқаны сақтау").last.click()
    expect(page.locator("dialog")).to_be_visible()
    assert browsing.faults(page) == []
