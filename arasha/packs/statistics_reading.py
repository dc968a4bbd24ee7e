"""Reads the form of the national statistics (`statistics.toml`): two units never meet in one total."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import cast, get_args

from arasha.engines.law.rules import Conduct, Law
from arasha.packs.model import Vocabulary
from arasha.packs.procedure import Procedure
from arasha.packs.registers import basis, by_code
from arasha.packs.statistics import (
    MEASURES,
    OF_DECISIONS,
    Column,
    Row,
    StatisticsForm,
    Unit,
    Victim,
)
from arasha.packs.tables import Table
from arasha.packs.text import Text


def statistics(
    file: Table, law: Law, procedure: Procedure, vocabularies: Mapping[str, Vocabulary]
) -> StatisticsForm:
    rows_of, columns_of = file.tables("row", least=1), file.tables("column", least=1)
    counted = {str(t.values.get("code")) for t in rows_of if not t.has("sums")}
    units = {str(t.values.get("code")): t.values.get("unit") for t in columns_of}
    found = StatisticsForm(
        name=file.text("name"),
        rows=by_code(rows_of, lambda t: _row(t, law, counted)),
        columns=by_code(columns_of, lambda t: _column(t, procedure, vocabularies, units)),
        signatures=tuple(_signature(t) for t in file.tables("signature", least=1)),
    )
    _refuse_overlaps(file, found)
    file.close()
    return found


def _row(t: Table, law: Law, counted: Collection[str]) -> Row:
    provision, conduct = t.string("provision", ""), t.choice("conduct", get_args(Conduct), "")
    wording = t.day("wording_of")
    found = Row(
        code=t.code(),
        name=t.text("name"),
        provision=provision,
        conduct=cast(Conduct | None, conduct or None),
        from_day=_first_day(t, law, provision, conduct, wording) if provision else None,
        rest=t.flag("rest", False),
        sums=t.codes("sums", counted),
    )
    if [bool(provision), found.rest, bool(found.sums)].count(True) != 1:
        t.fault("a row is a provision, or the rest, or a total of rows: one of the three")
    return found


def _first_day(
    t: Table, law: Law, provision: str, conduct: str, wording: dt.date | None
) -> dt.date | None:
    """The first day of the wording that held on the day `wording_of`."""
    if wording is None:
        t.fault("wording_of is missing: write a day on which this wording was in force")
        return None
    version = law.offences.on(wording)
    offences = [o for o in (version.value if version else None) or () if o.provision == provision]
    if version is None or not any(conduct in ("", o.conduct) for o in offences):
        t.fault(f"on {wording} the law had no {provision!r} for {conduct or 'any conduct'}")
        return None
    return version.start


def _column(
    t: Table,
    procedure: Procedure,
    vocabularies: Mapping[str, Vocabulary],
    units: Mapping[str, object],
) -> Column:
    kinds = t.codes("kinds", procedure.kinds)
    grounds = _grounds(kinds, procedure, vocabularies)
    found = Column(
        code=t.code(),
        name=t.text("name"),
        unit=cast(Unit, t.choice("unit", get_args(Unit))),
        measure=t.choice("measure", MEASURES, "") or None,
        kinds=kinds,
        ground=t.choice("ground", grounds, "") or None,
        gravity=t.choice("gravity", [g.code for g in procedure.gravities], "") or None,
        victim=cast(Victim | None, t.choice("victim", get_args(Victim), "") or None),
        sums=t.codes("sums", units),
        basis=basis(t.table("basis")),
    )
    _agree(t, found, units)
    return found


def _grounds(
    kinds: Collection[str], procedure: Procedure, vocabularies: Mapping[str, Vocabulary]
) -> set[str]:
    """The grounds that decisions of these kinds may have."""
    found = (procedure.kinds[kind].grounds for kind in kinds if kind in procedure.kinds)
    lists = (vocabularies[code] for code in found if code and code in vocabularies)
    return {term for each in lists for term in each.terms}


def _agree(t: Table, column: Column, units: Mapping[str, object]) -> None:
    if (column.measure is None) == (not column.sums):
        t.fault("a column is a measure or a total of columns: one of the two")
    unit = MEASURES.get(column.measure or "", column.unit)
    if unit != column.unit:
        t.fault(f"{column.measure!r} is counted in {unit}s", "unit")
    for other in column.sums:
        if (theirs := units.get(other, column.unit)) != column.unit:
            t.fault(f"sums: {other!r} is counted in {theirs}s, not {column.unit}s", "sums")
    if (column.measure in OF_DECISIONS) != bool(column.kinds):
        t.fault(f"kinds belongs to {', '.join(OF_DECISIONS)}, and to nothing else")
    if column.victim and column.measure != "victims":
        t.fault('victim narrows the measure "victims", and nothing else', "victim")


def _signature(t: Table) -> Text:
    found = t.text("name")
    t.close()
    return found


def _refuse_overlaps(file: Table, form: StatisticsForm) -> None:
    """Every case stands in one row: no wording twice, and one row for what is left."""
    rows = [row for row in form.rows.values() if not row.sums]
    places = [(row.provision, row.from_day, row.conduct) for row in rows if not row.rest]
    if len(set(places)) < len(places):
        file.fault("two rows count the same wording of a provision")
    if sum(row.rest for row in rows) != 1:
        file.fault("one row, and only one, counts the rest: rest = true")
