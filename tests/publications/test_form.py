"""The national form, filled from the register: who may, what is counted, and how it is taken along."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from arasha.actors import ANONYMOUS, FIGURES
from arasha.cases.models import Case, Classification, Decision, Import, ImportedFigure, Person
from arasha.country import country, local_day, midnight
from arasha.engines.figures import Count
from arasha.packs.statistics import MEASURES
from arasha.papers.tables import PangoMissingError
from arasha.people.models import Institution, User
from arasha.publications import services
from arasha.publications.errors import NotYetOverError, NotYourFormError
from arasha.publications.form import RULES, Filled, as_csv, as_pdf, as_xlsx
from tests.desk.signing_in import signed_in
from tests.walk import NOW, REGISTERED_AT, actor, at_work, decide

head_of_office = at_work("supervisor", "prosecution")
TODAY = local_day(NOW)
TORTURE = "2023.146.2.torture"
LAW: dict[str, object] = {"law_question": {}, "law_answer": {}, "pack_hash": "0" * 64}


@pytest.fixture
def classified(case: Case) -> Case:
    """The case as torture under part 2 in the wording of 2023."""
    Classification.objects.create(
        case=case,
        number=1,
        conduct="torture",
        capacity="official",
        criteria=[],
        provision="146.2",
        provision_from_day=dt.date(2023, 3, 29),
        body_kind="prosecutor",
        signed_at=REGISTERED_AT,
        base_version=1,
        **LAW,
    )
    return case


def fill(by: User, office: Institution | None = None, until: dt.date = TODAY) -> Filled:
    return services.fill_form(until=until, office=office, by=actor(by), at=NOW)


def older(case: Case, *course: tuple[str, int], year: int = -1) -> Case:
    """Another case of the same office, registered on 1 July of an earlier year: kinds and days later."""
    first = TODAY.replace(year=TODAY.year + year, month=7, day=1)
    made = Case.objects.create(
        number=f"OLD-{Case.objects.count()}", holder=case.holder, registered_at=midnight(first)
    )
    for n, (kind, days) in enumerate([("registered", 0), *course]):
        Decision.objects.create(
            case=made,
            kind=kind,
            day=first + dt.timedelta(days=days),
            persons=1,
            base_version=n,
            recorded_at=NOW,
            **LAW,
        )
    return made


def test_nobody_but_an_analyst_or_the_head_makes_a_form(
    officer: User, prosecutor: User, prosecution: Institution
) -> None:
    for who in (actor(officer), actor(prosecutor), ANONYMOUS, FIGURES):
        with pytest.raises(NotYourFormError, match="Ask the head"):
            services.fill_form(until=TODAY, office=prosecution, by=who, at=NOW)


def test_the_head_of_an_office_makes_no_form_of_another(
    head_of_office: User, other_prosecution: Institution, other_prosecutor: User, case: Case
) -> None:
    with pytest.raises(NotYourFormError):
        fill(head_of_office, other_prosecution)


def test_a_day_to_come_is_refused(analyst: User, case: Case) -> None:
    with pytest.raises(NotYetOverError, match="earlier day"):
        fill(analyst, until=TODAY + dt.timedelta(days=1))


def test_a_case_stands_in_the_row_of_its_wording_and_in_every_total(
    analyst: User, classified: Case
) -> None:
    numbers = fill(analyst).numbers

    assert numbers[TORTURE, "registered"] == Count(1, "case")
    assert numbers["2015.146.2.torture", "registered"] == Count(0, "case")
    assert [numbers[row, "registered"] for row in ("torture", "ill_treatment", "total")] == [
        Count(1, "case"),
        Count(0, "case"),
        Count(1, "case"),
    ]
    # Up to six years: grave, and so grave or worse.
    assert numbers[TORTURE, "registered.grave"] == Count(1, "case")
    assert numbers[TORTURE, "registered.grave_or_worse"] == Count(1, "case")


def test_what_nobody_classified_is_the_rest(analyst: User, case: Case) -> None:
    assert fill(analyst).numbers["rest", "registered"] == Count(1, "case")


def test_a_form_counts_from_the_first_of_january(analyst: User, case: Case) -> None:
    older(case)

    numbers = fill(analyst).numbers

    counted = [numbers["total", of] for of in ("registered", "carried_over", "in_proceedings")]
    assert counted == [Count(1, "case"), Count(1, "case"), Count(2, "case")]
    last_year = fill(analyst, until=dt.date(TODAY.year - 1, 12, 31)).numbers
    assert last_year["total", "registered"] == Count(1, "case")


@pytest.mark.parametrize(
    ("course", "carried"),
    [
        ([("terminated", 5)], 0),
        ([("terminated", 5), ("termination_reversed", 9)], 1),
        ([("interrupted", 5)], 1),
        ([("terminated", 300)], 1),
        ([("sent_to_court", 5)], 1),
        ([("sent_to_court", 5), ("convicted", 9)], 0),
        ([("sent_to_court", 5), ("sent_to_court", 6), ("convicted", 9)], 1),
        ([("sent_to_court", 5), ("returned", 9)], 1),
        ([("sent_to_court", 5), ("plea_agreement", 7), ("acquitted", 9)], 0),
    ],
    ids=lambda value: "-".join(kind for kind, _ in value) if isinstance(value, list) else "",
)
def test_carried_over_is_what_was_open_when_the_year_began(
    course: list[tuple[str, int]], carried: int, analyst: User, case: Case
) -> None:
    older(case, *course)

    assert fill(analyst).numbers["total", "carried_over"] == Count(carried, "case")


def test_a_case_counts_once_however_often_it_was_decided(
    analyst: User, case: Case, prosecutor: User
) -> None:
    decide(case, "sent_to_court", prosecutor, persons=2)
    decide(case, "returned", prosecutor, days_later=3, persons=2)
    decide(case, "sent_to_court", prosecutor, days_later=4, persons=1)

    numbers = fill(analyst).numbers

    assert numbers["total", "to_court"] == Count(1, "case")
    assert numbers["total", "to_court.persons"] == Count(3, "person")  # nobody was named


def test_a_ground_narrows_what_was_terminated(analyst: User, case: Case, prosecutor: User) -> None:
    made = decide(case, "terminated", prosecutor)

    numbers = fill(analyst).numbers

    assert numbers["total", "terminated"] == Count(1, "case")
    assert numbers["total", f"terminated.{made.ground}"] == Count(1, "case")
    assert numbers["total", "terminated.amnesty"] == Count(0, "case")


def test_women_and_minors_among_the_victims(analyst: User, classified: Case) -> None:
    people: dict[str, dict[str, Any]] = {
        "V1": {"sex": "female"},
        "V2": {"is_minor": True},
        "S1": {},
    }
    for code, known in people.items():
        role = "victim" if code.startswith("V") else "suspect"
        Person.objects.create(case=classified, code=code, role=role, added_at=NOW, **known)

    numbers = fill(analyst).numbers

    assert numbers[TORTURE, "victims.women"] == Count(1, "person")
    assert numbers[TORTURE, "victims.minors"] == Count(1, "person")


def test_the_head_counts_the_own_office_and_nothing_else(
    head_of_office: User, prosecution: Institution, case: Case, other_prosecution: Institution
) -> None:
    other = older(case, year=0)
    Case.objects.filter(pk=other.pk).update(holder=other_prosecution)

    numbers = fill(head_of_office).numbers

    assert numbers["total", "registered"] == Count(1, "case")


def test_imported_numbers_stand_beside_ours_and_change_no_sum(
    analyst: User, case: Case, prosecution: Institution
) -> None:
    taken = Import.objects.create(
        institution=prosecution,
        form="statistics",
        file_name="form.csv",
        sha256="0" * 64,
        state="in",
        uploaded_at=NOW,
        uploaded_by_key=analyst.pk,
        taken_in_at=NOW,
    )
    ImportedFigure.objects.create(
        of_import=taken, row="total", column="registered", until_day=TODAY, value=46
    )

    filled = fill(analyst)

    assert filled.imported == {("total", "registered"): 46}
    assert filled.numbers["total", "registered"] == Count(1, "case")
    assert fill(analyst, until=TODAY - dt.timedelta(days=1)).imported == {}


def test_every_measure_has_its_rule_in_words() -> None:
    assert RULES.keys() == MEASURES.keys()


def test_the_table_for_machines_says_everything_on_every_line(analyst: User, case: Case) -> None:
    lines = list(csv.DictReader(io.StringIO(as_csv(fill(analyst)).decode("utf-8-sig"))))

    form = country().statistics
    assert len(lines) == len(form.rows) * len(form.columns)
    (line,) = [each for each in lines if (each["Row"], each["Column"]) == ("total", "registered")]
    assert (line["Number"], line["Unit"], line["Checked"]) == ("1", "cases", "article")
    assert line["Rules"] == country().hash
    assert (line["From"], line["Until"]) == (f"{TODAY.year}-01-01", TODAY.isoformat())


def test_the_workbook_has_the_form_and_a_sheet_of_its_method(analyst: User, case: Case) -> None:
    book = load_workbook(io.BytesIO(as_xlsx(fill(analyst))))

    form, method = (list(sheet.values) for sheet in book.worksheets)
    marked = [name for name in form[0] if str(name).endswith(" *")]
    assert "Cases registered" in form[0] and "Cases carried over *" in marked
    assert len(form) == 1 + len(country().statistics.rows)
    assert any(country().hash in str(line[0]) for line in method)
    assert any("a case counts once" in str(line[2]) for line in method)


def test_the_paper_to_sign_is_a_pdf(analyst: User, case: Case) -> None:
    try:
        paper = as_pdf(fill(analyst))
    except PangoMissingError:
        pytest.skip("this machine has no Pango")
    assert paper.startswith(b"%PDF")
    assert paper == as_pdf(fill(analyst))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_speaks_every_language_and_gives_every_file(
    language: str, analyst: User, case: Case
) -> None:
    desk = signed_in(analyst)
    desk.cookies["arasha_desk_language"] = language

    page = desk.get("/figures/form/")

    assert page.status_code == 200
    assert country().statistics.columns["registered"].name.in_(language) in page.content.decode()
    for kind in ("csv", "xlsx"):
        answer = desk.get(f"/figures/form/?as_file={kind}")
        assert answer.headers["Content-Disposition"].endswith(f'.{kind}"')


def test_on_the_page_an_officer_is_refused_and_a_wrong_day_is_told(
    analyst: User, officer: User, case: Case
) -> None:
    assert signed_in(officer).get("/figures/form/").status_code == 403
    assert signed_in(analyst).get("/figures/form/?until=yesterday").status_code == 422
    assert signed_in(analyst).get("/figures/form/?until=2098-01-01").status_code == 400
    assert signed_in(analyst).get("/figures/form/?office=nobody").status_code == 422
