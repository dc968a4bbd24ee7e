"""A scan in Chromium: its pixels go on, and nothing else of it."""

import base64
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.engines.sealing.browser import serving

pytestmark = pytest.mark.browser

MARKER = b"Canon of office 12, 43.2N 76.9E"
CLEAN = """async ([file, mediaType]) => {
  const [{ cleanImage }, { toBase64 }] = await Promise.all([import("/shared/scans.js"), import("/shared/filing.js")]);
  const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
  try {
    const made = await cleanImage(bytes, mediaType);
    const shown = await createImageBitmap(new Blob([made.bytes]));
    const pen = new OffscreenCanvas(shown.width, shown.height).getContext("2d");
    pen.drawImage(shown, 0, 0);
    const corner = [...pen.getImageData(2, 2, 1, 1).data];
    return { ...made, bytes: toBase64(made.bytes), width: shown.width, height: shown.height, corner };
  } catch (error) {
    return `${error.name} ${error.code}`;
  }
}"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    with serving("terminal", host="localhost") as address:
        opened = chromium.new_page()
        opened.goto(address)
        yield opened
        opened.close()


def clean(page: Page, file: bytes, media_type: str = "image/jpeg") -> Any:
    return page.evaluate(CLEAN, [base64.b64encode(file).decode(), media_type])


def png(width: int, height: int, *, pixel: bytes = b"\xc0\x20\x20\xff") -> bytes:
    """One colour with red, green, blue and clearness, and a note of who made it."""
    rows = (b"\0" + pixel * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"tEXt", b"Author\0" + MARKER), (b"IDAT", zlib.compress(rows)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in (*chunks, (b"IEND", b"")))


def chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def with_notes(jpeg: bytes, *, turned: int = 1) -> bytes:
    """The JPEG as a camera writes it: Exif with the way it was held, its owner, and a comment."""
    entries = struct.pack(">HHIHH", 0x0112, 3, 1, turned, 0)
    entries += struct.pack(">HHII", 0x013B, 2, len(MARKER) + 1, 8 + 2 + 24 + 4)
    exif = b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", 2) + entries + bytes(4) + MARKER + b"\0"
    return jpeg[:2] + segment(0xE1, exif) + segment(0xFE, MARKER) + jpeg[2:]


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def markers(jpeg: bytes) -> set[int]:
    found, place = set(), 2
    while jpeg[place + 1] != 0xDA:
        found.add(jpeg[place + 1])
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4])
    return found


def bytes_of(made: dict[str, Any]) -> bytes:
    return base64.b64decode(made["bytes"])


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"%PDF-1.7\n" + MARKER, "scan-pdf"),
        (b"GIF89a" + bytes(40), "scan-kind"),
        (b"", "scan-kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "scan-kind"),
        (png(8, 8)[:60], "scan-damaged"),
        (b"\x89PNG\r\n\x1a\n", "scan-damaged"),
        (b"\xff\xd8\xff\xe0\x00\x04ab", "scan-damaged"),
        (png(1, 1)[:16] + struct.pack(">II", 60_000, 60_000) + png(1, 1)[24:], "scan-size"),
    ],
)
def test_what_is_no_scan_is_refused_with_its_reason(page: Page, file: bytes, code: str) -> None:
    assert clean(page, file) == f"SealingError {code}"


def test_a_png_becomes_a_jpeg_without_its_notes(page: Page) -> None:
    made = clean(page, png(40, 20), "image/png")

    assert (made["mediaType"], made["width"], made["height"]) == ("image/jpeg", 40, 20)
    red, green, *_ = made["corner"]
    assert abs(red - 0xC0) < 8
    assert abs(green - 0x20) < 8
    assert MARKER not in bytes_of(made)


def test_what_a_png_leaves_clear_is_white_paper(page: Page) -> None:
    made = clean(page, png(16, 16, pixel=b"\0\0\0\0"), "image/png")

    assert made["corner"] == [255, 255, 255, 255]


def test_a_photo_loses_all_that_its_camera_noted_and_is_turned_as_it_was_held(page: Page) -> None:
    photo = with_notes(bytes_of(clean(page, png(60, 20))), turned=6)
    assert MARKER in photo

    made = clean(page, photo)
    assert (made["width"], made["height"]) == (20, 60)
    assert MARKER not in bytes_of(made)
    assert {marker for marker in markers(bytes_of(made)) if marker >= 0xE1} == set()


def test_a_large_page_becomes_at_most_2200_pixels_long(page: Page) -> None:
    made = clean(page, png(3300, 1500))

    assert (made["width"], made["height"]) == (2200, 1000)
