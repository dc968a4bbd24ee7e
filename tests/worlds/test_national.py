"""The national world, with the country's own years of 2023 and 2024 and few appeals."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from arasha.actors import ANONYMOUS
from arasha.cases.models import Case
from arasha.commands.references import dangling_references
from arasha.journal.checks import faults_of_entries
from arasha.journal.models import Entry, Leaf
from arasha.people.models import Institution
from arasha.places.models import Device, Place, Region
from arasha.publications import selectors
from arasha.publications.models import Release
from arasha.worlds.national import building, scale
from tests.walk import NOW


@pytest.fixture
def national(db: None, settings, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A world of two years; returns what it said while it was built."""
    settings.ARASHA_DEMO = True
    monkeypatch.setattr(scale, "YEARS", range(2023, 2025))
    monkeypatch.setattr(scale, "KNOWN_APPEALS", {2023: 12, 2024: 20})
    monkeypatch.setattr(scale, "PLACES", 400)
    monkeypatch.setattr(scale, "MONITORS", 2)
    said: list[str] = []
    building.build(at=NOW, times=1, say=said.append)
    return said


def test_a_scale_below_one_is_refused(settings, db: None) -> None:
    settings.ARASHA_DEMO = True

    with pytest.raises(CommandError, match="write 1 or more"):
        call_command("world", "national", times=0)


def test_the_national_world_is_as_large_as_its_sources_say(national: list[str]) -> None:
    penal = Place.objects.filter(kind__in=("correctional-institution", "pretrial-detention"))
    offices = Institution.objects.filter(kind="ombuds-office")

    assert (Region.objects.count(), offices.count(), penal.count()) == (20, 20, 78)
    assert (Place.objects.count(), Device.objects.count()) == (400, 365)
    assert Case.objects.count() == 462 + 193
    assert [line.split(" in ")[0].strip() for line in national][:3] == [
        "400 places",
        "32 appeals",
        "655 cases",
    ]


def test_by_26_june_2023_it_counts_the_persons_that_the_source_names(national: list[str]) -> None:
    release = Release.objects.get(as_of_day=dt.date(2023, 6, 26))
    rows = selectors.rows(viewer=ANONYMOUS, release=release)
    totals = {indicator.code: row.total for indicator, row in rows}

    assert (totals["persons_sent_to_court"], totals["persons_convicted"]) == (35, 17)


def test_what_came_in_bulk_is_in_the_journal_and_waits_for_the_log(national: list[str]) -> None:
    assert list(faults_of_entries()) == []
    assert list(dangling_references()) == []
    assert not Entry.objects.filter(act="case.decided", leaf=None).exists()
    assert not Leaf.objects.exclude(epoch=None).exists()
