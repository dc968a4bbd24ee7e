"""A referral is not registered in its twenty-four hours: the superior is told, and everybody reads so."""

import subprocess
import sys

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import walking
from tests.browser.doors import CHECKOUT, Doors

SUPERIOR = "Марат Әбенов"
TOLD = {
    "kk": "жоғары тұрғанға хабарланды",
    "ru": "Вышестоящему сообщено",
    "en": "The superior was told",
}
# The tick as it runs in an installation, two days later.
LATER = """
import datetime as dt, django
django.setup()
from django.utils import timezone
from arasha.commands.ticks import run_ticks
run_ticks(at=timezone.now() + dt.timedelta(days=2), report=print)
"""


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_after_twenty_four_hours_the_superior_is_told(
    chromium: Browser, doors: Doors, picture: walking.Picture, language: str
) -> None:
    look = walking.looking(picture, language)
    with walking.people(chromium, doors, language) as come:
        prosecutor = come(walking.PROSECUTOR)
        prosecutor.goto(f"{doors.address('desk')}/cases/terms/")
        look(prosecutor, "my-terms")
        waiting = prosecutor.locator("main a[href*='/referrals/']").first
        page_of_it = waiting.get_attribute("href")
        _two_days_later(doors)

        superior = come(SUPERIOR)
        superior.goto(f"{doors.address('desk')}{page_of_it}")
        expect(superior.locator("main")).to_contain_text(TOLD[language])
        look(superior, "referral-superior-told")
        prosecutor.goto(f"{doors.address('desk')}/cases/?stage=court")
        prosecutor.click("main table a[href*='/cases/']")
        prosecutor.click("nav.a-sections a[href$='/terms/']")
        look(prosecutor, "terms-of-a-case")


def _two_days_later(doors: Doors) -> None:
    told = {**doors.told, "DJANGO_SETTINGS_MODULE": "arasha.config.settings.jobs"}
    subprocess.run([sys.executable, "-c", LATER], cwd=CHECKOUT, env=told, check=True)
