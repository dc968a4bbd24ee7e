"""What an office file would fetch when it is opened: a picture, a template, another document, data."""

import re
import zipfile
from collections.abc import Callable, Mapping
from html import unescape
from xml.parsers.expat import ParserCreate

# A link that a person follows is none of the program's doing; everything else that lies outside, it fetches.
_FOLLOWED = "/hyperlink"
_BROUGHT_IN = "/afchunk"  # a page of another kind within a letter: it has pictures of its own
_FIELDS = re.compile(
    r"(?m)^\s*(?:INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DDE|DDEAUTO|RD|DATABASE)\b"
)
_DATA = re.compile(r"^xl/(?:connections\.xml|querytables/|externallinks/)")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f\b[^>]*>([^<]*)")
_FETCHING = re.compile(r"(?i)\b(?:_xlfn\.)?(?:WEBSERVICE|IMAGE|RTD|CALL|REGISTER)\s*\(|\|\s*'")
_ELSEWHERE = re.compile(r"(?i)^\s*(?:[a-z][a-z0-9+.-]*:|/|\\|\.\.)")
_INSIDE = re.compile(r"(?i)^\s*vnd\.sun\.star\.package:")
_DDE = ("dde-source", "dde-link", "dde-connection-decl")
# From which template a text was made; nobody fetches it.
_PASSIVE = ("meta.xml",)
_PIECE, _OVERLAP = 1 << 20, 1 << 16


def fetches(archive: zipfile.ZipFile, *, kind: str) -> str:
    """Return the part that fetches something when the file is opened; empty if none does.

    Which part is what, a file says itself, wherever it lies: so each is asked. Raises ExpatError where one is no XML.
    """
    for part in archive.namelist():
        name = part.lower()
        if _DATA.match(name):
            return part
        if name.endswith(".rels") and _relations(archive, part):
            return part
        if name.endswith(".xml") and name not in _PASSIVE and _CONTENTS[kind](archive, part):
            return part
    return ""


def _relations(archive: zipfile.ZipFile, part: str) -> bool:
    """Read as XML: quotes, prefixes, encodings and references are a writer's own."""
    found: list[str] = []

    def begin(_name: str, given: dict[str, str]) -> None:
        told = {_local(name): value.strip().lower() for name, value in given.items()}
        kind, is_outside = told.get("type", ""), told.get("targetmode") == "external"
        if (is_outside and not kind.endswith(_FOLLOWED)) or kind.endswith(_BROUGHT_IN):
            found.append(kind)

    _parse(archive, part, begin)
    return bool(found)


def _fields(archive: zipfile.ZipFile, part: str) -> bool:
    """The instructions of a field may be cut into pieces: together they are its words."""
    told: list[str] = []
    is_told = False

    def begin(name: str, given: dict[str, str]) -> None:
        nonlocal is_told
        is_told = _local(name) == "instrtext"
        if _local(name) == "fldchar":
            told.append("\n")
        told.extend(f"\n{value}\n" for key, value in given.items() if _local(key) == "instr")
        if _local(name) == "imagedata" and _leads_away(given):
            told.append("\nINCLUDEPICTURE\n")

    def say(words: str) -> None:
        if is_told:
            told.append(words)

    def end(_name: str) -> None:
        nonlocal is_told
        is_told = False

    _parse(archive, part, begin, say, end)
    return bool(_FIELDS.search("".join(told).upper()))


def _formulas(archive: zipfile.ZipFile, part: str) -> bool:
    with archive.open(part) as file:
        before = b""
        while piece := file.read(_PIECE):
            content = before + piece.replace(b"\0", b"")  # of UTF-16 every other byte
            for formula in _FORMULA.finditer(content):
                if _FETCHING.search(unescape(formula[1].decode(errors="replace"))):
                    return True
            before = content[-_OVERLAP:]
    return False


def _references(archive: zipfile.ZipFile, part: str) -> bool:
    """Of an OpenDocument: links that are followed by themselves, that is all but those of a link."""
    found: list[str] = []

    def begin(name: str, given: dict[str, str]) -> None:
        if _local(name) in _DDE:
            found.append(name)
        if _local(name) != "a" and _leads_away(given):
            found.append(name)

    _parse(archive, part, begin)
    return bool(found)


def _leads_away(given: Mapping[str, str]) -> bool:
    """A place that is not within the file, in an attribute that names one."""
    return any(
        _local(key) in ("href", "src") and _ELSEWHERE.match(value) and not _INSIDE.match(value)
        for key, value in given.items()
    )


def _parse(
    archive: zipfile.ZipFile,
    part: str,
    begin: Callable[[str, dict[str, str]], None],
    say: Callable[[str], None] | None = None,
    end: Callable[[str], None] | None = None,
) -> None:
    parser = ParserCreate()
    parser.StartElementHandler = begin
    if say and end:
        parser.CharacterDataHandler, parser.EndElementHandler = say, end
    with archive.open(part) as file:
        parser.ParseFile(file)


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


_CONTENTS: Mapping[str, Callable[[zipfile.ZipFile, str], bool]] = {
    "docx": _fields,
    "xlsx": _formulas,
    "odt": _references,
}
