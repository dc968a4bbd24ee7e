"""The form of the national statistics: every case in one row, every total in one unit."""

import datetime as dt
from pathlib import Path

import pytest

from arasha.packs import Pack, load
from arasha.packs.statistics import MEASURES
from tests.packs.breaking import change, faults_of

FILE = "statistics.toml"


@pytest.fixture(scope="module")
def kz() -> Pack:
    return load("kz")


def test_the_same_number_of_a_part_is_another_row_in_another_wording(kz: Pack) -> None:
    rows = [row for row in kz.statistics.rows.values() if row.provision == "146.1"]

    assert [row.conduct for row in rows] == ["ill_treatment", "torture"]
    assert rows[1].from_day == dt.date(2015, 1, 1)
    assert rows[0].from_day and rows[0].from_day > rows[1].from_day


def test_what_today_s_wording_names_has_its_row(kz: Pack) -> None:
    newest = kz.law.offences.versions[-1]
    rows = {(row.provision, row.conduct, row.from_day) for row in kz.statistics.rows.values()}

    assert newest.value
    assert {(o.provision, o.conduct, newest.start) for o in newest.value} <= rows


def test_every_ground_of_termination_has_its_column(kz: Pack) -> None:
    grounds = {column.ground for column in kz.statistics.columns.values()} - {None}

    assert grounds == kz.vocabularies["termination_grounds"].terms.keys()


def test_a_total_of_rows_counts_each_case_once(kz: Pack) -> None:
    rows = kz.statistics.rows
    counted = [code for code, row in rows.items() if not row.sums]

    assert sorted(rows["total"].sums) == sorted(counted)
    assert set(rows["torture"].sums) & set(rows["ill_treatment"].sums) == set()


def test_no_column_measures_in_another_unit_than_its_own(kz: Pack) -> None:
    columns = kz.statistics.columns

    for column in columns.values():
        units = {columns[code].unit for code in column.sums}
        assert (units or {MEASURES[column.measure or ""]}) == {column.unit}


def test_a_case_is_counted_in_the_row_of_its_wording_and_of_its_conduct(kz: Pack) -> None:
    newest = kz.law.offences.versions[-1].start
    row_of = kz.statistics.row_of

    assert row_of("146.3", newest, "torture").code == "2023.146.3.torture"
    assert row_of("146.3", newest, "ill_treatment").code == "2023.146.3.ill_treatment"
    assert row_of("146.1", dt.date(2015, 1, 1), "torture").code == "2015.146.1.torture"


def test_what_has_no_row_or_no_classification_is_the_rest(kz: Pack) -> None:
    assert kz.statistics.row_of("347-1", dt.date(2003, 1, 1), "torture").code == "rest"
    assert kz.statistics.row_of("", None, "torture").code == "rest"


def test_the_same_number_was_graver_or_less_grave_in_another_wording(kz: Pack) -> None:
    newest = kz.law.offences.versions[-1].start
    now, before = (
        kz.gravity_of("146.1", newest, "ill_treatment"),
        kz.gravity_of("146.1", dt.date(2015, 1, 1), "torture"),
    )

    assert now and before
    assert (now.code, before.code) == ("minor", "medium")
    assert kz.gravity_of("347-1", dt.date(2003, 1, 1), "torture") is None


def test_the_form_counts_from_the_first_of_january(kz: Pack) -> None:
    assert kz.statistics.first_day(dt.date(2026, 2, 28)) == dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("months", "gravity"),
    [(24, "minor"), (25, "medium"), (60, "medium"), (144, "grave"), (145, "especially_grave")],
)
def test_how_grave_an_offence_is_follows_its_longest_imprisonment(
    kz: Pack, months: int, gravity: str
) -> None:
    assert kz.procedure.gravity_of(months).code == gravity


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('sums = ["registered.grave"', 'sums = ["facts"', "'facts' is counted in facts, not cases"),
        ('unit = "fact"', 'unit = "person"', "'facts' is counted in facts"),
        ('measure = "facts"', 'measure = "pages"', "measure = 'pages' is not one of"),
        ('measure = "facts"\n', "", "a column is a measure or a total of columns"),
        ('kinds = ["sent_to_court"]\n', "", "kinds belongs to decided, persons_decided"),
        ('kinds = ["terminated"]', 'kinds = ["forgotten"]', "'forgotten' is not one of"),
        ('ground = "no_event"', 'ground = "no_wish"', "ground = 'no_wish' is not one of"),
        ('gravity = "grave"', 'gravity = "heavy"', "gravity = 'heavy' is not one of"),
        ('victim = "female"', 'victim = "poor"', "victim = 'poor' is not one of"),
        ('measure = "registered"\nb', 'measure = "registered"\nvictim = "minor"\nb', "narrows the"),
        ('provision = "30"', 'provision = "31"', "on 2024-01-01 the law had no '31' for torture"),
        ("wording_of = 2024-01-01\n", "", "wording_of is missing"),
        ("rest = true\n", "", "a row is a provision, or the rest, or a total of rows"),
        ("rest = true", 'sums = ["torture"]', "one row, and only one, counts the rest"),
        ('"torture", "rest"]', '"torture", "total"]', "sums: 'total' is not one of"),
    ],
)
def test_a_form_that_could_count_wrong_is_refused(
    pack: Path, old: str, new: str, fault: str
) -> None:
    change(pack, FILE, old, new)

    found = [each for each in faults_of(pack) if fault in each]
    assert found, faults_of(pack)
    assert found[0].startswith(FILE)


def test_a_wording_is_counted_in_one_row_only(pack: Path) -> None:
    words = (pack / FILE).read_text(encoding="utf-8")
    row = words[words.index("[[row]]") : words.index("[[row]]", words.index("[[row]]") + 1)]
    twice = row.replace('code = "torture"', 'code = "torment"')
    (pack / FILE).write_text(words.replace(row, row + twice), encoding="utf-8")

    assert any("two rows count the same wording" in each for each in faults_of(pack))


def test_gravities_go_up_and_the_last_has_no_limit(pack: Path) -> None:
    change(pack, "procedure.toml", "up_to_months = 60", "up_to_months = 12")

    assert any("gravities go up by up_to_months" in each for each in faults_of(pack))
