"""Sets a filled form in type: a .docx with real numbering, styles, the language's tag, and no trace of the clock."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from arasha.engines.documents import Grid, Line, Paper, Piece
from arasha.papers.archives import settled
from arasha.papers.numbering import Numbering

FACE = "Times New Roman"
_MOMENT = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_TEXT_WIDTH = Cm(16.5)
_BLANK = "\u00a0" * 28
_TICKED, _UNTICKED = "\u2612", "\u2610"
_LEFT, _CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
# Style → name in Word, size, bold, alignment, space before and after, indent on the left (cm).
_LOOKS: dict[str, tuple[str, float, bool, WD_ALIGN_PARAGRAPH, float, float, float]] = {
    "office": ("Arasha Office", 13, True, _CENTRE, 0, 6, 0),
    "dated": ("Arasha Dated", 12, False, _LEFT, 6, 12, 0),
    "to": ("Arasha Addressee", 12, False, _LEFT, 0, 14, 8.5),
    "title": ("Title", 14, True, _CENTRE, 8, 0, 0),
    "subtitle": ("Subtitle", 12, False, _CENTRE, 2, 12, 0),
    "heading": ("Heading 1", 12, True, _LEFT, 10, 4, 0),
    "paragraph": ("Body Text", 12, False, _LEFT, 0, 6, 0),
    "point": ("Arasha Point", 12, False, _LEFT, 0, 4, 0),
    "item": ("Arasha Item", 12, False, _LEFT, 0, 3, 0),
    "steps": ("Arasha Step", 11, False, _LEFT, 0, 3, 0),
    "ticks": ("Arasha Tick", 12, False, _LEFT, 0, 3, 0.75),
    "signature": ("Arasha Signature", 12, False, _LEFT, 26, 0, 0),
    "note": ("Arasha Note", 9.5, False, _LEFT, 10, 0, 0),
}
_LEVELS = {"heading": 0, "point": 1}
_GROUPS = ("item", "steps")


def letter(paper: Paper) -> bytes:
    """Return the paper as a .docx. Equal papers give equal bytes, whenever and wherever they are set."""
    document = Document()
    _set_page(document, paper)
    _set_styles(document, paper.tag)
    numbering = Numbering(document)
    before = ""
    for block in paper.blocks:
        if isinstance(block, Grid):
            _grid(document, block)
            before = ""
        else:
            _line(document, block, numbering, new_group=block.style != before)
            before = block.style
    target = BytesIO()
    document.save(target)
    return settled(target.getvalue(), {"docProps/core.xml": lambda xml: _MOMENT.sub(b"", xml)})


def _set_page(document: Any, paper: Paper) -> None:
    document.core_properties.title = paper.title
    document.core_properties.language = paper.tag
    for name in ("author", "comments", "last_modified_by", "keywords"):
        setattr(document.core_properties, name, "")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin, section.bottom_margin, section.footer_distance = Cm(2), Cm(2.4), Cm(1.2)
    foot = section.footer.paragraphs[0]
    foot.style = document.styles["Normal"]  # the template's foot has stops of its own
    foot.paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    _small(foot.add_run(f"{paper.notice}\t"))
    for part in re.split(r"(\{page\}|\{pages\})", paper.page):
        if part in ("{page}", "{pages}"):
            _counter(foot, "PAGE" if part == "{page}" else "NUMPAGES")
        else:
            _small(foot.add_run(part))


def _small(run: Any) -> None:
    run.font.size = Pt(8.5)
    run.font.color.rgb = RGBColor(0x44, 0x44, 0x44)


def _counter(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run("1")
    _small(run)
    field.append(run._r)
    paragraph._p.append(field)


def _set_styles(document: Any, tag: str) -> None:
    styles = document.styles
    _face(styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}"), tag)
    for name, size, bold, alignment, before, after, indent in _LOOKS.values():
        known = name in [style.name for style in styles]
        style = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if not known:
            style.base_style = styles["Normal"]
        _face(style.element.get_or_add_rPr(), tag)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        shape = style.paragraph_format
        shape.alignment, shape.left_indent = alignment, Cm(indent)
        shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), 1.1
        shape.keep_with_next = name in ("Heading 1", "Title")
        _plain(style.element)


def _face(properties: Any, tag: str) -> None:
    """One face for every script, and the language for hyphens, spelling and screen readers."""
    for old in properties.findall(qn("w:rFonts")) + properties.findall(qn("w:lang")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FACE)
    properties.insert(0, fonts)
    language = OxmlElement("w:lang")
    for script in ("val", "eastAsia", "bidi"):
        language.set(qn(f"w:{script}"), tag)
    properties.append(language)


def _plain(style: Any) -> None:
    """Without the lines and the wide letters of Word's own titles."""
    for name in ("w:pPr/w:pBdr", "w:rPr/w:spacing", "w:rPr/w:kern"):
        for found in style.findall("/".join(map(qn, name.split("/")))):
            found.getparent().remove(found)


def _line(document: Any, line: Line, numbering: Numbering, *, new_group: bool) -> None:
    paragraph = document.add_paragraph(style=_LOOKS[line.style][0])
    if line.style in _LEVELS:
        numbering.outline(paragraph, _LEVELS[line.style])
    if line.style in _GROUPS:
        numbering.group(paragraph, new=new_group)
    if line.ticked is not None:
        paragraph.paragraph_format.first_line_indent = Cm(-0.75)
        _words(paragraph, [Piece(f"{_TICKED if line.ticked else _UNTICKED}\u2002")])
    _words(paragraph, line.pieces)
    if line.right:
        paragraph.paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        _words(paragraph, [Piece("\t"), *line.right])
    if line.style == "office":
        _rule_below(paragraph)


def _words(paragraph: Any, pieces: Sequence[Piece]) -> None:
    for piece in pieces:
        run = paragraph.add_run(_BLANK if piece.blank else piece.text)  # \n and \t become breaks
        run.font.underline = True if piece.blank else None


def _rule_below(paragraph: Any) -> None:
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "4"), ("color", "12333F")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _grid(document: Any, grid: Grid) -> None:
    table = document.add_table(rows=0, cols=len(grid.header), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = _widths(grid)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, cells in enumerate((grid.header, *grid.rows)):
        row = table.add_row()
        _mark(row, "w:cantSplit")
        for cell, text, width in zip(row.cells, cells, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            run = paragraph.add_run(text)
            run.font.size, run.font.bold = Pt(10), number == 0
    _mark(table.rows[0], "w:tblHeader")  # the heads of the columns stand on every page
    document.add_paragraph(style="Arasha Note").paragraph_format.space_before = Pt(0)


def _widths(grid: Grid) -> list[int]:
    """Of the columns: as what stands in them asks for, none so narrow that words break in it."""
    longest = [
        min(max(8, *(len(row[at]) for row in (grid.header, *grid.rows))), 60)
        for at in range(len(grid.header))
    ]
    return [int(_TEXT_WIDTH * each / sum(longest)) for each in longest]


def _mark(row: Any, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
