import datetime as dt
import hashlib
import secrets
import uuid

from django.db import transaction
from django.db.models import Max

from arasha.access.viewing import viewing
from arasha.actors import FIGURES, USER, Actor
from arasha.country import local_day
from arasha.engines.notes import canonical_json
from arasha.engines.translog import commitment, leaf, leaf_hash
from arasha.journal import services as journal
from arasha.people.selectors import posts_of
from arasha.publications.errors import NotAnAnalystError, TotalsDisagreeError
from arasha.publications.indicators import INDICATORS, Indicator
from arasha.publications.models import Cell, Release, Total
from arasha.publications.table import Row, as_data, exact, protected

STATISTICS = "statistics"


def count(*, until: dt.date, by: Actor, at: dt.datetime) -> dict[str, Row]:
    """Count every indicator as it would be published. Raises TotalsDisagreeError."""
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


@transaction.atomic
def release(*, by: Actor, at: dt.datetime) -> Release:
    """Publish the figures as they stand, with a leaf that commits to them.

    Raises NotAnAnalystError and TotalsDisagreeError.
    """
    if by.kind == USER and not is_analyst(by=by, at=at):
        raise NotAnAnalystError
    rows = count(until=local_day(at), by=by, at=at)
    number = (Release.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    salt = secrets.token_bytes(32)
    data = as_data(number=number, as_of=local_day(at), rows=rows)
    text = leaf(
        STATISTICS, commitment(salt, hashlib.sha256(canonical_json(data)).digest())
    ).decode()
    made = Release.objects.create(
        key=uuid.uuid4(),
        number=number,
        as_of_day=local_day(at),
        released_at=at,
        salt=salt,
        leaf_hash=leaf_hash(text.encode()),
    )
    _keep(made, rows)
    journal.add_leaf(text=text)
    journal.record(
        act="figures.released", subject_kind="release", subject_key=made.key, by=by, at=at
    )
    return made


def _count(indicator: Indicator, until: dt.date) -> dict[int, int]:
    years = dict(indicator.by_year(viewer=FIGURES, until=until))
    total = indicator.total(viewer=FIGURES, until=until)
    if sum(years.values()) != total:
        raise TotalsDisagreeError(indicator=indicator.name, sum=sum(years.values()), total=total)
    return years


def _keep(made: Release, rows: dict[str, Row]) -> None:
    for code, row in rows.items():
        Total.objects.create(release=made, indicator=code, value=row.total)
        Cell.objects.bulk_create(
            Cell(release=made, indicator=code, year=year, value=value)
            for year, value in row.years.items()
        )


def is_analyst(*, by: Actor, at: dt.datetime) -> bool:
    return posts_of(viewer=by, user_key=by.key, day=local_day(at)).filter(role="analyst").exists()
