"""The first walk: written at a terminal, read by whom it was meant for, registered, decided, counted.

One appeal in each language, through the real doors, with a picture of every page on the way.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from arasha.programs import log as auditor
from tests.browser import doors as house
from tests.browser import officers_day, walking
from tests.browser.doors import Doors
from tests.browser.traces import holds


@pytest.fixture
def doors(demo_world: Path, tmp_path: Path) -> Iterator[Doors]:
    """A world for each language: a reader keeps the keys of whoever walked before."""
    with house.opened(demo_world, tmp_path / "var") as opened:
        yield opened


@pytest.fixture
def sent(context: BrowserContext) -> list[bytes]:
    """Everything that left the terminal's page: address and body."""
    requests: list[bytes] = []

    def note(request: Request) -> None:
        requests.append(request.url.encode() + b" " + (request.post_data_buffer or b""))

    context.on("request", note)
    return requests


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_appeal_goes_all_the_way(
    page: Page,
    chromium: Browser,
    doors: Doors,
    language: str,
    picture: walking.Picture,
    sent: list[bytes],
    tmp_path: Path,
) -> None:
    marker, look = walking.unique(language), walking.looking(picture, language)

    code = walking.write_at_the_terminal(page, doors, language, marker, look)
    proof = walking.find_the_proof(page, doors, language, code, look, tmp_path)
    policy = walking.find_the_policy(page, tmp_path)
    assert auditor.main(["verify", str(proof), "--policy", str(policy), "--code", code]) == 0
    officers_day.check_in_the_browser(page, doors, language, code, look)
    with walking.people(chromium, doors, language) as person:
        officer = person(walking.OFFICER)
        officers_day.open_the_appeal(officer, doors, language, marker, look)
        officers_day.work_in_the_reader(officer, marker, look)
        officers_day.go_to_the_desk(officer, doors, code, look)
        walking.refer(officer, look)
        officers_day.close_at_the_desk(officer, doors, code, look)
        walking.accept_and_decide(person(walking.PROSECUTOR), language, look)
        walking.count_and_publish(person(walking.ANALYST), page, doors, language, look)

    assert any(b"/api/appeals" in request for request in sent)
    assert not [request for request in sent if holds(request, marker)]
    assert walking.where_it_lies(marker, doors) == []
