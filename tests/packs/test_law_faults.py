"""A law that is wrong is refused where it is wrong."""

from pathlib import Path

import pytest

from arasha.packs import load
from tests.packs.breaking import change, faults_of

RUNG = "up_to = { amount = 4, unit"
OLD_RUNG = "up_to = { amount = 2, unit"


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("deadlines.toml", 'extends = "investigation"', 'extends = "ever"', "'ever' is not one"),
        ("deadlines.toml", RUNG, "up_to = { amount = 1, unit", "must reach further"),
        ("deadlines.toml", f'{RUNG} = "months"', f'{RUNG} = "days"', "in the unit of the term"),
        ("deadlines.toml", RUNG, "up_to = { amount = 0, unit", "amount must be 1 or more"),
        ("deadlines.toml", RUNG, "up_to = { amount = 4000, unit", "no term is longer than 1,200"),
        ("deadlines.toml", "motion_before", "motion_after", "motion_before is missing"),
        ("deadlines.toml", 'grantor = "guardian"', 'grantor = "sage"', "grantors.toml lacks 'sage'"),
        ("deadlines.toml", 'grantor = "guardian"', 'grantor = "sage"', "[ladder.sage] are missing"),
        ("deadlines.toml", "  to = 2019-12-31\n  by = \"guardians\"\n  article = \"Act of Guardians 15\"",
         "  to = 2020-12-31\n  by = \"guardians\"\n  article = \"Act of Guardians 15\"", "the next begins"),
        ("deadlines.toml", "  to = 2019-12-31\n  by = \"guardians\"\n  article = \"Act of Guardians 12\"",
         "  to = 2020-12-31\n  by = \"guardians\"\n  article = \"Act of Guardians 12\"", "the next begins"),
        ("deadlines.toml", 'verified_by = "A guardian of Qamar"', "", "verified_on without verified_by"),
        ("texts/law.toml", "[ladder.guardian]", "[ladder.nobody]", "[ladder.guardian] are missing"),
        ("texts/law.toml", "to {amount} months", "to {months} months", "cannot fill in {months}"),
        ("texts/law.toml", "anonymous_opens_case.no]", "anonymous_opens_case.never]",
         "[report.anonymous_opens_case.no] are missing"),
        ("law/torment.toml", 'applies_to = ["torture"]', "applies_to = []", "applies_to is empty"),
        ("law/torment.toml", 'applies_to = ["torture"]', 'applies_to = ["torture"]\nparts = [1, 7]',
         "no part 7"),
        ("law/torment.toml", 'persons = ["official", "instigated"]', "persons = []", "persons is empty"),
        ("law/torment.toml", 'report = "anonymous_opens_case"', 'report = "rumour"', "'rumour' is not"),
        ("law/torment.toml", "value = false\n", "value = false\n  limitation_months = 0\n",
         "limitation_months = 0: write 1 to 1,200"),
        ("law/torment.toml", "value = true\n", "value = true\n  limitation_months = 24\n",
         "only where value = false"),
        ("law/torment.toml", "  value = true\n", "", 'write checked = "unverified"'),
    ],
)  # fmt: skip
def test_each_fault_of_the_law_is_named(
    pack: Path, file: str, old: str, new: str, fault: str
) -> None:
    change(pack, file, old, new)

    assert any(fault in found for found in faults_of(pack)), faults_of(pack)


def test_a_limitation_stands_on_a_bar_only(pack: Path) -> None:
    change(pack, "deadlines.toml", "amount = 48", "amount = 48\n  limitation_months = 24")

    assert any("unknown key 'limitation_months'" in found for found in faults_of(pack))


def test_a_law_without_an_offence_is_refused_whole(pack: Path) -> None:
    change(pack, "law/torment.toml", 'kind = "classify"', 'kind = "classfy"')

    faults = faults_of(pack)
    assert any("kind = 'classfy' is not one of" in found for found in faults)
    assert any('needs one [[rule]] with kind = "classify"' in found for found in faults)


def test_two_rules_for_one_report_are_refused(pack: Path) -> None:
    rules = (pack / "law/torment.toml").read_text(encoding="utf-8")
    report = rules[rules.index('[[rule]]\nid = "report.') :]
    (pack / "law/more.toml").write_text(report, encoding="utf-8")

    assert any("answers for 'anonymous_opens_case' too" in found for found in faults_of(pack))


def test_only_the_last_rung_is_without_a_limit(pack: Path) -> None:
    rung = '    [[ladder.version.rung]]\n    grantor = "guardian"\n    motion_before = { amount = 1, unit = "days" }\n'
    change(
        pack,
        "deadlines.toml",
        "    [[ladder.version.rung]]",
        f"{rung}\n    [[ladder.version.rung]]",
    )

    assert any("only the last rung" in found for found in faults_of(pack))


def test_the_order_of_files_and_rules_is_irrelevant(pack: Path) -> None:
    whole = (pack / "law/torment.toml").read_text(encoding="utf-8")
    head, *rules = whole.split("[[rule]]")
    (pack / "law/torment.toml").write_text(
        head + "[[rule]]".join(["", *rules[:1]]), encoding="utf-8"
    )
    (pack / "law/aaa.toml").write_text("[[rule]]".join(["", *rules[:0:-1]]), encoding="utf-8")
    before, after = load(Path(__file__).parent / "qamar").law, load(pack).law

    assert (after.offences, after.bars, after.reports) == (
        before.offences,
        before.bars,
        before.reports,
    )
