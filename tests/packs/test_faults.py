"""A pack that is wrong is refused, with every fault at its file, line and table."""

from pathlib import Path

import pytest

from arasha.packs import load
from tests.packs.breaking import QAMAR, change, faults_of


def test_an_unknown_key_is_refused_where_it_stands(pack: Path) -> None:
    line = change(pack, "places.toml", 'kind = "province"', 'knid = "province"')

    assert faults_of(pack) == [
        f"places.toml:{line - 2} [region coast] kind is missing: write a text in quotes",
        f"places.toml:{line} [region coast] unknown key 'knid'; known here: code, iso, kind, name",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("pack.toml", '"Etc/GMT-4"', '"Qamar/Coast"', "timezone = 'Qamar/Coast' is unknown"),
        ("pack.toml", "[5, 6]", "[5, 8]", "weekend holds ISO days"),
        ("pack.toml", '"rtl"', '"up"', "direction = 'up' is not one of ltr, rtl"),
        (
            "places.toml",
            'authority = "keys"',
            'authority = "kyes"',
            "authority = 'kyes' is not one",
        ),
        ("places.toml", 'ar = "الساحل", ', "", "name: no words in 'ar'"),
        ("places.toml", 'ar = "الساحل"', 'ar = "الساحل", fr = "x"', "'fr' is no language"),
        ("places.toml", 'code = "hills"', 'code = "coast"', "the code 'coast' is given twice"),
        ("places.toml", 'code = "hills"', 'code = "The Hills"', "write small latin letters"),
        ("recipients.toml", '["keys"]', '["doors"]', "commands: 'doors' is not one of"),
        ("recipients.toml", "from = 2010-01-01", 'from = "2010"', "from must be a day like"),
        ("recipients.toml", "opens_case = false", 'opens_case = "no"', "must be true or false"),
        ("recipients.toml", "unnamed = true", "unnamed = 1", "unnamed must be true or false"),
        ("recipients.toml", '["conditions"]', '["weather"]', "'weather' is not one of"),
        ("recipients.toml", '["conditions"]', "[]", "topics is empty"),
        (
            "recipients.toml",
            "from = 2010-01-01",
            "from = 2010-01-01\nto = 2009-12-31",
            "to = 2009-12-31 is before from = 2010-01-01",
        ),
        (
            "recipients.toml",
            'code = "advocate"',
            'code = "advocate"\nnames_of = "guardian"',
            "names_of = 'guardian' is not one of",
        ),
        (
            "recipients.toml",
            'code = "advocate"',
            'code = "advocate"\nnames_of = "inspectorate"',
            "a body with names_of receives nothing",
        ),
        ("deadlines.toml", "amount = 48", "amount = 0", "amount must be 1 or more, got 0"),
        ("deadlines.toml", "amount = 48", "amount = 4.5", "amount must be a whole number"),
        ("deadlines.toml", "amount = 48", f"amount = {10**30}", "a whole number up to 1,000,000"),
        ("deadlines.toml", 'checked = "official"', "checked = [[1]]", "checked must be a text"),
        ("deadlines.toml", '"hours"', '"weeks"', "unit = 'weeks' is not one of"),
        ("law/torment.toml", 'by = "guardians"', 'by = "nobody"', "by = 'nobody' is not one of"),
        ("law/torment.toml", "to = 2015-12-31", "to = 2016-12-31", "the next begins on 2016-01-01"),
        ("law/torment.toml", "to = 2015-12-31", "to = 2014-12-31", "is before from = 2015-01-01"),
        ("law/torment.toml", 'kind = "bar"', 'kind = "wall"', "kind = 'wall' is not one of"),
        ("law/torment.toml", '"milder_law"', '"kinder_law"', "principle 'milder_law' is missing"),
        (
            "law/torment.toml",
            'checked = "official"',
            'checked = "yes"',
            "checked = 'yes' is not one",
        ),
        ("cases/torment.toml", "{ barred = true,", "{ bared = true,", "unknown key 'bared'"),
        ("cases/torment.toml", "{ barred = true,", "{ articles = [[1]],", "must hold texts"),
        ("cases/torment.toml", "{ barred = true,", "{ tells = [1],", "must hold texts"),
        ("law/torment.toml", '"amnesty"', '"mercy"', "reliefs.toml lacks 'mercy'"),
        ("deadlines.toml", '"registration"', '"entry"', "the deadline 'registration' is missing"),
        (
            "vocabularies/appeal_outcomes.toml",
            '"withdrawn"\nname',
            '"recalled"\nname',
            "means = 'recalled' is not one of",
        ),
        (
            "recipients.toml",
            'retention = "guardians_keep"',
            'retention = "ever"',
            "'ever' is not one",
        ),
        ("texts/law.toml", "[bar.open]", "[bar.ajar]", "the words of the step [bar.open]"),
        ("texts/law.toml", "{day}", "{date}", "cannot fill in {date}"),
        (
            "texts/law.toml",
            'state = "native-read"',
            'state = "fine"',
            "state = 'fine' is not one of",
        ),
    ],
)
def test_each_fault_is_named_at_its_file(
    pack: Path, file: str, old: str, new: str, fault: str
) -> None:
    change(pack, file, old, new)

    assert any(fault in found for found in faults_of(pack)), faults_of(pack)


def test_a_fault_deep_in_the_third_version_has_its_own_line(pack: Path) -> None:
    line = change(pack, "law/torment.toml", "from = 2016-01-01", 'from = "2016-01-01"')

    [fault] = [found for found in faults_of(pack) if "from must be" in found]
    assert fault.startswith(f"law/torment.toml:{line} [rule.version]")


def test_all_faults_are_told_at_once(pack: Path) -> None:
    change(pack, "places.toml", 'authority = "keys"', 'authority = "kyes"')
    change(pack, "deadlines.toml", "amount = 48", "amount = 0")
    (pack / "recipients.toml").unlink()

    files = {found.split()[0].partition(":")[0] for found in faults_of(pack)}
    assert {"places.toml", "deadlines.toml", "recipients.toml"} <= files


def test_a_file_that_is_no_toml_says_where(pack: Path) -> None:
    change(pack, "places.toml", 'code = "coast"', "code = coast")

    assert any("places.toml" in found and "line 2" in found for found in faults_of(pack))


def test_a_file_that_nobody_reads_is_a_fault(pack: Path) -> None:
    (pack / "law" / "more").mkdir()
    (pack / "law" / "more" / "torment.toml").write_text("", encoding="utf-8")
    (pack / "place.toml").write_text("", encoding="utf-8")

    files = [found.split(" ")[0] for found in faults_of(pack)]
    assert files == ["law/more/torment.toml", "place.toml"]


def test_an_unknown_country_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(FileNotFoundError, match="kz"):
        load("atlantis")


def test_the_hash_changes_with_the_content_and_not_with_the_comments(pack: Path) -> None:
    before = load(pack).hash
    change(pack, "deadlines.toml", "[[deadline]]", "# as told by a guardian\n[[deadline]]")
    commented = load(pack).hash
    change(pack, "deadlines.toml", "amount = 48", "amount = 47")

    assert before == commented == load(QAMAR).hash
    assert load(pack).hash != before
