"""The form of the national statistics comes in as another source, with its sums as they were sent."""

import datetime as dt

import pytest

from arasha.actors import IMPORTS
from arasha.cases import errors, services
from arasha.cases.importing.preview import table_in
from arasha.cases.importing.statistics import Place, mismatches, read_form
from arasha.cases.models import Import, ImportedFigure
from arasha.country import country
from arasha.people.models import Institution, User
from tests.cases.tables import as_csv
from tests.cases.test_import import clerk
from tests.walk import NOW, actor

__all__ = ["clerk"]
ROW = "2023.146.2.torture"
HEADINGS = ("", "registered.grave", "registered.especially_grave", "registered.grave_or_worse")


def form(*cells: str, row: str = ROW) -> bytes:
    return as_csv([row, *cells], headings=HEADINGS)


def ready(content: bytes, by: User, to: Institution) -> Import:
    made = services.upload(
        institution=to, form="statistics", file_name="f.csv", content=content, by=actor(by), at=NOW
    )
    mapped = services.map_columns(
        imported=made,
        columns={},
        values={},
        until_day=dt.date(2024, 12, 31),
        by=actor(by),
        at=NOW,
    )
    return services.ask_for(imported=mapped, leaves_out=False, by=actor(by), at=NOW)


@pytest.mark.parametrize("cell", ["12,5", "-3", "many", "9" * 30])
def test_a_cell_that_is_no_number_keeps_the_form_out(
    cell: str, clerk: User, prosecution: Institution
) -> None:
    imported = ready(form("1", "2", cell), clerk, prosecution)

    with pytest.raises(errors.LinesRefusedError):
        services.take_in(imported=imported, by=actor(clerk), at=NOW)
    assert ImportedFigure.objects.count() == 0


def test_a_total_that_is_not_its_sum_is_told_and_kept(
    clerk: User, prosecution: Institution
) -> None:
    imported = ready(form("422", "33", "461"), clerk, prosecution)

    services.take_in(imported=imported, by=actor(clerk), at=NOW)

    kept = {Place(each.row, each.column): each.value or 0 for each in imported.figures.all()}
    (wrong,) = mismatches(kept)
    assert (wrong.told, wrong.parts) == (461, (422, 33))
    assert kept[Place(ROW, "registered.grave_or_worse")] == 461


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_rows_and_columns_are_known_by_their_words(language: str) -> None:
    pack = country().statistics
    row = pack.rows[ROW].name.in_(language)
    column = pack.columns["to_court"].name.in_(language)

    read = read_form(table_in(as_csv([row, "35"], headings=("row", column)), "f.csv"))

    assert read.figures == {Place(ROW, "to_court"): 35}


def test_a_form_is_taken_back_whole(clerk: User, prosecution: Institution) -> None:
    imported = ready(form("1", "2", "3"), clerk, prosecution)
    taken = services.take_in(imported=imported, by=actor(clerk), at=NOW)

    services.undo(imported=taken, on_behalf=actor(clerk), by=IMPORTS, at=NOW)

    assert ImportedFigure.objects.count() == 0
    assert Import.objects.get().state == "undone"
