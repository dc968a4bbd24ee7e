"""What a field of a form is called: by the words that stand before it on the paper."""

import re

from django.utils.translation import gettext as _

from arasha.engines.documents import Block, Form
from arasha.engines.documents.forms import pieces

_EDGES = " :.,;|№\n\u00a0"


def label_of(form: Form, field: str, language: str) -> str:
    """The words before it in its line, else the heading above, else what its place on the paper is for."""
    heading = ""
    for block in form.blocks:
        if block.field == field:
            return heading
        if found := _in_line(block, field, language):
            return found
        if field in _names(block, language):
            return _by_style(block, field, language) or heading or field
        if block.style in ("heading", "subtitle"):
            heading = block.text.get(language, "").strip(_EDGES)
    return field


def columns_of(form: Form, field: str, language: str) -> list[str]:
    """The heads of a table."""
    [text] = [block.text[language] for block in form.blocks if block.field == field]
    return [head.strip() for head in text.split("|")]


def _names(block: Block, language: str) -> list[str]:
    return [name for _words, name in pieces(block.text.get(language, "")) if name]


def _in_line(block: Block, field: str, language: str) -> str:
    for words, name in pieces(block.text.get(language, "")):
        if name == field:
            last = re.split(r"[.!?]\s", words.strip())[-1]
            return last.strip(_EDGES)
    return ""


def _by_style(block: Block, field: str, language: str) -> str:
    side = _names(block, language).index(field)
    places = {
        "office": [_("Who writes")],
        "dated": [_("Day of signing"), _("Number")],
        "to": [_("To whom")],
        "signature": [_("Post of whoever signs"), _("Name of whoever signs")],
    }
    found = places.get(block.style, [])
    return str(found[side]) if side < len(found) else ""
