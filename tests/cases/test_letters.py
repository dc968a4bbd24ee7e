"""Letters and decisions of a case: prefilled, refused at their field, numbered without a gap."""

import uuid
from io import BytesIO
from typing import Any

import pytest
from docx import Document as Docx

from arasha.cases import file_store, services
from arasha.cases.letters.labels import label_of
from arasha.cases.letters.prefilled import Known, forms_of_a_case, prefilled, stored_answers
from arasha.cases.models import Case, Document, LetterCounter
from arasha.country import country, local_day
from arasha.engines.documents import FieldError
from arasha.people.models import Institution, User
from tests.cases.people import add
from tests.desk.signing_in import signed_in
from tests.walk import NOW, actor, decide, person

NOTICE: dict[str, object] = {
    "recipient": "Асан",
    "decided_on": "2026-03-05",
    "reasons": "Дәлел жоқ.",
    "meaning": "Іс тоқтатылды.",
    "contact": "Тел. 1",
    "post": "Прокурор",
    "name": "А.",
}


def page_of(case: Case, form: str = "victim_notice", language: str = "kk") -> str:
    return f"/cases/{case.pk}/letters/{form}/{language}/"


def known(case: Case, viewer: User, form: str, language: str = "ru") -> Known:
    return Known(case, country().forms[form], language, actor(viewer), NOW)


def sent(case: Case, viewer: User, form: str = "victim_notice", **said: object) -> dict[str, Any]:
    """What the page posts if nothing but these fields is changed."""
    first = prefilled(known(case, viewer, form, "kk"))
    return {**first, **NOTICE, "sending": str(uuid.uuid4()), **said}


def text_of(document: Document) -> str:
    with file_store.opened(document.sha256) as file:
        return "\n".join(each.text for each in Docx(BytesIO(file.read())).paragraphs)


@pytest.mark.parametrize("role", ["clerk", "supervisor"])
def test_only_who_conducts_the_case_writes_its_letters(
    case: Case, prosecution: Institution, role: str
) -> None:
    assert signed_in(person(role, prosecution)).get(page_of(case)).status_code == 404


@pytest.mark.parametrize(
    ("form", "language"),
    [("destruction_protocol", "kk"), ("no_such", "kk"), ("victim_notice", "xx")],
)
def test_a_form_that_is_not_of_a_case_is_not_found(
    case: Case, prosecutor: User, form: str, language: str
) -> None:
    assert signed_in(prosecutor).get(page_of(case, form, language)).status_code == 404


def test_what_cannot_be_printed_is_said_at_its_field_and_takes_no_number(
    case: Case, prosecutor: User
) -> None:
    desk = signed_in(prosecutor)

    answer = desk.post(page_of(case), sent(case, prosecutor, reasons="a \u202e b", contact=""))
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {"contact"}
    answer = desk.post(page_of(case), sent(case, prosecutor, reasons="a \u202e b"))

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"reasons"}
    assert "U+202E" in answer.content.decode()
    assert not Document.objects.exists() and not LetterCounter.objects.exists()


def test_a_number_is_taken_only_with_its_letter(case: Case, prosecutor: User) -> None:
    with pytest.raises(FieldError):
        services.keep_letter(
            case=case,
            form="victim_notice",
            language="kk",
            values={},
            sending=uuid.uuid4(),
            by=actor(prosecutor),
            at=NOW,
        )
    assert not LetterCounter.objects.exists()


def test_letters_are_numbered_one_after_the_other_and_kept_with_their_custody(
    case: Case, prosecutor: User
) -> None:
    desk = signed_in(prosecutor)
    for _ in range(2):
        assert desk.post(page_of(case), sent(case, prosecutor)).status_code == 302

    first, second = Document.objects.order_by("number")
    assert [first.number[-9:-5], second.number[-9:-5]] == ["0001", "0002"]
    assert first.number in text_of(first) and case.number in text_of(first)
    assert first.language == "kk" and first.file_name.endswith(".docx")
    assert [link.act for link in first.custody.all()] == ["received"]


def test_a_double_click_keeps_one_letter_and_other_words_are_another(
    case: Case, prosecutor: User
) -> None:
    desk, letter = signed_in(prosecutor), sent(case, prosecutor)

    for words in ("Дәлел жоқ.", "Дәлел жоқ.", "Басқа."):
        assert desk.post(page_of(case), letter | {"reasons": words}).status_code == 302

    assert Document.objects.count() == LetterCounter.objects.get().last == 2


def test_a_letter_knows_the_case_and_the_victim_by_name_only_where_names_are_open(
    case: Case, prosecutor: User, officer: User
) -> None:
    add(case, prosecutor, "Асан Үсенов")
    decide(case, "terminated", prosecutor)

    told = prefilled(known(case, prosecutor, "victim_notice"))
    assert told["case_number"] == case.number and told["recipient"] == "Асан Үсенов"
    assert told["decision"] == country().term("decisions", "terminated").in_("ru")
    assert prefilled(known(case, officer, "victim_notice"))["recipient"] == "V1"


def test_the_stored_answer_is_printed_with_its_marks(case: Case, prosecutor: User) -> None:
    about = known(case, prosecutor, "extension_motion")

    first = stored_answers(about)[0]

    assert first.code.startswith("clock-") and first.steps
    due_at = case.deadlines.earliest("due_at").due_at
    assert prefilled(about)["term_ends_on"] == local_day(due_at)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("form", [each.code for each in forms_of_a_case()])
def test_every_form_has_a_page_on_which_every_field_has_a_name(
    case: Case, prosecutor: User, form: str, language: str
) -> None:
    chosen = country().forms[form]

    assert signed_in(prosecutor).get(page_of(case, form, language)).status_code == 200
    unnamed = [name for name in chosen.fields if label_of(chosen, name, language) in ("", name)]
    assert unnamed == []


def test_an_enclosed_row_with_too_few_columns_is_said_at_its_field(
    case: Case, prosecutor: User
) -> None:
    answer = signed_in(prosecutor).post(
        page_of(case, "transfer_decision"), {"enclosed": "only one", "sending": str(uuid.uuid4())}
    )

    assert answer.status_code == 422
    assert "has 1 columns; it needs 3" in answer.content.decode()
