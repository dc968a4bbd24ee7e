"""Reads what every dated rule has: the act it was made by, its article, its days, who checked it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from arasha.engines.law.rules import UNITS, Instrument, Rule, Term, Unit, Version
from arasha.packs.files import Folder
from arasha.packs.registers import by_code, checked
from arasha.packs.tables import Table

V = TypeVar("V")
# A century, so that no term leaves the calendar.
MOST: dict[Unit, int] = {"hours": 876_600, "days": 36_525, "working_days": 36_525, "months": 1_200}
NO_INSTRUMENT = Instrument("", "", {}, "", None, "unverified")


@dataclass
class LawFiles:
    """The law's tables as they come in, from however many files."""

    files: list[Table]
    deadline_file: Table
    instruments: Mapping[str, Instrument]

    @classmethod
    def open(cls, folder: Folder) -> "LawFiles":
        files = folder.files_in("law")
        tables = [table for file in files for table in file.tables("instrument")]
        return cls(files, folder.file("deadlines.toml"), by_code(tables, instrument))

    def rules(self, kind: str) -> list[Table]:
        return [t for t in self.tables("rule") if t.values.get("kind") == kind]

    def tables(self, key: str) -> list[Table]:
        return [table for file in self.files for table in file.tables(key)]


def instrument(t: Table) -> Instrument:
    return Instrument(
        code=t.code(),
        cite=t.string("cite"),
        name=t.text("name"),
        url=t.string("url", ""),
        in_force=t.day("in_force"),
        checked=checked(t),
    )


def version(
    t: Table, files: LawFiles, value: Callable[[Table], V | None], *, limits: bool = False
) -> Version[V]:
    """One wording. `limits`: of a bar, which may say after how long limitation releases."""
    by = t.choice("by", files.instruments.keys())
    found = Version(
        value=value(t),
        article=t.string("article"),
        instrument=files.instruments.get(by, NO_INSTRUMENT),
        start=t.day("from"),
        end=t.day("to"),
        checked=checked(t),
        url=t.string("source", ""),
        verified_by=t.string("verified_by", ""),
        verified_on=t.day("verified_on"),
        note=t.text("note") if t.has("note") else None,
        limitation_months=_limitation(t) if limits and t.has("limitation_months") else None,
    )
    if found.end and found.end < found.counts_from:
        t.fault(f"to = {found.end} is before from = {found.counts_from}", "to")
    if found.verified_on and not found.verified_by:
        t.fault("verified_on without verified_by: name who compared it with the law", "verified_on")
    t.close()
    return found


def _limitation(t: Table) -> int:
    months = t.number("limitation_months")
    if not 1 <= months <= MOST["months"]:
        t.fault(f"limitation_months = {months}: write 1 to {MOST['months']:,}", "limitation_months")
    if t.values.get("value") is not False:
        t.fault("limitation_months only where value = false: a closed way never releases")
    return months


def term(t: Table) -> Term:
    amount = t.number("amount")
    if amount < 1:
        t.fault(f"amount must be 1 or more, got {amount}", "amount")
    unit = cast(Unit, t.choice("unit", UNITS))
    if amount > (most := MOST.get(unit, amount)):
        t.fault(f"amount = {amount} {unit}: no term is longer than {most:,}", "amount")
    return Term(amount, unit)


def refuse_overlaps(t: Table, rule: Rule[V]) -> None:
    for overlap in rule.overlaps():
        t.fault(overlap)
