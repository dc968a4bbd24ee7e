"""The page that explains the log to a journalist."""

import re
from html import unescape

import pytest
from django.test import Client

LANGUAGES = ("kk", "ru", "en")
MOST_WORDS = 200


def text_of(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_is_explained_in_200_words(door: Client, language: str) -> None:
    page = door.get(f"/{language}/log/").content.decode()

    found = re.search(r'<article id="explained">(.*?)</article>', page, re.DOTALL)

    assert found
    words = re.findall(r"\w+(?:[-'’]\w+)*", text_of(found[1]))
    assert 100 < len(words) <= MOST_WORDS, len(words)


@pytest.mark.parametrize("page", ["/en/", "/kk/code/", "/ru/log/"])
def test_the_public_log_leads_to_this_page_and_not_to_a_raw_file(door: Client, page: str) -> None:
    shown = door.get(page).content.decode()

    assert f'href="{page[:3]}/log/"' in shown
    assert ('href="/log/checkpoint"' in shown) == page.endswith("/log/")


def test_the_page_says_that_it_came_from_the_same_site(door: Client) -> None:
    page = text_of(door.get("/en/log/").content.decode())

    assert "This page came from the same site as the log. If you do not trust the site" in page
    assert "arasha log verify PROOF --policy policy --code CODE" in page


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_word_of_the_check_is_in_the_readers_language(door: Client, language: str) -> None:
    english, theirs = (
        dict(re.findall(r'data-key="([^"]+)">([^<]+)<', door.get(f"/{each}/log/").content.decode()))
        for each in ("en", language)
    )

    assert theirs.keys() == english.keys()
    assert not [key for key in english if english[key] == theirs[key]]
    assert all("22" in theirs[f"month {month}"] for month in range(1, 13))
    names = {key: set(re.findall(r"\{\w+\}", words)) for key, words in english.items()}
    assert {key: set(re.findall(r"\{\w+\}", words)) for key, words in theirs.items()} == names


def test_without_a_script_no_empty_form_is_shown(door: Client) -> None:
    assert '<section id="check" hidden>' in door.get("/en/log/").content.decode()


def test_who_opens_the_folder_of_the_log_is_led_to_the_page(door: Client) -> None:
    assert door.get("/log/").headers["Location"] == "/ru/log/"
