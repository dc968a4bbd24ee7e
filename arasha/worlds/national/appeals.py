"""The appeals of eleven years: sealed for real where an envelope is still kept."""

import datetime as dt
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

from arasha.actors import WORLD
from arasha.appeals import bulk
from arasha.appeals.models import State
from arasha.country import country, local_day
from arasha.engines import sealing
from arasha.engines.translog import leaf
from arasha.people.models import Institution
from arasha.trust.models import RecipientSet
from arasha.worlds.ceremony import Ceremony
from arasha.worlds.identities import new_identity
from arasha.worlds.national import scale
from arasha.worlds.sealing import sealed_filing

LETTER = "Үлгі өтініш. Образец обращения."
BATCH = 5_000
WAITING_EVERY = 5  # of this year's appeals, one in five still waits for an answer


def build(*, watcher: Institution, at: dt.datetime, times: int) -> int:
    """File every year's appeals; returns how many."""
    recipients, published = _recipients(watcher, at)
    made = 0
    for year in scale.YEARS:
        rows = _of_year(year, scale.of_year(scale.KNOWN_APPEALS, year) * times, recipients, at)
        made += _in_batches(rows, published, at)
    return made


def _in_batches(rows: Iterator[bulk.Load], published: RecipientSet, at: dt.datetime) -> int:
    made, batch = 0, []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            made += bulk.load(rows=batch, recipient_set=published, by=WORLD, at=at)
            batch = []
    return made + bulk.load(rows=batch, recipient_set=published, by=WORLD, at=at)


def _of_year(
    year: int, count: int, recipients: sealing.RecipientSet, at: dt.datetime
) -> Iterator[bulk.Load]:
    first = dt.datetime(year, 1, 1, tzinfo=country().timezone)
    newest = dt.datetime(scale.YEARS[-1], 12, 31, tzinfo=country().timezone)
    categories = list(country().vocabularies["appeal_categories"].terms)
    for number in range(count):
        received_at = first + dt.timedelta(days=number * 364 // count)
        day = received_at.date()
        kept = newest - received_at < scale.ENVELOPES_OF
        waits = year == scale.YEARS[-1] and number % WAITING_EVERY == 0
        filing = _sealed(day, recipients) if kept else None
        yield bulk.Load(
            leaf_text=filing.leaf if filing else _leaf_only(),
            envelope=filing.envelope if filing else None,
            card=filing.card if filing else None,
            received_day=day,
            received_at=received_at,
            answer_by_day=day + dt.timedelta(days=21),
            state=State.RECEIVED if waits else State.ANSWERED,
            opened_day=None if waits else day + dt.timedelta(days=1),
            category="" if waits else categories[number % len(categories)],
        )


def _sealed(day: dt.date, recipients: sealing.RecipientSet) -> sealing.Filing:
    posted = sealed_filing(
        text=LETTER,
        language=country().languages[0].code,
        place="",
        written_on=day,
        recipients=recipients,
    )
    return sealing.parse_filing(posted)


def _leaf_only() -> str:
    return leaf("event", secrets.token_bytes(32)).decode()


def _recipients(watcher: Institution, at: dt.datetime) -> tuple[sealing.RecipientSet, RecipientSet]:
    officers = [new_identity(name=f"№ {n}", email="") for n in (1, 2)]
    office = new_identity(name="№ 1", email="")
    recipients = sealing.RecipientSet(
        set_id=f"{watcher.code}-1",
        body=watcher.code,
        version=1,
        valid_from=dt.date(scale.YEARS[0], 1, 1),
        valid_until=local_day(at) + dt.timedelta(days=365),
        members=(
            *(
                sealing.Member(sealing.Role.OFFICER, o.recipient, o.name, watcher.code)
                for o in officers
            ),
            sealing.Member(sealing.Role.OFFICE, office.recipient, office.name),
        ),
    )
    with tempfile.TemporaryDirectory() as folder:
        ceremony = Ceremony.begin(Path(folder), at=at)
        ceremony.publish(recipients)
        ceremony.bring(by=WORLD, at=at)
    return recipients, RecipientSet.objects.get(pk=recipients.set_id)
