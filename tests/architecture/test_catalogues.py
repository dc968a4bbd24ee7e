"""Every text a person can meet is there in every language, whole, and compiled as it is written."""

import ast
import datetime as dt
import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import formats, translation

from tests.architecture.tree import CHECKOUT, code, label
from tools import catalogues
from tools.catalogues import OURS, OVERRIDES

WRITTEN = [
    pytest.param(folder, language, id=f"{folder.name}-{language}")
    for folder, language in product((OURS, OVERRIDES), catalogues.LANGUAGES)
    if (folder / language / catalogues.PO).exists()
]
GLOSSARY = CHECKOUT / "GLOSSARY.md"
MEND = "run: .venv/bin/python -m tools.catalogues, and translate what it names"


def test_every_language_of_the_doors_has_a_catalogue() -> None:
    assert {language for language, _name in settings.LANGUAGES} == set(catalogues.LANGUAGES)
    assert [str(OURS), str(OVERRIDES)] == [str(folder) for folder in settings.LOCALE_PATHS]


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_text_of_ours_is_translated_whole_and_none_is_left_over(language: str) -> None:
    found = catalogues.faults(catalogues.read(OURS, language), catalogues.said_here())

    assert found == [], MEND


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_what_django_and_allauth_may_say_is_translated_by_them_or_by_us(language: str) -> None:
    owed = catalogues.missing_elsewhere(language)

    assert catalogues.faults(catalogues.read(OVERRIDES, language), owed) == [], MEND


@pytest.mark.parametrize(("folder", "language"), WRITTEN)
def test_a_compiled_catalogue_says_what_the_written_one_says(folder: Path, language: str) -> None:
    fresh = catalogues.compiled(catalogues.read(folder, language))
    committed = (folder / language / catalogues.MO).read_bytes()

    assert catalogues.texts(committed) == catalogues.texts(fresh), MEND


@pytest.mark.parametrize(("folder", "language"), WRITTEN)
def test_a_catalogue_tells_its_state_and_its_day(folder: Path, language: str) -> None:
    header = catalogues.read(folder, language).header_comment
    told = re.search(r"State: (draft|native-read|approved)\. Date: (\d{4}-\d\d-\d\d)\.", header)

    assert told
    assert dt.date.fromisoformat(told[2]) <= dt.datetime.now(dt.UTC).date()


def test_what_is_translated_stands_in_the_code_word_for_word() -> None:
    """A variable inside gettext is found by no extraction."""
    names = {"_", *catalogues.KEYWORDS}
    strangers = [
        f"{label(path)}:{node.lineno}"
        for path in code()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
        if not isinstance(node.args[0], ast.Constant)
    ]
    assert strangers == []


def test_no_text_of_ours_takes_a_word_of_the_calendar() -> None:
    """“May” as a right of access would become the month: our catalogue stands before Django's."""
    ours, theirs = catalogues.said_here(), catalogues.said_elsewhere()
    calendar = [each for each in theirs if ("django/utils/dates.py", 1) in each.locations]

    assert len(calendar) > 40
    assert [each.id for each in calendar if catalogues.find(ours, each)] == []


def test_a_missing_text_a_lost_name_and_a_lost_plural_are_each_found() -> None:
    template = catalogues.said_here()
    broken = catalogues.read(OURS, "ru")
    broken.delete("Appeals")
    broken["Appeal %(code)s"].string = "Обращение"
    broken["%(n)s case"].string = ("%(n)s дело", "%(n)s дел")

    assert len(catalogues.faults(broken, template)) == 3


@pytest.mark.parametrize(
    ("language", "day", "minute"),
    [
        ("kk", "2026 ж. 22 қараша", "2026 ж. 22 қараша, 09:05"),
        ("ru", "22 ноября 2026 г.", "22 ноября 2026 г. 9:05"),
        ("en", "22 November 2026", "22 November 2026, 09:05"),
    ],
)
def test_a_day_is_written_as_its_readers_write_it(language: str, day: str, minute: str) -> None:
    moment = dt.datetime(2026, 11, 22, 9, 5, tzinfo=dt.UTC)

    with translation.override(language):
        assert formats.date_format(moment, "DATE_FORMAT") == day
        assert formats.date_format(moment, "DATETIME_FORMAT") == minute


def test_a_kazakh_noun_stays_singular_after_a_number() -> None:
    with translation.override("kk"):
        said = [translation.ngettext("%(n)s case", "%(n)s cases", n) % {"n": n} for n in (1, 2, 5)]

    assert said == ["1 іс", "2 іс", "5 іс"]


def test_russian_counts_in_three_ways() -> None:
    with translation.override("ru"):
        said = [translation.ngettext("%(n)s case", "%(n)s cases", n) % {"n": n} for n in (1, 2, 5)]

    assert said == ["1 дело", "2 дела", "5 дел"]


@pytest.mark.parametrize(("language", "column"), [("kk", 2), ("ru", 3)])
def test_the_glossary_and_the_catalogue_call_a_thing_by_the_same_name(
    language: str, column: int
) -> None:
    said = catalogues.read(OURS, language)
    rows = [line.split(" | ") for line in GLOSSARY.read_text().splitlines() if " | " in line]
    named = {row[0].removeprefix("| "): row[column - 1].removesuffix(" †") for row in rows}
    alike = {english: said.get(english[0].upper() + english[1:]) for english in named}
    told = {english: str(found.string) for english, found in alike.items() if found}

    assert len(told) > 15
    assert {english: word.casefold() for english, word in told.items()} == {
        english: named[english].casefold() for english in told
    }
