"""Nothing in the code is Kazakh: the same walk in a country that does not exist, from right to left."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from arasha.programs import log as auditor
from tests.browser import doors as house
from tests.browser import officers_day, walking
from tests.browser.doors import Doors

QAMAR = Path(__file__).parents[1] / "packs" / "qamar"
LANGUAGE = "ar"


@pytest.fixture(scope="module")
def qamar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    folder = tmp_path_factory.mktemp("qamar")
    pack = {"ARASHA_PACK": os.fspath(QAMAR)}
    world = house.demo_world(folder, pack)
    with house.opened(world, folder / "var", pack) as opened:
        yield opened


def test_another_country_walks_the_same_way(
    page: Page, chromium: Browser, qamar: Doors, picture: walking.Picture, tmp_path: Path
) -> None:
    marker, look = walking.unique(LANGUAGE), walking.looking(picture, LANGUAGE)

    code = walking.write_at_the_terminal(page, qamar, LANGUAGE, marker, look)
    assert page.get_attribute("html", "dir") == "rtl"
    proof = walking.find_the_proof(page, qamar, LANGUAGE, code, look, tmp_path)
    policy = walking.find_the_policy(page, tmp_path)
    assert auditor.main(["verify", str(proof), "--policy", str(policy), "--code", code]) == 0
    officers_day.check_in_the_browser(page, qamar, LANGUAGE, code, look)
    with walking.people(chromium, qamar, LANGUAGE) as person:
        officer = person(walking.OFFICER)
        officers_day.open_the_appeal(officer, qamar, LANGUAGE, marker, look)
        officers_day.work_in_the_reader(officer, marker, look)
        officers_day.go_to_the_desk(officer, qamar, code, look)
        walking.refer(officer, look)
        officers_day.close_at_the_desk(officer, qamar, code, look)
        walking.accept_and_decide(person(walking.PROSECUTOR), LANGUAGE, look)
        walking.count_and_publish(person(walking.ANALYST), page, qamar, LANGUAGE, look)
    assert walking.where_it_lies(marker, qamar) == []
