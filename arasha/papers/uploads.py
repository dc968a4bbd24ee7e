"""What a file is, by its bytes and a closed list; what is dangerous, broken or two things at once is refused.

This is no virus scanner: it keeps out what no reader of a case needs. Who opens a file still opens a stranger's.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import BinaryIO, Literal
from xml.parsers.expat import ExpatError

from arasha.papers.archives import BombError, declares_entities, refuse_bombs
from arasha.papers.inside_office import fetches
from arasha.papers.inside_pdf import danger_in_pdf

Kind = Literal[
    "pdf", "jpeg", "png", "tiff", "docx", "xlsx", "odt", "txt", "mp3", "opus", "wav", "mp4"
]  # fmt: skip
Refusal = Literal[
    "empty",
    "too_large",
    "unknown",  # not on the list
    "executable",
    "old_or_locked",  # an office file of before 2007, or one with a password
    "macros",  # or another program within a document
    "remote",  # a document that fetches something when it is opened
    "bomb",  # would fill the memory
    "damaged",
    "two_in_one",  # one file that another program reads as another
    "attached",  # a PDF with other files in it
]
MEDIA_TYPES: Mapping[Kind, str] = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tiff": "image/tiff",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain",
    "mp3": "audio/mpeg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "mp4": "video/mp4",
}
_EXECUTABLE = (
    *(b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"L\x00\x00\x00\x01\x14\x02\x00"),
    *(b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP, _ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
_STARTS: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (re.compile(rb"%PDF-[12]\.\d"), "pdf"),
    (re.compile(rb"\xff\xd8\xff"), "jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "png"),
    (re.compile(rb"II\*\x00|MM\x00\*"), "tiff"),
    (re.compile(rb"RIFF....WAVE", re.DOTALL), "wav"),
    (re.compile(rb"OggS.{20,60}OpusHead", re.DOTALL), "opus"),
    (re.compile(rb"....ftyp(?:isom|iso\d|mp4[12]|avc1|M4[AV] |MSNV|dash|3gp\d)", re.DOTALL), "mp4"),
    (re.compile(rb"ID3[\x02-\x04]|\xff[\xfa\xfb\xf2\xf3][\x10-\xe8]"), "mp3"),
)
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|script|svg|\?xml|\?php|body|iframe)|\{\\rtf", re.I)
# What zipfile lets through of a broken archive; a name that is no text is a ValueError.
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(LookupError, ValueError, NotImplementedError),
)
_HEAD, _TAIL = 4096, 70_000
_ENDINGS: Mapping[Kind, bytes] = {"pdf": b"%%EOF", "png": b"IEND\xaeB`\x82"}
_MAIN_PARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
)
_PROGRAM_PARTS = re.compile(
    r"vba|activex|^basic/|^scripts/|embeddings/.*\.bin$|\.(exe|dll|js|jar)$"
)


class UploadRefusedError(ValueError):
    """A file that is not taken, and why."""

    def __init__(self, code: Refusal, message: str = "") -> None:
        self.code = code
        super().__init__(message or code)


def kind_of(
    file: BinaryIO, *, most_bytes: int, most_unpacked: int = 500_000_000, most_times: int = 200
) -> Kind:
    """Return what the file is. Raises UploadRefusedError with a code.

    Neither the name nor what a browser says of the file counts. The file must be seekable; of films and
    pictures only the beginning and the end are read.
    """
    size = file.seek(0, 2)
    if size == 0:
        raise UploadRefusedError("empty")
    if size > most_bytes:
        raise UploadRefusedError("too_large", f"{size} bytes; at most {most_bytes}")
    head = _read(file, 0, _HEAD)
    if head.startswith(_EXECUTABLE):
        raise UploadRefusedError("executable")
    if head.startswith(_OLE):
        raise UploadRefusedError("old_or_locked")
    if head.startswith(_ZIP):
        return _office(file, most_unpacked, most_times)
    kind = next((kind for pattern, kind in _STARTS if pattern.match(head)), None)
    if kind is None:
        return _text(file, head)
    _refuse_two_in_one(file, size, head, kind)
    if kind == "pdf" and (danger := danger_in_pdf(file)):
        raise UploadRefusedError(danger, "a PDF that does more than show itself")
    return kind


def _read(file: BinaryIO, start: int, count: int) -> bytes:
    file.seek(start)
    return file.read(count)


def _refuse_two_in_one(file: BinaryIO, size: int, head: bytes, kind: Kind) -> None:
    """An archive behind a picture, a PDF within something else, an end that is not there."""
    tail = _read(file, max(0, size - _TAIL), _TAIL)
    if _ZIP_END in tail:
        raise UploadRefusedError("two_in_one", f"a {kind} with an archive behind it")
    if kind != "pdf" and b"%PDF-" in head[:1024]:
        raise UploadRefusedError("two_in_one", f"a {kind} with a PDF in it")
    if kind in _ENDINGS and _ENDINGS[kind] not in tail[-2048:]:
        raise UploadRefusedError("damaged", f"a {kind} without its end")


def _text(file: BinaryIO, head: bytes) -> Kind:
    """Plain words in an encoding that people here write in; pages and scripts are none."""
    if _MARKUP.search(head[:1024]):
        raise UploadRefusedError("unknown", "a page or a script")
    content = _read(file, 0, -1)
    for encoding in (
        ("utf-8", "utf-16") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "cp1251")
    ):
        try:
            words = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search("[\x00-\x08\x0e-\x1a\x1c-\x1f]", words):
            return "txt"
    raise UploadRefusedError("unknown")


def _office(file: BinaryIO, most_unpacked: int, most_times: int) -> Kind:
    try:
        with zipfile.ZipFile(file) as archive:
            refuse_bombs(archive, most_bytes=most_unpacked, most_times=most_times)
            _refuse_patchwork(file, archive)
            kind = _office_kind(archive)
            _refuse_contents(archive, kind)
            return kind
    except UploadRefusedError:
        raise
    except BombError as error:
        raise UploadRefusedError("bomb", str(error)) from error
    except DAMAGE as error:
        raise UploadRefusedError("damaged", str(error)) from error
    except RuntimeError as error:  # zipfile's word for a member with a password
        raise UploadRefusedError("old_or_locked", str(error)) from error


def _refuse_patchwork(file: BinaryIO, archive: zipfile.ZipFile) -> None:
    """An archive that begins late, ends early or names a part twice is read differently by two programs."""
    names = archive.namelist()
    begins = min((member.header_offset for member in archive.infolist()), default=0)
    file.seek(-22, 2)
    if begins or archive.comment or file.read(4) != _ZIP_END:
        raise UploadRefusedError("two_in_one", "an archive with something before or behind it")
    if len({name.lower() for name in names}) != len(names):
        raise UploadRefusedError("two_in_one", "an archive with two parts of one name")


def _office_kind(archive: zipfile.ZipFile) -> Kind:
    names = archive.namelist()
    if "mimetype" in names:
        if archive.read("mimetype").strip() == MEDIA_TYPES["odt"].encode():
            return "odt"
        raise UploadRefusedError("unknown", "an archive of another kind")
    if "[Content_Types].xml" not in names:
        raise UploadRefusedError("unknown", "an archive")
    types = archive.read("[Content_Types].xml")
    if b"macroenabled" in types.lower():
        raise UploadRefusedError("macros")
    for mark, kind in _MAIN_PARTS:
        if mark in types:
            return kind
    raise UploadRefusedError("unknown", "an office file of another kind")


def _refuse_contents(archive: zipfile.ZipFile, kind: Kind) -> None:
    for name in archive.namelist():
        if _PROGRAM_PARTS.search(name.lower()):
            raise UploadRefusedError("macros", name)
    if declares_entities(archive):
        raise UploadRefusedError("damaged", "a part declares entities")
    try:
        fetching = fetches(archive, kind=kind)
    except ExpatError as error:
        raise UploadRefusedError("damaged", str(error)) from error
    if fetching:
        raise UploadRefusedError("remote", fetching)
    if (spoilt := archive.testzip()) is not None:
        raise UploadRefusedError("damaged", spoilt)
