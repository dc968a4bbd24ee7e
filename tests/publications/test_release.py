import csv
import hashlib
import io
import json

import pytest
from django.test import Client

from arasha.actors import ANONYMOUS, FIGURES, Actor
from arasha.appeals.models import Appeal
from arasha.cases.models import Case, Decision
from arasha.country import local_day
from arasha.engines.notes import canonical_json
from arasha.engines.sealing import RecipientSet
from arasha.engines.translog import commitment, leaf, leaf_hash
from arasha.journal.models import Entry, Leaf
from arasha.people.models import User
from arasha.publications import indicators, selectors, services
from arasha.publications.errors import (
    NotAnAnalystError,
    NothingNewError,
    TotalsDisagreeError,
)
from arasha.publications.models import Release
from tests.desk.signing_in import signed_in
from tests.walk import DAY, FILED_AT, NOW, Terminal, actor, decide, file, posted


@pytest.fixture
def release(analyst: User, case: Case, prosecutor: User) -> Release:
    """One appeal, one case, two persons sent to court, one of them convicted."""
    decide(case, "sent_to_court", prosecutor, days_later=2, persons=2)
    decide(case, "convicted", prosecutor, days_later=10, persons=1)
    return services.release(by=actor(analyst), at=NOW)


def shown(release: Release) -> dict[str, tuple[dict[int, int | None], int | None]]:
    found = selectors.rows(viewer=ANONYMOUS, release=release)
    return {indicator.code: (dict(row.years), row.total) for indicator, row in found}


@pytest.mark.parametrize("who", [ANONYMOUS, FIGURES, Actor.device("1")])
def test_nobody_without_the_post_releases_figures(who: Actor, db: None) -> None:
    with pytest.raises(NotAnAnalystError):
        services.release(by=who, at=NOW)


def test_an_officer_releases_no_figures(officer: User) -> None:
    with pytest.raises(NotAnAnalystError, match="hold no such post"):
        services.release(by=actor(officer), at=NOW)
    assert not Release.objects.exists()


def test_totals_that_disagree_with_their_years_are_not_released(
    analyst: User, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken way of counting, put beside the true one."""
    true = indicators.BY_CODE["cases_registered"]
    broken = indicators.Indicator(
        true.code, true.unit, true.name, true.rule, true.by_year, lambda **asked: 2
    )
    monkeypatch.setattr(services, "INDICATORS", (broken,))

    with pytest.raises(TotalsDisagreeError, match="add up to 1, but counted at once there are 2"):
        services.release(by=actor(analyst), at=NOW)
    assert not Release.objects.exists()


def test_the_same_figures_are_not_released_twice_on_a_day(release: Release, analyst: User) -> None:
    with pytest.raises(NothingNewError, match="number 1 of today"):
        services.release(by=actor(analyst), at=NOW)
    assert Release.objects.count() == 1


def test_the_next_day_and_a_changed_number_make_a_new_release(
    release: Release, analyst: User, terminal: Terminal, recipients: RecipientSet
) -> None:
    for _ in range(5):
        file(terminal, posted(recipients), at=NOW)

    assert services.release(by=actor(analyst), at=NOW).number == 2
    assert services.release(by=actor(analyst), at=NOW + DAY).number == 3


def test_every_number_is_counted_by_the_year_of_its_event(release: Release) -> None:
    in_year = {
        code: sum(v or 0 for v in years.values()) for code, (years, _) in shown(release).items()
    }

    assert in_year == {
        "appeals_received": 0,  # one appeal is a small count of people: protected
        "cases_registered": 1,
        "cases_sent_to_court": 1,
        "persons_sent_to_court": 2,
        "persons_convicted": 1,
    }
    assert shown(release)["appeals_received"][1] is None


def test_events_of_two_years_are_two_columns_and_empty_years_are_zero(
    analyst: User, case: Case
) -> None:
    day = local_day(NOW).replace(month=6, day=26)
    first = Decision.objects.get()
    for year, base_version in [(day.year - 1, 7), (day.year - 3, 8)]:
        Decision.objects.create(
            case=case,
            kind="convicted",
            day=day.replace(year=year),
            persons=17,
            base_version=base_version,
            recorded_at=NOW,
            law_question={},
            law_answer={},
            pack_hash=first.pack_hash,
        )

    rows = services.count(until=local_day(NOW), by=actor(analyst), at=NOW)

    convicted = rows["persons_convicted"]
    assert (convicted.years[day.year - 1], convicted.years[day.year - 2]) == (17, 0)
    assert convicted.total == 34


def test_what_comes_after_the_day_is_not_counted(analyst: User, appeal: Appeal, case: Case) -> None:
    rows = services.count(until=local_day(FILED_AT) - DAY, by=actor(analyst), at=NOW)

    assert {row.total for row in rows.values()} == {0}


def test_a_released_number_does_not_move_with_the_records(
    release: Release, terminal: Terminal, recipients: RecipientSet
) -> None:
    before = selectors.download(viewer=ANONYMOUS, release=release)

    file(terminal, posted(recipients))

    assert selectors.download(viewer=ANONYMOUS, release=release) == before


def test_the_release_is_in_the_log_and_everybody_can_recompute_its_leaf(
    release: Release, door: Client
) -> None:
    """From the download alone: the salt is public."""
    told = json.loads(door.get("/en/figures/1.json").content)

    digest = hashlib.sha256(canonical_json(told["figures"])).digest()
    entry = leaf(told["leaf_kind"], commitment(bytes.fromhex(told["salt"]), digest))
    assert leaf_hash(entry) == bytes(release.leaf_hash)
    assert Leaf.objects.filter(hash=leaf_hash(entry)).exists()
    assert Entry.objects.filter(act="figures.released", subject_key=release.key).exists()


def test_a_changed_number_gives_another_leaf(release: Release, door: Client) -> None:
    told = json.loads(door.get("/en/figures/1.json").content)
    told["figures"]["indicators"]["persons_convicted"]["total"] += 1

    digest = hashlib.sha256(canonical_json(told["figures"])).digest()
    entry = leaf(told["leaf_kind"], commitment(bytes.fromhex(told["salt"]), digest))
    assert leaf_hash(entry) != bytes(release.leaf_hash)


def test_the_table_for_spreadsheets_says_unit_day_and_release_on_every_line(
    release: Release, door: Client
) -> None:
    answer = door.get("/en/figures/1.csv")

    lines = list(csv.DictReader(io.StringIO(answer.content.decode())))
    day = local_day(NOW).isoformat()
    assert {line["as_of"] for line in lines} == {day}
    assert ["persons_convicted", "person", "total", "1", day, "1"] in [
        list(line.values()) for line in lines
    ]
    assert ["appeals_received", "appeal", "total", "c", day, "1"] in [
        list(line.values()) for line in lines
    ]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_shows_units_definitions_and_downloads(
    language: str, release: Release, door: Client
) -> None:
    page = door.get(f"/{language}/figures/")

    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode()
    assert f"/{language}/figures/1.csv" in page.content.decode()


def test_every_release_keeps_its_address(release: Release, analyst: User, door: Client) -> None:
    services.release(by=actor(analyst), at=NOW + DAY)

    assert door.get("/en/figures/1/").status_code == 200
    assert door.get("/en/figures/3/").status_code == 404


def test_before_the_first_release_the_page_says_so(door: Client, db: None) -> None:
    assert "No figures have been released yet" in door.get("/en/figures/").content.decode()


def test_the_desk_shows_unreleased_figures_to_analysts_only(
    release: Release, officer: User, analyst: User
) -> None:
    assert signed_in(officer).get("/figures/").status_code == 403
    assert signed_in(officer).post("/figures/").status_code == 403
    assert signed_in(analyst).get("/figures/").status_code == 200


def test_an_analyst_releases_from_the_desk_and_a_double_click_is_told(
    analyst: User, case: Case
) -> None:
    desk = signed_in(analyst)

    assert desk.post("/figures/").status_code == 302
    again = desk.post("/figures/")

    assert again.status_code == 409
    assert Release.objects.count() == 1
