"""The pages of an import and of a clerk, as signed-in people see them."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arasha.cases.importing.fields import all_fields
from arasha.cases.models import Case, Import
from arasha.cases.services import add_number
from arasha.country import local_day
from arasha.papers.tables import table_xlsx
from arasha.people.models import Institution, User
from arasha.places.models import Place
from tests.cases.tables import HEADINGS, as_csv, line
from tests.cases.test_import import clerk, supervisor
from tests.desk.signing_in import signed_in
from tests.walk import NOW, actor

__all__ = ["clerk", "supervisor"]
PAGE = "/cases/imports/"
FEW_QUERIES = 45


def upload(desk: Client, content: bytes, to: Institution, *, name: str = "r.csv") -> str:
    file = SimpleUploadedFile(name, content)
    sent = desk.post(PAGE, {"form": "register", "institution": str(to.pk), "file": file})
    return sent.headers.get("Location", "")


def chosen(**changes: str) -> dict[str, str]:
    """What the page of the columns sends if nobody changes what was guessed."""
    return {"value-register": "erdr", **changes}


def previewed(desk: Client, content: bytes, to: Institution) -> str:
    """The address of an import whose columns were guessed."""
    address = upload(desk, content, to)
    guessed = desk.get(address).context["form"]
    told = {name: guessed[name].initial or "" for name in guessed.fields}
    sent = desk.post(address, told | chosen())
    assert sent.status_code == 302, sent.content.decode()
    return str(sent.headers["Location"])


def test_a_stranger_learns_nothing_of_an_import(
    clerk: User, other_prosecutor: User, prosecution: Institution, place: Place
) -> None:
    address = previewed(signed_in(clerk), as_csv(line()), prosecution)
    stranger = signed_in(other_prosecutor)

    for page in (address, f"{address}columns/", f"{address}remarks.csv", f"{PAGE}{uuid.uuid4()}/"):
        assert stranger.get(page).status_code == 404
    assert stranger.post(f"{address}undo/").status_code == 404


def test_who_leads_reads_an_import_and_does_not_take_it_in(
    clerk: User, supervisor: User, prosecution: Institution, place: Place
) -> None:
    address = previewed(signed_in(clerk), as_csv(line()), prosecution)
    lead = signed_in(supervisor)

    assert lead.get(address).status_code == 200
    assert lead.post(address, {"take": "in"}).status_code == 404
    assert Case.objects.count() == 0


def test_columns_are_guessed_from_headings_and_remembered(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    desk = signed_in(clerk)
    form = desk.get(upload(desk, as_csv(line()), prosecution)).context["form"]

    assert form["column-number"].initial == HEADINGS[0]
    assert form["column-happened"].initial == "Дата события"
    desk.post(form_address := previewed(desk, as_csv(line("9")), prosecution), {"take": "in"})
    assert form_address
    again = desk.get(upload(desk, as_csv(line("10")), prosecution)).context["form"]
    assert again["value-register"].initial == "erdr"


def test_the_preview_names_line_column_and_reason_and_writes_nothing(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    desk = signed_in(clerk)
    address = previewed(desk, as_csv(line("1"), line("2", place="Nowhere")), prosecution)

    page = desk.get(address).content.decode()
    table = desk.get(f"{address}remarks.csv").content.decode("utf-8-sig")

    for shown in ("Nowhere", "The register of places does not know it.", "Место"):
        assert shown in page
        assert shown in table
    assert "\r\n3,Место," in table
    assert Case.objects.count() == 0


def test_a_small_table_comes_in_at_once_and_goes_back_by_the_worker(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    desk = signed_in(clerk)
    address = previewed(desk, as_csv(line("1"), line("2")), prosecution)
    assert desk.post(address, {"take": "in"}).status_code == 302
    assert Case.objects.count() == 2

    desk.post(f"{address}undo/")
    assert "It is being taken back." in desk.get(address).content.decode()
    call_command("worker", "--once", verbosity=0)
    assert Case.objects.count() == 0
    assert "Taken back" in desk.get(address).content.decode()


def test_a_large_table_is_the_worker_s(
    clerk: User, prosecution: Institution, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arasha.cases.views.imports.AT_ONCE", 1)
    desk = signed_in(clerk)
    address = previewed(desk, as_csv(line("1"), line("2")), prosecution)

    for _ in range(2):
        desk.post(address, {"take": "in"})
    assert "It is being taken in." in desk.get(address).content.decode()
    call_command("worker", "--once", verbosity=0)
    assert Case.objects.count() == 2
    assert Import.objects.get().state == "in"


def test_taking_back_is_refused_with_the_list_of_cases_worked_on(
    clerk: User, prosecution: Institution, place: Place
) -> None:
    desk = signed_in(clerk)
    address = previewed(desk, as_csv(line("1"), line("2")), prosecution)
    desk.post(address, {"take": "in"})
    case = Case.objects.get(numbers__folded="2")
    add_number(
        case=case,
        register="court",
        number="7",
        given_day=local_day(NOW),
        by=actor(clerk),
        at=timezone.now(),
    )

    refused = desk.post(f"{address}undo/")

    assert refused.status_code == 409
    assert case.number in refused.content.decode()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_blank_table_has_headings_that_are_guessed(
    language: str, clerk: User, prosecution: Institution, place: Place
) -> None:
    desk = signed_in(clerk, language=language)
    blank = desk.get(f"{PAGE}blank.csv").content

    form = desk.get(upload(desk, blank + b"1,2\r\n", prosecution)).context["form"]

    unguessed = [f.code for f in all_fields() if not form[f"column-{f.code}"].initial]
    assert unguessed == []


ODD = st.sampled_from(
    ["", "=1+1", "@SUM(A1)", "\u202eabc", "\u200f", "0", "-1", "9" * 400, "2021-13", "31.02.2024", "1e9",
     "99999999", "2024", "март 2024/..", "../2024", "Пытка", "'", ";;;", "\ud7ff", "null", "05032024"]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)  # fmt: skip


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    cells=st.lists(st.lists(ODD, min_size=9, max_size=11), min_size=1, max_size=3),
    sheet=st.booleans(),
)
def test_no_cell_breaks_a_page_and_nothing_comes_in_by_half(
    cells: list[list[str]], sheet: bool, clerk: User, prosecution: Institution, place: Place
) -> None:
    lines = [line(cell[0], **dict(zip(NAMES, cell[1:], strict=False))) for cell in cells]
    content = table_xlsx(HEADINGS, lines, title="r") if sheet else as_csv(*lines)
    desk, before = signed_in(clerk), Case.objects.count()
    address = upload(desk, content, prosecution, name="r.xlsx" if sheet else "r.csv")
    if not address:
        return
    page = previewed(desk, content, prosecution)
    taken = desk.post(page, {"take": "in"})

    assert taken.status_code in (302, 422)
    came = Case.objects.count() - before
    assert came == (len(lines) if taken.status_code == 302 else 0)
    if Import.objects.filter(state="previewed").exists():
        desk.post(f"{page}give-up/")


NAMES = (
    "registered_day", "place", "happened", "conduct", "victims", "suspects",
    "decision.sent_to_court", "decision.terminated",
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-16"))
)
def test_no_file_breaks_the_upload(content: bytes, clerk: User, prosecution: Institution) -> None:
    desk = signed_in(clerk)
    file = SimpleUploadedFile("r.csv", content)

    sent = desk.post(PAGE, {"form": "register", "institution": str(prosecution.pk), "file": file})

    assert sent.status_code in (302, 422)
    if sent.status_code == 302:
        assert desk.get(sent.headers["Location"]).status_code == 200
