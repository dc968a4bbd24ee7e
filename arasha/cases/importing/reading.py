"""One line of a table, by a mapping: what it tells, and what is wrong with it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from arasha.cases.importing.cells import (
    UnreadCellError,
    code_of,
    count_of,
    day_of,
    partial_of,
    stage_of,
    text_of,
    yes_of,
)
from arasha.cases.importing.fields import BEGINS, DECISION, GROUND, PERSONS, kinds
from arasha.cases.importing.lines import Decided, Line, Remark, Somebody
from arasha.cases.importing.order import ImpossibleOrderError, in_order
from arasha.cases.importing.places import Places
from arasha.country import country
from arasha.engines.dates import DateError
from arasha.papers.tables import Cell, Row
from arasha.places.models import Place
from arasha.references import fold_number

T = TypeVar("T")
LONGEST = {"number": 60, "court_number": 60, "issuer": 200, "account": 20_000}
LONGEST_NAME, LONGEST_WORDS, MOST_PEOPLE = 300, 60, 30
PARTS = range(1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """`columns`: field → heading; `values`: field → what stands for every line without such a column."""

    headings: Sequence[str]
    columns: Mapping[str, str]
    values: Mapping[str, str]

    def at(self) -> dict[str, int]:
        places = {heading: at for at, heading in enumerate(self.headings)}
        return {code: places[name] for code, name in self.columns.items() if name in places}


@dataclass(slots=True)
class Reader:
    """Reads line after line. `today`: nothing is dated after it."""

    mapping: ColumnMap
    places: Places
    today: dt.date
    remarks: list[Remark] = field(default_factory=list)
    _at: dict[str, int] = field(init=False)
    _row: Row = field(init=False)

    def __post_init__(self) -> None:
        self._at = self.mapping.at()

    def read(self, row: Row) -> tuple[Line, list[Remark]]:
        """What the line tells, and all remarks on it; with an error among them it must not come in."""
        self._row, self.remarks = row, []
        line = Line(line=row.line)
        self._numbers(line)
        self._act(line)
        self._people(line)
        self._decisions(line)
        return line, self.remarks

    def _numbers(self, line: Line) -> None:
        line.number = self._text("number", required=True)
        if line.number and not fold_number(line.number):
            self._say("no_number", "number")
        line.register = self._code("register", required=True)
        line.issuer, line.court_number = self._text("issuer"), self._text("court_number")
        if line.court_number and not fold_number(line.court_number):
            self._say("no_number", "court_number")
        line.registered_day = self._day("registered_day", required=True)
        line.number_day = self._day("number_day") or line.registered_day

    def _act(self, line: Line) -> None:
        line.place = self._place()
        self._happened(line)
        line.conduct = self._code("conduct", required=True)
        line.part = self._part()
        line.capacity = self._code("capacity") or next(
            iter(country().vocabularies["capacities"].terms)
        )
        line.criteria = self._codes("criteria")
        line.account = self._text("account")

    def _place(self) -> Place | None:
        text = text_of(self._cell("place"))
        if not text:
            self._say("place_missing", "place", is_error=False)
            return None
        found = self.places.named(text)
        if len(found) != 1:
            self._say("place_unclear" if found else "place_unknown", "place")
            return None
        return found[0]

    def _happened(self, line: Line) -> None:
        cell = self._cell("happened")
        text = text_of(cell)
        try:
            line.happened = partial_of(cell)
        except DateError:
            line.happened_words = text[:LONGEST_WORDS]
            self._say("happened_unreadable", "happened", is_error=False)
            return
        if line.happened.precision == "unknown":
            self._say("happened_unknown", "happened", is_error=False)
        if line.happened.precision != "day":
            line.happened_words = text[:LONGEST_WORDS]
        if line.happened.first and line.happened.first > self.today:
            self._say("day_in_future", "happened")
        elif (
            line.happened.first
            and line.registered_day
            and line.happened.first > line.registered_day
        ):
            self._say("before_act", "registered_day")

    def _part(self) -> int | None:
        text = text_of(self._cell("part"))
        if not text:
            return None
        number = text[-1]
        if number.isascii() and number.isdigit() and int(number) in PARTS:
            return int(number) if int(number) > 1 else None
        self._say("part_unreadable", "part")
        return None

    def _people(self, line: Line) -> None:
        roles = {"victims": "victim", "suspects": "suspect"}
        line.people = [each for code, role in roles.items() for each in self._of_role(code, role)]
        if not any(each.name for each in line.people):
            self._say("name_missing", "victims", is_error=False)
        names = [
            fold_name for fold_name in (each.name.casefold() for each in line.people) if fold_name
        ]
        if len(names) != len(set(names)):
            self._say("namesake", "victims", is_error=False)

    def _of_role(self, code: str, role: str) -> list[Somebody]:
        names = _parted(text_of(self._cell(code)))[:MOST_PEOPLE]
        if any(len(name) > LONGEST_NAME for name in names):
            self._say("too_long", code)
            return []
        sexes = self._codes(f"{code}_sex")
        minors = self._minors(f"{code}_minor")
        return [
            Somebody(role, name, _for_one(sexes, at) or "", _for_one(minors, at))
            for at, name in enumerate(names)
        ]

    def _minors(self, code: str) -> list[bool | None]:
        parts: Sequence[Cell] = _parted(text_of(self._cell(code)))
        return [self._read(code, part, yes_of) for part in parts]

    def _decisions(self, line: Line) -> None:
        registered = line.registered_day
        told = [each for kind in kinds() if (each := self._decided(kind.code, line)) is not None]
        said = self._cell_read("stage", stage_of)
        if registered is None or any(remark.is_error for remark in self.remarks):
            return
        try:
            line.decisions, line.stage = in_order(Decided(BEGINS, registered), told)
        except ImpossibleOrderError as error:
            where = DECISION + error.decided.kind
            self._say(error.code, where, value=error.decided.day.isoformat())
            return
        if said and said != line.stage:
            self._say("stage_differs" if told else "stage_alone", "stage", is_error=False)
            line.stage = line.stage if told else said

    def _decided(self, kind: str, line: Line) -> Decided | None:
        code = DECISION + kind
        day = self._day(code)
        if day is None:
            return None
        if line.happened.first and day < line.happened.first:
            self._say("before_act", code)
        return Decided(kind, day, self._persons(kind, line), self._ground(kind))

    def _persons(self, kind: str, line: Line) -> int:
        if not country().procedure.kinds[kind].counts_persons:
            return 0
        code = DECISION + kind + PERSONS
        told = self._cell_read(code, count_of)
        if told is None and not text_of(self._cell(code)):
            told = sum(each.role == "suspect" for each in line.people)
        if not told:
            self._say("persons_missing", code)
        return told or 0

    def _ground(self, kind: str) -> str:
        needs = country().procedure.kinds[kind]
        code = DECISION + kind + GROUND
        ground = self._read(code, self._cell(code), lambda cell: code_of(str(needs.grounds), cell))
        if "ground" in needs.needs and not text_of(self._cell(code)):
            self._say("ground_missing", code, is_error=False)
        return ground or ""

    def _text(self, code: str, *, required: bool = False) -> str:
        text = text_of(self._cell(code))
        if required and not text:
            self._say("missing", code)
        if len(text) > LONGEST[code]:
            self._say("too_long", code)
            return ""
        return text

    def _day(self, code: str, *, required: bool = False) -> dt.date | None:
        if required and not text_of(self._cell(code)):
            self._say("missing", code)
        day = self._cell_read(code, day_of)
        if day is not None and day > self.today:
            self._say("day_in_future", code)
        return day

    def _code(self, code: str, *, required: bool = False) -> str:
        if required and not text_of(self._cell(code)):
            self._say("missing", code)
        return self._cell_read(code, lambda cell: code_of(_vocabulary(code), cell)) or ""

    def _codes(self, code: str) -> list[str]:
        parts: Sequence[Cell] = _parted(text_of(self._cell(code)))
        read = (self._read(code, part, lambda c: code_of(_vocabulary(code), c)) for part in parts)
        return [each for each in read if each]

    def _cell_read(self, code: str, how: Callable[[Cell], T]) -> T | None:
        return self._read(code, self._cell(code), how)

    def _read(self, code: str, cell: Cell, how: Callable[[Cell], T]) -> T | None:
        if not text_of(cell):
            return None
        try:
            return how(cell)
        except UnreadCellError as error:
            self._say(error.code, code, value=text_of(cell))
            return None

    def _cell(self, code: str) -> Cell:
        """The column's cell; where it is empty or there is none, the value for all lines."""
        at = self._at.get(code)
        cell = self._row.cells[at] if at is not None else None
        return self.mapping.values.get(code) if cell is None else cell

    def _say(self, code: str, where: str, *, value: str = "", is_error: bool = True) -> None:
        column = self.mapping.columns.get(where, "")
        shown = value or text_of(self._cell(where))
        self.remarks.append(Remark(self._row.line, code, where, column, shown[:80], is_error))


_VOCABULARIES = {
    "register": "registers",
    "conduct": "conducts",
    "capacity": "capacities",
    "criteria": "criteria",
    "victims_sex": "sexes",
    "suspects_sex": "sexes",
}


def _vocabulary(code: str) -> str:
    return _VOCABULARIES[code]


def _parted(text: str) -> list[str]:
    return [part for each in text.replace("\n", ";").split(";") if (part := " ".join(each.split()))]


def _for_one(said: Sequence[T], at: int) -> T | None:
    """One word for everybody, or one for each."""
    if len(said) == 1:
        return said[0]
    return said[at] if at < len(said) else None
