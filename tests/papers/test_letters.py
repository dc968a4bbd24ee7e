"""Letters and decisions as .docx, read back as a word processor reads them."""

import datetime as dt
import time
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from arasha.engines.documents import Field, Form, Step, Tick, fill
from arasha.packs import load
from arasha.papers.letters import letter
from tests.engines.documents.forms import FORM, values

KZ = load("kz")
SAMPLES: dict[str, Any] = {
    "line": "Әлия Ұлықбекқызы <&> ҒҚҢӨҮҺІ",
    "text": "Бірінші жол.\n" + "Екінші, өте ұзын жол. " * 40,
    "day": dt.date(2024, 3, 7),
    "number": 2,
    "steps": [Step("Ереже", "CPC 192", "upk", "unverified")],
    "ticks": [Tick("Мойындату", True), Tick("Жазалау", False)],
}


def read(content: bytes) -> Any:
    return Document(BytesIO(content))


def filled(form: Form, language: str) -> bytes:
    """The form with a sample in each field; a table gets as many cells as it has columns."""
    columns = {
        block.field: block.text[language].count("|") + 1
        for block in form.blocks
        if block.field and block.text
    }
    given = {
        name: [("х",) * columns[name]] if field.kind == "rows" else SAMPLES[field.kind]
        for name, field in form.fields.items()
    }
    return letter(fill(form, language, given))


@pytest.fixture(scope="module")
def document() -> Any:
    return read(letter(fill(FORM, "kk", values())))


def test_the_words_come_back_with_their_kazakh_letters(document: Any) -> None:
    texts = [paragraph.text for paragraph in document.paragraphs]

    assert texts[0] == "Қарағанды облысының прокуратурасы"
    assert "Ұрды.\nЕкінші жол." in texts
    assert "☒\u2002Мойындату" in texts
    assert "☐\u2002Жазалау" in texts
    assert "Прокурор\tҚарағанды облысының прокуратурасы" in texts
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["Хаттама", "ab12"]


def test_numbers_are_word_s_own_and_never_typed(document: Any) -> None:
    heading, point = (
        next(p for p in document.paragraphs if p.text.startswith(words))
        for words in ("Іс", "Күні: 2024")
    )

    assert level_of(heading) == (1, 0)
    assert level_of(point) == (1, 1)
    shown = document.part.numbering_part.element.findall(f".//{qn('w:lvlText')}")
    assert [each.get(qn("w:val")) for each in shown] == ["%1.", "%1.%2.", "%1)"]


def level_of(paragraph: Any) -> tuple[int, int]:
    numbers = paragraph._p.pPr.numPr
    return numbers.numId.val, numbers.ilvl.val


def test_each_group_of_items_begins_at_one() -> None:
    blocks = [b for b in FORM.blocks if b.style in ("steps", "heading")]
    form = replace(FORM, blocks=[blocks[-1], blocks[0], blocks[-1]])

    found = read(letter(fill(form, "kk", values())))

    groups = [level_of(p)[0] for p in found.paragraphs if "CPC" in p.text]
    assert groups == [2, 2, 3, 3]


@pytest.mark.parametrize(("language", "tag"), [("kk", "kk-KZ"), ("ru", "ru-RU")])
def test_the_document_names_its_language(language: str, tag: str) -> None:
    found = read(letter(fill(FORM, language, values())))

    tags = {each.get(qn("w:val")) for each in found.styles.element.iter(qn("w:lang"))}
    assert tag in tags
    assert found.core_properties.language == tag


def test_pages_are_counted_and_a_draft_says_so(document: Any) -> None:
    foot = document.sections[0].footer.paragraphs[0]

    codes = [each.get(qn("w:instr")) for each in foot._p.iter(qn("w:fldSimple"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert foot.text.startswith("Жоба")


def test_what_is_unknown_is_a_line_to_write_on(document: Any) -> None:
    appeal = next(p for p in document.paragraphs if p.text.startswith("Шағым"))

    assert [run.text.strip() for run in appeal.runs if run.font.underline] == [""]


def test_equal_papers_are_equal_bytes_whenever_they_are_set() -> None:
    first = letter(fill(FORM, "kk", values()))
    time.sleep(2.1)  # a zip counts in steps of two seconds

    assert letter(fill(FORM, "kk", values())) == first


def test_a_letter_holds_no_macro_no_name_and_no_moment(document: Any) -> None:
    with zipfile.ZipFile(BytesIO(letter(fill(FORM, "kk", values())))) as archive:
        names = archive.namelist()
        core = archive.read("docProps/core.xml")

    assert not [name for name in names if "vba" in name.lower()]
    assert b"dcterms:created" not in core
    assert document.core_properties.author == ""


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("form", KZ.forms.values(), ids=lambda form: form.code)
def test_every_form_of_the_country_can_be_filled(form: Form, language: str) -> None:
    texts = [paragraph.text for paragraph in read(filled(form, language)).paragraphs]

    assert texts[0] == SAMPLES["line"]
    assert not [text for text in texts if "{" in text or "|" in text]


def test_no_form_of_the_country_is_approved_yet_and_none_names_an_article() -> None:
    for form in KZ.forms.values():
        words = " ".join(text for block in form.blocks for text in block.text.values())
        assert not form.approved
        assert not [digit for digit in "0123456789" if digit in words.replace("SHA-256", "")]


@pytest.mark.parametrize("form", ["extension_motion", "classification_decision"])
def test_a_document_that_leans_on_the_law_prints_its_marks(form: str) -> None:
    texts = [p.text for p in read(filled(KZ.forms[form], "ru")).paragraphs]

    assert "Ереже (CPC 192; upk). НЕ ПРОВЕРЕНО." in texts


def test_a_victim_is_never_told_an_invented_way_to_appeal() -> None:
    assert KZ.forms["victim_notice"].fields["appeal_to"] == Field("appeal_to", "text", unknown=True)
