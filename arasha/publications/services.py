import datetime as dt
import hashlib
import secrets
import uuid

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import get_language

from arasha.access.viewing import viewing
from arasha.actors import FIGURES, Actor
from arasha.cases import national_form
from arasha.channel.upkeep.selectors.uptime import hours_by_place
from arasha.country import local_day
from arasha.engines.notes import canonical_json
from arasha.engines.translog import commitment, leaf, leaf_hash
from arasha.journal import services as journal
from arasha.people.models import Institution
from arasha.places.models import Place
from arasha.publications import cohorts, selectors
from arasha.publications.errors import (
    NotAnAnalystError,
    NothingNewError,
    NotYetOverError,
    NotYourFormError,
    TotalsDisagreeError,
)
from arasha.publications.form import Filled
from arasha.publications.indicators import INDICATORS, Indicator
from arasha.publications.models import Cell, CohortCell, Release, Total, Uptime, UptimeMonth
from arasha.publications.table import STATISTICS, Row, as_data, exact, protected
from arasha.publications.uptime import FEWEST_HOURS, last_day, step
from arasha.publications.uptime import as_data as uptime_data


def count(*, until: dt.date, by: Actor, at: dt.datetime) -> dict[str, Row]:
    """Count every indicator as it would be published. Raises NotAnAnalystError, TotalsDisagreeError."""
    if not selectors.is_analyst(viewer=by, at=at):
        raise NotAnAnalystError
    with viewing(FIGURES):
        counted = {indicator.code: _count(indicator, until) for indicator in INDICATORS}
    seen = [year for years in counted.values() for year in years]
    years = range(min(seen), max(seen) + 1) if seen else range(0)
    return {
        indicator.code: (protected if indicator.person_side else exact)(
            counted[indicator.code], years=years
        )
        for indicator in INDICATORS
    }


def count_cohorts(*, until: dt.date, by: Actor, at: dt.datetime) -> list[cohorts.Cell]:
    """Count the cohorts as they would be published. Raises NotAnAnalystError, TotalsDisagreeError."""
    if not selectors.is_analyst(viewer=by, at=at):
        raise NotAnAnalystError
    with viewing(FIGURES):
        return cohorts.counted(until=until)


def fill_form(*, until: dt.date, office: Institution | None, by: Actor, at: dt.datetime) -> Filled:
    """Count the national form up to a day; `office` None: all that the viewer may count.

    Raises NotYourFormError, NotYetOverError.
    """
    open_to = selectors.offices_to_count(viewer=by, at=at)
    if not (open_to.filter(pk=office.pk) if office else open_to).exists():
        raise NotYourFormError
    if until > local_day(at):
        raise NotYetOverError
    every = office is None and selectors.is_analyst(viewer=by, at=at)
    offices = None if every else ([office] if office else list(open_to))
    name = office.name.get(get_language() or "en", office.code) if office else ""
    with viewing(FIGURES):
        return Filled(
            until=until,
            office=name if office or every else ", ".join(each.code for each in offices or ()),
            numbers=national_form.numbers(viewer=FIGURES, until=until, offices=offices),
            imported=national_form.imported(viewer=FIGURES, until=until, offices=offices),
        )


@transaction.atomic
def release(*, by: Actor, at: dt.datetime) -> Release:
    """Publish the figures as they stand, with a leaf that commits to them. A double click makes one.

    Raises NotAnAnalystError, TotalsDisagreeError and NothingNewError.
    """
    day, rows = local_day(at), count(until=local_day(at), by=by, at=at)
    cells = count_cohorts(until=day, by=by, at=at)
    _refuse_the_same(rows, cells, day=day)
    number = (Release.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    salt, rule = secrets.token_bytes(32), cohorts.rule(until=day)
    told = {"rule": rule, "cells": [cell.as_data() for cell in cells]}
    record = canonical_json(as_data(number=number, as_of=day, rows=rows, cohorts=told))
    text = leaf(STATISTICS, commitment(salt, hashlib.sha256(record).digest())).decode()
    made = _insert(
        Release(
            key=uuid.uuid4(),
            number=number,
            as_of_day=day,
            released_at=at,
            salt=salt,
            leaf_hash=leaf_hash(text.encode()),
            cohort_rule=rule,
        )
    )
    _keep(made, rows, cells)
    journal.add_leaf(text=text)
    journal.record(
        act="figures.released", subject_kind="release", subject_key=made.key, by=by, at=at
    )
    return made


def publish_uptime(*, month: dt.date, by: Actor, at: dt.datetime) -> UptimeMonth | None:
    """Publish how much of a month (its first day) terminals were heard, with a leaf that commits to it.

    None if it is published already: what stands is never changed. Counted before the transaction
    begins: a month of a whole country takes its time.
    """
    if UptimeMonth.objects.filter(month=month).exists():
        return None
    counted = hours_by_place(viewer=by, first=month, last=last_day(month))
    found = Place.objects.in_bulk(
        [key for key, each in counted.items() if each.due >= FEWEST_HOURS]
    )
    rows = {
        place: (step(heard=counted[key].heard, due=counted[key].due), counted[key].works_days)
        for key, place in found.items()
    }
    return _keep_uptime(month, rows, published_day=local_day(at))


@transaction.atomic
def _keep_uptime(
    month: dt.date, rows: dict[Place, tuple[int, int]], *, published_day: dt.date
) -> UptimeMonth:
    places = {place.code: row for place, row in rows.items()}
    record = uptime_data(month=month, published_day=published_day, places=places)
    salt = secrets.token_bytes(32)
    digest = hashlib.sha256(canonical_json(record)).digest()
    text = leaf(STATISTICS, commitment(salt, digest)).decode()
    made = UptimeMonth.objects.create(
        month=month,
        published_day=published_day,
        salt=salt,
        leaf_hash=leaf_hash(text.encode()),
    )
    Uptime.objects.bulk_create(
        Uptime(month=made, place=place, step=found, works_days=works)
        for place, (found, works) in rows.items()
    )
    journal.add_leaf(text=text)
    return made


def _count(indicator: Indicator, until: dt.date) -> dict[int, int]:
    years = dict(indicator.by_year(viewer=FIGURES, until=until))
    total = indicator.total(viewer=FIGURES, until=until)
    if sum(years.values()) != total:
        raise TotalsDisagreeError(indicator=indicator.name, sum=sum(years.values()), total=total)
    return years


def _refuse_the_same(rows: dict[str, Row], cells: list[cohorts.Cell], *, day: dt.date) -> None:
    last = selectors.latest(viewer=FIGURES)
    if last is None or last.as_of_day != day:
        return
    released = {i.code: row for i, row in selectors.rows(viewer=FIGURES, release=last)}
    if released == rows and cells == selectors.cohort_cells(viewer=FIGURES, release=last):
        raise NothingNewError(number=last.number)


def _insert(made: Release) -> Release:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise NothingNewError(number=made.number) from error
    return made


def _keep(made: Release, rows: dict[str, Row], cells: list[cohorts.Cell]) -> None:
    for code, row in rows.items():
        Total.objects.create(release=made, indicator=code, value=row.total)
        Cell.objects.bulk_create(
            Cell(release=made, indicator=code, year=year, value=value)
            for year, value in row.years.items()
        )
    CohortCell.objects.bulk_create(_row(made, cell) for cell in cells)


def _row(made: Release, cell: cohorts.Cell) -> CohortCell:
    since = cell.group.from_day
    return CohortCell(
        release=made,
        indicator=cell.indicator,
        unit=cohorts.BY_CODE[cell.indicator].unit,
        year=cell.year,
        conduct=cell.group.conduct,
        provision=cell.group.provision,
        provision_from_day=dt.date.fromisoformat(since) if since else None,
        ending=cell.ending,
        value=cell.value,
    )
