"""A table as a PDF for signing and for the archive: tagged, with its letters in it, equal for equal tables."""

import importlib
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from typing import Any

from arasha.papers.tables.model import Cell

_STYLE = """
@page { size: A4 %(turn)s; margin: 15mm 14mm 16mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt "Noto Sans", "DejaVu Sans", sans-serif } }
body { font: 9pt/1.35 "Noto Sans", "DejaVu Sans", sans-serif; color: #111 }
h1 { font-size: 13pt; margin: 0 0 4mm }
p { margin: 0 0 2mm; max-width: 180mm }
table { border-collapse: collapse; width: 100%%; margin: 3mm 0 }
thead { display: table-header-group }
tr { break-inside: avoid }
th, td { border: .4pt solid #7b8a8f; padding: 1.2mm 1.6mm; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; hyphens: auto }
th { background: #e8edee; font-weight: 600 }
td.n { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: normal }
.sign { margin-top: 12mm; display: table; width: 100%% }
.sign span { display: table-cell; padding-right: 8mm }
.sign i { display: block; border-bottom: .6pt solid #111; height: 7mm }
"""


class PangoMissingError(RuntimeError):
    """The machine lacks what lays out letters; the message says how to get it."""

    def __init__(self) -> None:
        super().__init__(
            "PDF needs Pango. On Debian: "
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core"
        )


def table_pdf(
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    title: str,
    language: str,
    before: Sequence[str] = (),
    after: Sequence[str] = (),
    signatures: Sequence[str] = (),
    landscape: bool = True,
) -> bytes:
    """Return the table as a PDF in A4: the title, the lines `before`, the table, the lines `after`.

    `signatures` are the words under lines to sign on. `language` is a tag like kk, for hyphens and screen
    readers. Equal arguments give equal bytes on one machine. Raises PangoMissingError.
    """
    style = _STYLE % {"turn": "landscape" if landscape else "portrait"}
    page = _page(header, rows, title, language, style, before, after, signatures)
    weasyprint = _weasyprint()
    # All words are escaped and no address is ours: nothing is ever fetched.
    fetcher = weasyprint.URLFetcher(allowed_protocols=(), allow_redirects=False)
    document = weasyprint.HTML(string=page, url_fetcher=fetcher)
    mark = sha256(page.encode()).digest()[:16]
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=mark))


def _weasyprint() -> Any:
    """Loaded on first use: it looks for Pango as it is imported."""
    try:
        return importlib.import_module("weasyprint")
    except OSError as error:
        raise PangoMissingError from error


def _page(
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    title: str,
    language: str,
    style: str,
    before: Sequence[str],
    after: Sequence[str],
    signatures: Sequence[str],
) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in header)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    lines = "".join(f"<span><i></i>{escape(words)}</span>" for words in signatures)
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><title>{escape(title)}</title>'
        f"<style>{style}</style></head><body><h1>{escape(title)}</h1>{_paragraphs(before)}"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f'{_paragraphs(after)}<div class="sign">{lines}</div></body></html>'
    )


def _paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _cell(cell: Cell) -> str:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return f'<td class="n">{cell}</td>'
    return f"<td>{'' if cell is None else escape(str(cell))}</td>"
