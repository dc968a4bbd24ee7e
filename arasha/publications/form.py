"""The national form as a page, a table and a paper to sign: what is counted, how, and what is not verified."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from arasha.cases.national_form import Numbers
from arasha.country import country
from arasha.packs.statistics import Column
from arasha.papers.tables import Cell, table_csv, table_pdf, table_xlsx
from arasha.publications.indicators import UNITS

# Title, header and rows of a sheet.
Sheet = tuple[str, Sequence[str], Iterable[Sequence[Cell]]]
UNKNOWN = "–"
RULES: Mapping[str, Promise] = {
    "registered": gettext_lazy("Cases first registered in the period."),
    "carried_over": gettext_lazy("Cases registered before the period and open when it began."),
    "in_proceedings": gettext_lazy("Cases carried over and cases registered in the period."),
    "decided": gettext_lazy(
        "Cases with such a decision in the period; a case counts once, however often it was decided."
    ),
    "persons_decided": gettext_lazy(
        "Persons whom such decisions in the period concern; who is named counts once in a case."
    ),
    "victims": gettext_lazy("Victims entered in the cases registered in the period."),
    "facts": gettext_lazy("Acts in the cases registered in the period."),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """The form of a country, filled. `imported`: the same cells from another source, beside ours."""

    until: dt.date
    office: str  # its name; empty: all offices
    numbers: Numbers
    imported: Mapping[tuple[str, str], int]

    @property
    def first(self) -> dt.date:
        return country().statistics.first_day(self.until)

    def cell(self, row: str, column: str) -> Cell:
        """A number; the sign for what cannot be counted."""
        count = self.numbers[row, column]
        return UNKNOWN if count is None else count.number


@dataclass(frozen=True, slots=True)
class Line:
    """A column of the form as a line of a page: its numbers in the order of the form's rows."""

    name: str
    unit: str | Promise
    is_unverified: bool
    cells: list[tuple[str, Cell, int | None]]  # the row's name, ours, and what was imported


def lines(filled: Filled) -> Iterator[Line]:
    """The form turned: it has more columns than a page is wide."""
    form, language = country().statistics, get_language() or "en"
    for column in form.columns.values():
        cells = [
            (
                row.name.in_(language),
                filled.cell(row.code, column.code),
                filled.imported.get((row.code, column.code)),
            )
            for row in form.rows.values()
        ]
        name = column.name.in_(language)
        yield Line(name, UNITS[column.unit], _is_unverified(column), cells)


def as_csv(filled: Filled) -> bytes:
    """One line a number, each with its unit, source, period and the pack it was counted by."""
    form, language = country().statistics, get_language() or "en"
    header = [
        *(_("Row"), _("Row, in words"), _("Column"), _("Column, in words"), _("Unit")),
        *(_("Number"), _("Imported"), _("Checked"), _("From"), _("Until"), _("Office"), _("Rules")),
    ]
    return table_csv(
        header,
        (
            [
                *(row.code, row.name.in_(language), column.code, column.name.in_(language)),
                *(str(UNITS[column.unit]), filled.cell(row.code, column.code)),
                filled.imported.get((row.code, column.code)),
                *(column.basis.checked, filled.first, filled.until, filled.office),
                country().hash,
            ]
            for row in form.rows.values()
            for column in form.columns.values()
        ),
    )


def as_xlsx(filled: Filled) -> bytes:
    """The form as it is laid out, and a sheet that says how each column is counted."""
    form, language = country().statistics, get_language() or "en"
    header = [_("Row"), *(_marked(column, language) for column in form.columns.values())]
    body = [
        [row.name.in_(language), *(filled.cell(row.code, code) for code in form.columns)]
        for row in form.rows.values()
    ]
    told = [(line, "", "", "") for line in method(filled)]
    how = [_("Column"), _("Unit"), _("How it is counted"), _("Checked")]
    rules = [*told, *map(_rule, form.columns.values())]
    more: list[Sheet] = [(_("Method"), how, rules)]
    if filled.imported:
        more.append((_("Imported"), header, _imported(filled)))
    return table_xlsx(header, body, title=_("Form"), more=more)


def as_pdf(filled: Filled) -> bytes:
    """The form turned, with the method under it and lines to sign on. Raises PangoMissingError."""
    form, language = country().statistics, get_language() or "en"
    header = [_("Indicator"), _("Unit"), *(row.name.in_(language) for row in form.rows.values())]
    body = [
        [
            f"{line.name} *" if line.is_unverified else line.name,
            str(line.unit),
            *(number for _row, number, _theirs in line.cells),
        ]
        for line in lines(filled)
    ]
    return table_pdf(
        header,
        body,
        title=form.name.in_(language),
        language=language,
        before=[_period(filled)],
        after=method(filled),
        signatures=[each.in_(language) for each in form.signatures],
    )


def method(filled: Filled) -> list[str]:
    """How the form was counted, and how well its headings are known."""
    words = {"hash": country().hash}
    return [
        _period(filled),
        _(
            "Counted from the register of cases; totals are sums of cells. Every case stands in one row."
        ),
        _("Rows: the classification in force on the last day, by its provision and wording."),
        _("Cases, persons and facts are different units: do not add or divide them."),
        _("Columns of victims count people: numbers below five are not for publication."),
        _("* The heading or its way of counting is not verified in the official form."),
        _("%(sign)s: figures may not read what would have to be counted.") % {"sign": UNKNOWN},
        _("Rules of the country, SHA-256: %(hash)s") % words,
    ]


def _period(filled: Filled) -> str:
    words = {
        "first": filled.first.strftime("%d.%m.%Y"),
        "until": filled.until.strftime("%d.%m.%Y"),
        "office": filled.office or _("all offices"),
    }
    return _("From %(first)s to %(until)s; %(office)s") % words


def _imported(filled: Filled) -> list[list[Cell]]:
    form, language = country().statistics, get_language() or "en"
    return [
        [row.name.in_(language), *(filled.imported.get((row.code, code)) for code in form.columns)]
        for row in form.rows.values()
    ]


def _rule(column: Column) -> tuple[str, str, str, str]:
    language = get_language() or "en"
    rule = RULES[column.measure] if column.measure else gettext_lazy("The sum of other columns.")
    return _marked(column, language), str(UNITS[column.unit]), str(rule), column.basis.checked


def _marked(column: Column, language: str) -> str:
    name = column.name.in_(language)
    return f"{name} *" if _is_unverified(column) else name


def _is_unverified(column: Column) -> bool:
    return column.basis.checked == "unverified"
