"""The page "What does the law say?" on the public door."""

import datetime as dt
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from django.utils.html import strip_tags

from arasha.country import country, local_day
from arasha.engines.law.rules import CONDUCTS

QAMAR = Path(__file__).parents[1] / "packs" / "qamar"
TODAY = local_day(dt.datetime.now(dt.UTC))
ASKED: dict[str, str | int] = {"conduct": "torture", "capacity": "official"}


@pytest.fixture
def door(settings, db) -> Iterator[Client]:
    settings.ROOT_URLCONF = "arasha.config.urls.public"
    settings.MIDDLEWARE = import_module("arasha.config.settings.public").MIDDLEWARE
    settings.ARASHA_DOOR = "public"
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # or WhiteNoise warns
    with translation.override("en"):
        yield Client()


def day(name: str, *parts: int) -> dict[str, int]:
    """The fields of a day: `day("act", 2022, 5, 10)`, or only a year and a month, or only a year."""
    return {f"{name}_{part}": n for part, n in zip(("year", "month", "day"), parts, strict=False)}


def read(door: Client, *days: dict[str, int], language: str = "en", **changes: str) -> str:
    """The words of an answer, in one line."""
    asked: dict[str, str | int] = {**ASKED, **changes}
    for each in days:
        asked |= each
    page = door.get(f"/{language}/law/", asked)
    assert page.status_code == 200, words(page.content.decode())
    return words(page.content.decode())


def refusal(door: Client, *days: dict[str, int], **changes: str) -> str:
    asked: dict[str, str | int] = {**ASKED, **changes}
    for each in days:
        asked |= each
    page = door.get("/en/law/", asked)
    assert page.status_code == 422
    return words(page.content.decode())


def words(page: str) -> str:
    return re.sub(r"\s+", " ", strip_tags(page[page.index("<main") :]))


def test_before_anything_is_asked_there_is_only_the_question(door: Client) -> None:
    page = door.get("/en/law/")

    assert page.status_code == 200
    assert "To get information or a confession".lower() in page.content.decode().lower()
    assert "Ask again" not in page.content.decode()


def test_an_answer_names_the_article_who_investigates_and_all_eleven_ways_in_their_order(
    door: Client,
) -> None:
    said = read(door, day("act", 2024, 5, 10), step="2024-05-11", decision="2025-02-01")

    assert "Provision: CC 146.2" in said
    assert "Who may investigate: The prosecutor" in said
    ways = [term.name.in_("en") for term in country().vocabularies["reliefs"].terms.values()]
    places = [said.index(f"{way}: ") for way in ways]
    assert (len(ways), places) == (11, sorted(places))
    assert "Suspended sentence: barred" in said
    assert "Pardon: not excluded" in said
    assert country().hash in said
    assert "A lawyer confirms it" in said


def test_every_step_has_its_article_its_act_and_how_well_it_was_checked(door: Client) -> None:
    said = read(door, day("act", 2024, 5, 10), decision="2025-02-01")

    assert (
        "CC 63(6) · version of 29 March 2023 · Law of 17.03.2023 No 212-VII · not verified" in said
    )


def test_a_number_that_meant_something_else_is_told_with_its_days(door: Client) -> None:
    said = read(door, day("act", 2024, 5, 10), conduct="ill_treatment")

    assert "Provision: CC 146.1" in said
    assert "The number CC 146.1 has not always meant the same" in said
    assert "1 Jan 2015 – 28 Mar 2023: Torture" in said
    assert "since 29 Mar 2023: Cruel, inhuman or degrading treatment" in said


def test_an_act_over_a_border_of_versions_has_a_row_for_each_side(door: Client) -> None:
    said = read(door, day("act", 2023, 3))

    assert "On some day from 1 March 2023 to 31 March 2023" in said
    assert "Suspended sentence: depends on the day of the act" in said
    assert re.search(
        r"1 Mar 2023 – 28 Mar 2023 ?not excluded ?29 Mar 2023 – 31 Mar 2023 ?barred", said
    )
    assert re.search(
        r"1 Mar 2023 – 28 Mar 2023 ?CC 146.1 ?29 Mar 2023 – 31 Mar 2023 ?CC 146.2", said
    )


def test_a_month_is_enough_where_the_law_did_not_change_in_it(door: Client) -> None:
    said = read(door, day("act", 2021, 3))

    assert "from 1 March 2021 to 31 March 2021" in said
    assert "Provision: CC 146.1" in said


def test_between_two_days_every_day_counts(door: Client) -> None:
    said = read(door, day("act", 2021), day("until", 2022, 2))

    assert "On some day from 1 January 2021 to 28 February 2022" in said


def test_without_a_day_the_answers_are_for_every_day_the_rules_know(door: Client) -> None:
    said = read(door)

    assert "Not known. So the answers are given for every day whose law these rules hold." in said
    assert "Provision: depends on the day of the act" in said


def test_before_all_rules_nothing_is_guessed(door: Client) -> None:
    said = read(door, day("act", 1999, 5, 10), decision="2001-02-01")

    assert "Provision: none that the rules know" in said
    assert "These rules do not hold the law of 10 May 1999" in said
    assert "Suspended sentence: the rules do not know" in said


def test_a_day_still_to_come_is_answered_by_today_s_law_and_says_so(door: Client) -> None:
    later = (TODAY + dt.timedelta(days=90)).isoformat()

    said = read(door, day("act", 2024, 5, 10), decision=later)

    assert "This day is still to come. The answer holds if the law stays as it is." in said


def test_terms_run_from_the_day_of_the_report_and_hours_from_a_minute(door: Client) -> None:
    said = read(door, day("act", 2024, 5, 10), step="2024-12-31")

    assert "Entry in the national register: 24 hours" in said
    assert "Investigation: until 28 February 2025" in said
    assert "Ombudsperson" not in said


def test_a_term_has_its_ladder_with_the_day_of_each_motion(door: Client) -> None:
    said = read(door, day("act", 2024, 5, 10), step="2024-05-14")

    terms = said[said.index("Investigation: until 14 July 2024") :]
    assert re.search(r"district.{10,200}The motion: until 9 Jul 2024.{0,20}CPC 192", terms)
    assert re.search(r"oblast.{10,200}The motion: until 9 Aug 2024", terms)
    assert re.search(r"Prosecutor General.{10,200}The motion: until 4 May 2025", terms)


def test_it_says_what_a_message_without_a_name_can_begin_and_that_there_is_a_warning(
    door: Client,
) -> None:
    said = read(door, day("act", 2024, 5, 10), step="2024-05-14")

    assert "A message without a name opens a case: no" in said
    assert "A message without a name can bring a special visit: yes" in said
    assert "Whoever reports is warned of false denunciation: yes" in said
    assert "CPC 181(6)" in said


@pytest.mark.parametrize(
    ("days", "changes", "words"),
    [
        (
            [day("act", 2024, 5, 10)],
            {"decision": "2024-05-09"},
            "No decision can come before the act",
        ),
        ([day("act", 2024, 5, 10)], {"step": "2024-05-09"}, "Nothing can be reported before"),
        ([day("act", TODAY.year + 1)], {}, "The day is in the future"),
        ([day("act", 2023, 2, 30)], {}, "This month does not have so many days"),
        ([{"act_day": 3, "act_year": 2023}], {}, "Choose the month too"),
        ([{"act_day": 3, "act_month": 2}], {}, "Write the year too"),
        ([{"act_year": 23}], {}, "Write the year with four digits"),
        ([{"act_month": 13, "act_year": 2023}], {}, "Choose the month"),
        ([day("act", 2023), day("until", 2022)], {}, "This is before the day above"),
        ([], {"conduct": ""}, "Choose what was done"),
        ([], {"capacity": "nobody"}, "Select a valid choice"),
        ([], {"conduct": "torture", "aggravation": "part_9"}, "Select a valid choice"),
        ([], {"decision": "soon"}, "Enter a valid date"),
    ],
)
def test_a_question_that_cannot_be_is_refused_with_a_sentence(
    door: Client, days: list[dict[str, int]], changes: dict[str, str], words: str
) -> None:
    assert words in refusal(door, *days, **changes)


def test_a_graver_act_has_its_own_part_and_answers(door: Client) -> None:
    said = read(door, day("act", 2024, 5, 10), conduct="ill_treatment", aggravation="part_3")

    assert "Provision: CC 146.3" in said
    assert "Active repentance: barred" in said


@pytest.mark.parametrize(
    ("language", "shown"),
    [("kk", "ҚК 146.2"), ("ru", "УК 146.2")],
)
def test_the_answer_speaks_the_reader_s_language(door: Client, language: str, shown: str) -> None:
    said = read(door, day("act", 2024, 5, 10), language=language)

    assert shown in said
    assert country().term("reliefs", "amnesty").in_(language) in said
    assert not re.search(r"\b(?:barred|excluded|Terms|lawyer)\b", said)


def test_the_question_stands_in_the_address_and_nowhere_else(door: Client) -> None:
    page = door.get("/en/law/", {**ASKED, **day("act", 2024, 5, 10)})

    assert page.headers["Cache-Control"] == "public, max-age=600"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert not page.cookies
    assert 'href="/kk/law/?conduct=torture' in page.content.decode()


def test_what_was_asked_can_be_changed_and_asked_again(door: Client) -> None:
    page = door.get("/en/law/", {**ASKED, **day("act", 2024, 5, 10)}).content.decode()

    assert re.search(r'name="act_year"[^>]*value="2024"', page)
    assert '<option value="5" selected>May</option>' in page


def test_the_table_has_every_way_for_torture_and_for_ill_treatment(door: Client) -> None:
    page = door.get("/en/law/ways-out/").content.decode()

    rows = re.findall(r"<tr.*?</tr>", page[page.index("<tbody") :], re.S)
    assert len(rows) == len(country().vocabularies["reliefs"].terms) == 11
    assert all(row.count("<td") == len(CONDUCTS) for row in rows)
    reconciliation = words("<main" + next(row for row in rows if "Reconciliation" in row))
    assert re.search(r"barred ?CC 68\(4\)1 · since when is not known", reconciliation)
    assert re.search(r"not excluded ?CC 68 ·", reconciliation)


@pytest.mark.parametrize("address", ["/en/", "/kk/", "/ru/"])
def test_it_is_one_click_from_the_first_page(door: Client, address: str) -> None:
    assert f'href="{address}law/"' in door.get(address).content.decode()


def test_a_country_that_does_not_exist_answers_from_right_to_left(door: Client, settings) -> None:
    settings.ARASHA_PACK = str(QAMAR)
    settings.LANGUAGES = [("ar", "العربية"), ("en", "English")]

    page = door.get("/ar/law/", {**ASKED, **day("act", 2014, 6, 1), "decision": "2016-05-01"})

    shown = page.content.decode()
    assert '<html lang="ar" dir="rtl"' in shown
    assert f"{country().term('reliefs', 'amnesty').in_('ar')}: <strong>" in shown
    assert country().text("law.bar.barred", "ar").partition("{day}")[2].strip() in shown
    assert 'name="aggravation"' not in shown
