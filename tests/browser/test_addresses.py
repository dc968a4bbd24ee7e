"""What `./run` prints is true: each address answers, and a sign-in link opens the desk once."""

import pytest
from playwright.sync_api import Page

from tests.browser.doors import Doors

OFFICER = "Айгерім Серікова"


@pytest.mark.parametrize("name", ["desk", "public", "gateway", "terminal", "reader"])
def test_every_address_answers(name: str, doors: Doors, page: Page) -> None:
    response = page.goto(doors.address(name))

    assert response is not None
    assert response.status == 200


def test_a_sign_in_link_opens_the_desk_for_its_member(doors: Doors, page: Page) -> None:
    page.goto(doors.sign_in_link(OFFICER))
    page.get_by_role("button").last.click()

    assert page.url.startswith(doors.address("desk"))
    assert "/account/" not in page.url
