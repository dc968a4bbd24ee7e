"""Cohorts as everybody sees them: pictures, tables that say the same, and where the series breaks."""

import csv
import datetime as dt
import io
import re
from itertools import pairwise

import pytest
from django.test import Client

from arasha.cases.cohorts import ENDINGS, NOT_CLASSIFIED, Group
from arasha.country import local_day
from arasha.engines.figures import Count, MixedUnitsError
from arasha.people.models import User
from arasha.publications import services
from arasha.publications.breaks import breaks
from arasha.publications.cohorts import BY_ENDING, STAGE_WORDS, Cell
from arasha.publications.models import Release
from arasha.publications.pictures import WIDTH, funnel_picture, overview_picture
from arasha.publications.telling import name_of, rows_by_group, told
from tests.walk import NOW, actor, at_most

NEW_TORTURE = Group("torture", "146.2", "2023-03-29")
OLD_TORTURE = Group("torture", "146.1", "2015-01-01")


def stand(**numbers: int) -> dict[str, Count]:
    return {ending: Count(numbers.get(ending, 0), "case") for ending in ENDINGS}


def cell(year: int, ending: str, value: int, group: Group = NEW_TORTURE) -> Cell:
    return Cell(BY_ENDING, year, group, ending, value)


@pytest.fixture
def released(analyst: User, case: object) -> Release:
    return services.release(by=actor(analyst), at=NOW)


def test_persons_are_never_drawn_among_cases() -> None:
    with pytest.raises(MixedUnitsError):
        funnel_picture(stand() | {"convicted": Count(17, "person")})
    with pytest.raises(MixedUnitsError):
        overview_picture({2024: stand() | {"convicted": Count(17, "person")}}, [])


def test_each_stage_is_as_wide_as_what_is_left_and_every_ending_has_its_line() -> None:
    picture = funnel_picture(stand(pending=40, terminated=120, acquitted=20, convicted=20))

    stages = {
        line.name: (line.number, line.width) for line in picture.lines if line.look == "stage"
    }
    assert stages == {
        STAGE_WORDS["registered"]: (200, WIDTH),
        STAGE_WORDS["to_court"]: (40, 64),
        STAGE_WORDS["convicted"]: (20, 32),
    }
    assert len(picture.lines) == len(ENDINGS) + 2
    assert all(above.y < below.y for above, below in pairwise(picture.lines))


def test_the_parts_of_a_year_fill_its_bar() -> None:
    (row,) = overview_picture({2024: stand(pending=1, terminated=1, convicted=1)}, []).rows

    assert sum(segment.width for segment in row.segments) == WIDTH
    assert all(left.x + left.width == right.x for left, right in pairwise(row.segments))


def test_a_year_without_cases_is_an_empty_bar() -> None:
    (row,) = overview_picture({2024: stand()}, []).rows

    assert (row.number, row.segments) == (0, ())


def test_the_law_pack_says_where_the_series_breaks() -> None:
    (found,) = breaks(first=2020, last=2026)

    assert found.day == dt.date(2023, 3, 29)
    assert "146.1" in found.provisions
    change = next(each for each in found.changes if each.provision == "146.1")
    assert change.before == frozenset({"torture"})
    assert change.after == frozenset({"ill_treatment"})


def test_years_after_the_break_have_none() -> None:
    assert breaks(first=2024, last=2026) == []


def test_the_break_stands_before_the_year_in_which_it_lies() -> None:
    found = told([cell(2022, "terminated", 3), cell(2023, "pending", 2)])

    assert found is not None
    marks = [(row.year, bool(row.broken)) for row in found.overview.rows]
    assert marks == [(2022, False), (2023, True), (2023, False)]


def test_a_kind_in_law_is_named_as_the_national_form_names_it(settings) -> None:
    assert name_of(NEW_TORTURE) == "Article 146, part 2, wording of 2023: torture"
    assert name_of(OLD_TORTURE) == "Article 146, part 1, wording before 2023: torture"
    assert name_of(NOT_CLASSIFIED) == "Not classified yet"
    assert (
        name_of(Group("torture", "347-1", "2003-01-01")) == "Torture: 347-1, wording of 2003-01-01"
    )
    assert name_of(Group("torture")) == "Torture: the provision is not determined"


def test_the_same_number_before_and_after_the_break_is_two_rows_and_what_nobody_classified_is_last() -> (
    None
):
    rows = rows_by_group(
        [
            cell(2023, "pending", 1, NOT_CLASSIFIED),
            cell(2023, "convicted", 2, Group("ill_treatment", "146.1", "2023-03-29")),
            cell(2023, "convicted", 4, OLD_TORTURE),
        ]
    )

    assert [row.total for row in rows] == [7, 2, 4, 1]
    assert rows[-1].name == "Not classified yet"
    assert all(len(row.cells) == len(ENDINGS) for row in rows)


def test_the_page_shows_every_ending_also_where_there_is_none(
    released: Release, door: Client
) -> None:
    page = door.get("/en/figures/").content.decode()

    for name in ("Pending", "Interrupted", "Acquitted", "Convicted", "Joined to another case"):
        assert page.count(f">{name}<") >= 2  # in the picture and in its table
    assert "whole register, not a sample" in page


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_pictures_need_no_script_no_style_and_have_whole_numbers(
    language: str,
    released: Release,
    door: Client,
) -> None:
    page = door.get(f"/{language}/figures/").content.decode()

    drawings = re.findall(r"<svg class=\"a-picture__drawing.*?</svg>", page, re.DOTALL)
    assert len(drawings) == 2
    for drawing in drawings:
        assert "style=" not in drawing and "<script" not in drawing
        assert 'role="img"' in drawing and "aria-label" in drawing
        assert re.findall(r' (?:x|y|width|height)="(?!\d+")', drawing) == []


def test_the_page_is_read_from_the_release_in_few_questions(
    released: Release, door: Client
) -> None:
    with at_most(6):
        door.get("/en/figures/1/")


def test_cohorts_for_spreadsheets_say_unit_kind_and_ending_on_every_line(
    released: Release,
    door: Client,
) -> None:
    answer = door.get("/en/figures/1-cohorts.csv")

    (line,) = csv.DictReader(io.StringIO(answer.content.decode()))
    assert line["unit"] == "case"
    assert (line["conduct"], line["ending"], line["value"]) == ("", "pending", "1")
    assert line["as_of"] == local_day(NOW).isoformat()
    assert door.get("/en/figures/7-cohorts.csv").status_code == 404
