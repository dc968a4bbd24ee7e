"""The numbers of the national form, counted from the register: from 1 January of a year to a day."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.cases.cohorts import DAY, Group, classified, group_of, registered_first
from arasha.cases.deciding.court import BeforeCourt, stage_after
from arasha.cases.models import Decision, ImportedFigure, Person, Ruling
from arasha.country import country
from arasha.engines.figures import Count, Unit, summed
from arasha.packs.statistics import Column
from arasha.people.models import Institution

Offices = Collection[Institution] | None  # None: every office
ByGroup = Mapping[Group, int]
# (row, column) → how many; None: figures may not read what would have to be counted.
Numbers = Mapping[tuple[str, str], Count | None]


def numbers(*, viewer: Actor, until: dt.date, offices: Offices) -> Numbers:
    """Every cell of the form; totals are sums of cells, never counted or typed apart."""
    form = country().statistics
    found: dict[tuple[str, str], Count | None] = {}
    for column in form.columns.values():
        if not column.sums:
            counted = _column(column, viewer, until, offices)
            found |= _rows(column.code, column.unit, counted)
    for column in (each for each in form.columns.values() if each.sums):
        for row in form.rows:
            found[row, column.code] = _sum((found[row, of] for of in column.sums), column.unit)
    return found


def imported(*, viewer: Actor, until: dt.date, offices: Offices) -> Mapping[tuple[str, str], int]:
    """What was imported for the same day, the newest of each cell: another source, never mixed with ours."""
    may = visible(viewer=viewer, kind="case_import", compartment="rows", field="of_import_id")
    rows = ImportedFigure.objects.filter(
        may, of_import__state="in", until_day=until, value__isnull=False
    )
    if offices is not None:
        rows = rows.filter(of_import__institution__in=offices)
    told = rows.order_by("of_import__taken_in_at").values_list("row", "column", "value")
    return {(row, column): value for row, column, value in told if value is not None}


def _rows(column: str, unit: Unit, counted: ByGroup | None) -> dict[tuple[str, str], Count | None]:
    form = country().statistics
    found: dict[str, Count | None] = dict.fromkeys(form.rows, None)
    if counted is not None:
        of_rows = Counter[str]()
        for group, number in counted.items():
            of_rows[_row_of(group)] += number
        found = {code: Count(of_rows[code], unit) for code in form.rows}
    for row in (each for each in form.rows.values() if each.sums):
        found[row.code] = _sum((found[of] for of in row.sums), unit)
    return {(row, column): count for row, count in found.items()}


def _sum(counts: Iterable[Count | None], unit: Unit) -> Count | None:
    known = list(counts)
    return None if None in known else summed((each for each in known if each), unit)


def _row_of(group: Group) -> str:
    return country().statistics.row_of(group.provision, _since(group), group.conduct).code


def _since(group: Group) -> dt.date | None:
    return dt.date.fromisoformat(group.from_day) if group.from_day else None


def _column(column: Column, viewer: Actor, until: dt.date, offices: Offices) -> ByGroup | None:
    asked = (viewer, until, offices)
    measures: Mapping[str, Callable[[], ByGroup | None]] = {
        "registered": lambda: _registered(*asked),
        "carried_over": lambda: _carried_over(*asked),
        "in_proceedings": lambda: Counter(_registered(*asked)) + Counter(_carried_over(*asked)),
        "decided": lambda: _decided(column, *asked),
        "persons_decided": lambda: _persons(column, *asked),
        "victims": lambda: _victims(column, *asked),
        # Acts lie in the compartment of what was told, which no job of figures may read.
        "facts": lambda: None,
    }
    counted = measures[column.measure or ""]()
    if counted is None or column.gravity is None:
        return counted
    return {group: n for group, n in counted.items() if _gravity(group) == column.gravity}


def _gravity(group: Group) -> str | None:
    found = country().gravity_of(group.provision, _since(group), group.conduct)
    return found.code if found else None


def _registered(viewer: Actor, until: dt.date, offices: Offices) -> ByGroup:
    return _by_group(_in_period(viewer, until, offices), until, CountOf("pk"))


def _in_period(viewer: Actor, until: dt.date, offices: Offices) -> QuerySet[Decision]:
    first = country().statistics.first_day(until)
    return registered_first(viewer=viewer, until=until, offices=offices).filter(day__gte=first)


def _carried_over(viewer: Actor, until: dt.date, offices: Offices) -> ByGroup:
    """Registered before the year, and at an open stage when it began."""
    eve, procedure = country().statistics.first_day(until) - DAY, country().procedure
    moving = [k.code for k in procedure.kinds.values() if k.leads_to or k.court]
    last = Decision.objects.filter(case=OuterRef("case_id"), kind__in=moving, day__lte=eve)
    rows = registered_first(viewer=viewer, until=eve, offices=offices).annotate(
        last=Subquery(last.order_by("-base_version").values("kind")[:1])
    )
    # Whoever left the court may have left others there: only the whole course says where the case stood.
    leaving = [k.code for k in procedure.kinds.values() if k.court == "leaves"]
    plain = [
        k.code
        for k in procedure.kinds.values()
        if k.leads_to in procedure.open_stages and k.code not in leaving
    ]
    found = Counter(_by_group(rows.filter(last__in=plain), until, CountOf("pk")))
    asked = rows.filter(last__in=leaving)
    stages = _stages(Decision.objects.filter(case_id__in=asked.values("case_id"), day__lte=eve))
    for case, said in asked.annotate(said=Subquery(classified(until))).values_list(
        "case_id", "said"
    ):
        found[group_of(said)] += stages[case] in procedure.open_stages
    return found


def _stages(decisions: QuerySet[Decision]) -> Mapping[Any, str]:
    """Where each case stands after these decisions."""
    procedure = country().procedure
    stage: dict[Any, str] = defaultdict(lambda: procedure.begins)
    stands: dict[Any, BeforeCourt] = defaultdict(BeforeCourt)
    rows = decisions.order_by("base_version").values_list("case_id", "kind", "persons")
    for case, code, persons in rows.iterator():
        if kind := procedure.kinds.get(code):
            stands[case] = stands[case].after(kind, persons)
            stage[case] = stage_after(stage[case], kind, stands[case])
    return stage


def _decided(column: Column, viewer: Actor, until: dt.date, offices: Offices) -> ByGroup:
    made = _made(column, viewer, until, offices)
    return _by_group(made, until, CountOf("case_id", distinct=True))


def _persons(column: Column, viewer: Actor, until: dt.date, offices: Offices) -> ByGroup:
    """Who is named counts once in a case; where nobody is named, as many as the decision says."""
    made = _made(column, viewer, until, offices)
    named = Ruling.objects.filter(decision__in=made.values("pk"))
    unnamed = made.filter(~Exists(Ruling.objects.filter(decision=OuterRef("pk"))))
    by_name = Counter(_by_group(named, until, CountOf("person_id", distinct=True)))
    return by_name + Counter(_by_group(unnamed, until, Sum("persons")))


def _made(column: Column, viewer: Actor, until: dt.date, offices: Offices) -> QuerySet[Decision]:
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    period = Q(day__gte=country().statistics.first_day(until), day__lte=until)
    found = Decision.objects.filter(may, period, kind__in=column.kinds)
    if column.ground is not None:
        found = found.filter(ground=column.ground)
    return found if offices is None else found.filter(case__holder__in=offices)


def _victims(column: Column, viewer: Actor, until: dt.date, offices: Offices) -> ByGroup:
    words = country().vocabularies
    found = Person.objects.filter(
        case_id__in=_in_period(viewer, until, offices).values("case_id"),
        role__in=words["person_roles"].meaning("victim"),
    )
    if column.victim == "female":
        found = found.filter(sex__in=words["sexes"].meaning("female"))
    elif column.victim == "minor":
        found = found.filter(is_minor=True)
    return _by_group(found, until, CountOf("pk"))


def _by_group(rows: QuerySet[Any], until: dt.date, number: CountOf | Sum) -> ByGroup:
    """Of tables with a `case_id`, by what the case was in law on that day."""
    told = rows.annotate(said=Subquery(classified(until))).values_list("said")
    return dict(_grouped(told.annotate(n=number).order_by()))


def _grouped(rows: Iterable[tuple[str | None, int | None]]) -> Iterator[tuple[Group, int]]:
    return ((group_of(said), n or 0) for said, n in rows)
