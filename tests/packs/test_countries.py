"""Every country we ship, and one that does not exist, is sound and answers as its lawyers expect."""

import datetime as dt
from pathlib import Path

import pytest

from arasha.packs import Pack, ask, due_at, load
from arasha.packs.cases import failures
from arasha.programs.terminal.texts import languages

QAMAR = Path(__file__).parent / "qamar"
DAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def kz() -> Pack:
    return load("kz")


@pytest.fixture(scope="module")
def qamar() -> Pack:
    return load(QAMAR)


@pytest.mark.parametrize("where", ["kz", QAMAR], ids=["kz", "qamar"])
def test_the_rules_answer_as_the_lawyers_expect(where: str | Path) -> None:
    pack = load(where)

    assert pack.cases
    assert failures(pack) == []


@pytest.mark.parametrize("where", ["kz", QAMAR], ids=["kz", "qamar"])
def test_the_terminal_finds_all_its_words(where: str | Path) -> None:
    pack = load(where)

    assert [language["code"] for language in languages(pack)] == [x.code for x in pack.languages]


def test_kazakhstan_has_twenty_regions_in_three_languages(kz: Pack) -> None:
    kinds = [region.kind for region in kz.regions.values()]

    assert (kinds.count("oblast"), kinds.count("city")) == (17, 3)
    assert len({region.iso for region in kz.regions.values()}) == 20
    assert all(set(region.name) == {"kk", "ru", "en"} for region in kz.regions.values())


def test_every_kind_of_place_says_by_which_article_monitors_enter(kz: Pack) -> None:
    articles = {kind.npm_basis.article for kind in kz.place_kinds.values()}

    assert {"Penal Enforcement Code 40", "Health Code 185", "Social Code 144"} <= articles
    assert kz.place_kinds["unofficial"].authority is None


def test_a_kazakh_draft_is_shown_as_one(kz: Pack) -> None:
    assert {text.state for text in kz.drafts()} == {"draft"}
    assert len(kz.drafts()) == len(kz.texts)


def test_an_unverified_term_says_so(kz: Pack) -> None:
    assert kz.deadlines["ombudsperson_answer"].verified is False
    assert kz.deadlines["pass_on"].verified is True


def test_holidays_and_weekends_are_the_countrys(kz: Pack, qamar: Pack) -> None:
    womens_day, friday = dt.date(2024, 3, 8), dt.date(2024, 3, 15)

    assert not kz.calendar.is_working(womens_day)
    assert kz.calendar.is_working(friday)
    assert not qamar.calendar.is_working(friday)
    assert qamar.calendar.is_working(dt.date(2024, 3, 10))  # a Sunday


def test_a_term_is_that_of_its_day(qamar: Pack) -> None:
    zone = qamar.timezone
    old = dt.datetime(2019, 12, 31, 10, tzinfo=zone)
    new = dt.datetime(2020, 1, 1, 10, tzinfo=zone)

    assert due_at(qamar, "registration", old) == old + dt.timedelta(hours=48)
    assert due_at(qamar, "registration", new) == new + dt.timedelta(hours=12)


def test_words_fall_back_to_the_first_language(kz: Pack, qamar: Pack) -> None:
    assert kz.name.in_("fr") == "Қазақстан"
    assert kz.name.in_("ru-kz") == "Казахстан"
    assert qamar.languages[0].direction == "rtl"
    assert qamar.text("terminal.button.next", "kk") == "متابعة"


def test_a_step_is_told_in_every_language_of_the_country(qamar: Pack) -> None:
    question = {
        "act": {"from": "2012-05-05", "to": "2012-05-05"},
        "conduct": "torture",
        "capacity": "official",
        "ask": [{"provision": True}],
    }
    [answer] = ask(qamar, question)["answers"]

    assert answer["value"] == "30"
    assert answer["steps"][0]["text"] == {
        "ar": "في 2012-05-05 كان هذا الفعل يقع تحت المادة 30.",
        "en": "On 2012-05-05 this conduct fell under 30.",
    }
