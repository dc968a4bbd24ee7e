"""What a PDF would do when it is opened, and what lies hidden in it.

Most writers pack the objects of a PDF (ISO 32000-1, 7.5.7): so the packed ones are unpacked and read, too. Pictures, fonts and
the text of pages are not: no action stands in them. What is locked with a password and packed cannot be read, and is refused.
"""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Literal

Danger = Literal["macros", "remote", "attached", "old_or_locked", "damaged", "bomb"]

_CHUNK, _OVERLAP = 1 << 20, 256
_MOST_UNPACKED = 200_000_000
_BEFORE, _AFTER = (
    2_048,
    1 << 16,
)  # where the dictionary of a packed stream may stand around its name


def _name(word: str) -> str:
    """A name however it is written: /J#61vaScript is /JavaScript (7.3.5)."""
    return "/" + "".join(f"(?:{each}|#{_hex(each)})" for each in word)


def _hex(letter: str) -> str:
    return "".join(
        f"[{digit}{digit.upper()}]" if digit.isalpha() else digit for digit in f"{ord(letter):02x}"
    )


def _any_of(*words: str) -> str:
    return "|".join(map(_name, words))


# A name ends before a delimiter or white space (7.2.2): /JavaScriptX is another one.
_END = r"(?![0-9A-Za-z_.+-])"
# Short names are found in any picture by chance: these count with what must follow them.
_VALUE = r"\s*(?:[(<\[]|\d+\s+\d+\s+R)"
_FORMS: tuple[tuple[Danger, str], ...] = (
    ("macros", f"(?:{_any_of('JavaScript', 'Launch', 'Rendition', 'RichMedia')}){_END}"),
    ("macros", f"(?:{_any_of('JS', 'XFA')}){_VALUE}"),
    ("remote", f"(?:{_any_of('GoToR', 'GoToE', 'SubmitForm', 'ImportData')}){_END}"),
    ("attached", f"(?:{_any_of('EmbeddedFiles', 'EmbeddedFile', 'FileAttachment')}){_END}"),
)
_DANGERS = [(danger, re.compile(form.encode())) for danger, form in _FORMS]
_PACKED = re.compile((_name("ObjStm") + _END).encode())
_FILTER = re.compile((_name("Filter") + _END).encode())
_LOCKED = re.compile((_name("Encrypt") + _VALUE).encode())
_STREAM = re.compile(rb"stream(?:\r\n|\n|\r)")
_NOT_PACKED = re.compile(
    rb"\s*\d+\s+\d+\s.*<<", re.DOTALL
)  # 7.5.7: numbers and places, then the objects


def danger_in_pdf(file: BinaryIO) -> Danger | None:
    """Return what speaks against taking a PDF, None if nothing does. The file must be seekable."""
    packed, is_locked = set[int](), False
    for start, piece in _pieces(file):
        if danger := _danger_in(piece):
            return danger
        packed |= {start + found.start() for found in _PACKED.finditer(piece)}
        is_locked = is_locked or bool(_LOCKED.search(piece))
    if packed and is_locked:
        return "old_or_locked"
    return _danger_in_packed(file, sorted(packed))


def _pieces(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The file with the place of each piece; each begins with the end of the one before."""
    file.seek(0)
    before, at = b"", 0
    while chunk := file.read(_CHUNK):
        yield at - len(before), before + chunk
        at += len(chunk)
        before = chunk[-_OVERLAP:]


def _danger_in(content: bytes) -> Danger | None:
    return next((danger for danger, pattern in _DANGERS if pattern.search(content)), None)


def _danger_in_packed(file: BinaryIO, places: list[int]) -> Danger | None:
    room = _MOST_UNPACKED
    for place in places:
        begin, told = _stream_after(file, place)
        if begin is None:
            return "damaged"
        try:
            content = _unpacked(file, begin, room)
        except zlib.error:
            file.seek(begin)
            if _FILTER.search(told) or not _NOT_PACKED.match(file.read(_AFTER)):
                return "damaged"
            continue  # as it stands it was read already
        room -= len(content)
        if room <= 0:
            return "bomb"
        if danger := _danger_in(content):
            return danger
    return None


def _stream_after(file: BinaryIO, place: int) -> tuple[int | None, bytes]:
    """Where the bytes of the stream begin that calls itself so, and what stands around its name."""
    start = max(0, place - _BEFORE)
    file.seek(start)
    around = file.read(place - start + _AFTER)
    stream = _STREAM.search(around, place - start)
    return (start + stream.end() if stream else None), around[: stream.start() if stream else None]


def _unpacked(file: BinaryIO, begin: int, room: int) -> bytes:
    """Raises zlib.error, also where the bytes are packed in another way: no writer does that with objects."""
    file.seek(begin)
    unpacker, content = zlib.decompressobj(), bytearray()
    while not unpacker.eof and len(content) < room:
        chunk = unpacker.unconsumed_tail or file.read(1 << 16)
        if not chunk:
            break  # cut off: readers show what there is, and so it is read here
        content += unpacker.decompress(chunk, 1 << 20)
    return bytes(content)
