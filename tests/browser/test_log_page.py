"""The page about the log, in a browser: what it checks, what it asks for, how it looks."""

import datetime as dt
import re
import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.utils import formats, translation
from playwright.sync_api import Page, Request

from arasha.engines import translog
from arasha.engines.notes import filing_code, grouped
from tests.browser.axe import overflows, violations
from tests.programs.log.publishing import TODAY, Paper

LANGUAGES = ("kk", "ru", "en")


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    """A log of 300 entries that two witnesses of three signed."""
    made = Paper(tmp_path / "log")
    made.grow(300)
    made.publish("court", "ngo")
    return made


@pytest.fixture
def door(settings, paper: Paper) -> Iterator[str]:
    """The public door over that log."""
    settings.ROOT_URLCONF = "arasha.config.urls.public"
    settings.MIDDLEWARE = import_module("arasha.config.settings.public").MIDDLEWARE
    settings.ARASHA_DOOR = "public"
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.ARASHA_LOG_DIR = paper.folder
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    application = StaticFilesHandler(WSGIHandler())
    with make_server("localhost", 0, application, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


def date_format(day: dt.date, *, lang: str) -> str:
    """A day as every page of this language writes it."""
    with translation.override(lang):
        return formats.date_format(day, "DATE_FORMAT")


def code_of(paper: Paper, index: int) -> str:
    return filing_code(translog.leaf_hash(paper.entries[index]))


def check(page: Page) -> str:
    """Press the button, and return what is said."""
    page.locator("#check-form button").click()
    page.wait_for_selector("[data-outcome]")
    return page.inner_text("#outcome")


def test_a_typed_code_is_proved_from_files_of_the_log_alone(
    page: Page, door: str, paper: Paper
) -> None:
    page.goto(f"{door}/en/log/", wait_until="networkidle")
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))

    page.fill("#typed-code", grouped(code_of(paper, 123)))
    said = check(page)

    assert said.startswith("Proved") and "number 124 of 300" in said
    assert "Witness court saw it on" in said and "2 of 3 witnesses signed" in said
    assert {re.sub(rf"^{door}", "", each.url).split("/")[1] for each in asked} == {"log"}
    assert not [each for each in asked if code_of(paper, 123) in each.url.replace(" ", "")]


def test_a_pasted_proof_is_proved_with_a_policy_of_ones_own(
    page: Page, door: str, paper: Paper
) -> None:
    page.goto(f"{door}/en/log/", wait_until="networkidle")
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))

    page.fill("#proof-text", paper.proof_file(7, "court", "ngo").read_text())
    page.click("summary")
    page.fill("#policy-text", paper.log.policy_text("2"))

    assert check(page).startswith("Proved")
    assert asked == []  # nothing at all leaves the machine


def test_a_chosen_file_is_checked(page: Page, door: str, paper: Paper) -> None:
    page.goto(f"{door}/en/log/")

    page.set_input_files("#proof-file", paper.proof_file(9, "court", "ngo"))
    page.wait_for_function("document.getElementById('proof-text').value !== ''")

    assert f"Its code is {grouped(code_of(paper, 9))}" in check(page)


def test_a_dropped_file_is_checked(page: Page, door: str, paper: Paper) -> None:
    page.goto(f"{door}/en/log/")
    page.evaluate(
        """(text) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], "a.tlog-proof"));
          const dropped = new DragEvent("drop", { dataTransfer, cancelable: true });
          document.getElementById("proof-text").dispatchEvent(dropped);
        }""",
        paper.proof_file(10, "court", "ngo").read_text(),
    )
    page.wait_for_function("document.getElementById('proof-text').value !== ''")

    assert check(page).startswith("Proved")


def test_the_proof_of_another_code_is_refused(page: Page, door: str, paper: Paper) -> None:
    page.goto(f"{door}/en/log/")

    page.fill("#typed-code", code_of(paper, 8))
    page.fill("#proof-text", paper.proof_file(9, "court", "ngo").read_text())

    said = check(page)
    assert said.startswith("Not proved") and grouped(code_of(paper, 9)) in said


@pytest.mark.parametrize(
    ("field", "typed", "advice"),
    [
        ("#typed-code", "", "Type a code, or paste a proof"),
        ("#typed-code", "1" * 24, "Please compare them with your slip"),
        ("#proof-text", "c2sp.org/tlog-proof@v1", "Take the file again"),
    ],
)
def test_what_cannot_be_read_is_not_called_unproved_and_says_what_to_do(
    page: Page, door: str, field: str, typed: str, advice: str
) -> None:
    page.goto(f"{door}/en/log/")

    page.fill(field, typed)

    said = check(page)
    assert said.startswith("Could not check") and advice in said


def test_a_server_that_answers_with_another_log_is_caught(
    page: Page, door: str, paper: Paper, tmp_path: Path
) -> None:
    """Who brings a policy of their own is not deceived by the site's."""
    policy = paper.log.policy_text("2")
    liar = Paper(paper.folder)
    liar.log.key = type(liar.log.key)(liar.log.key.name, liar.log.key.kind, b"l" * 32)
    liar.grow(300, of="lie")
    liar.publish()
    page.goto(f"{door}/en/log/")

    page.fill("#typed-code", code_of(liar, 3))
    page.click("summary")
    page.fill("#policy-text", policy)

    assert "No key that the policy trusts signed this checkpoint" in check(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_readers_language_and_passes_axe(
    page: Page, phone: Page, door: str, paper: Paper, language: str, picture: Callable[..., Path]
) -> None:
    for size, each in (("wide", page), ("phone", phone)):
        each.goto(f"{door}/{language}/log/")
        each.fill("#typed-code", code_of(paper, 123))
        said = check(each)

        assert date_format(TODAY.date(), lang=language) in said
        picture(each, language, f"log-{size}")
        assert not violations(each)
        assert not overflows(each)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_certificate_passes_axe_and_fits_a_phone(
    page: Page, phone: Page, door: str, paper: Paper, language: str, picture: Callable[..., Path]
) -> None:
    for size, each in (("wide", page), ("phone", phone)):
        each.goto(f"{door}/{language}/code/{code_of(paper, 123)}/certificate/")

        picture(each, language, f"certificate-{size}")
        assert not violations(each)
        assert not overflows(each)


def test_the_certificate_is_printed_on_a4(
    page: Page, door: str, paper: Paper, picture: Callable[..., Path]
) -> None:
    page.goto(f"{door}/ru/code/{code_of(paper, 123)}/certificate/")
    page.set_viewport_size({"width": 718, "height": 1000})
    page.emulate_media(media="print")
    picture(page, "ru", "certificate-print")

    printed = page.pdf(format="A4")

    assert printed.count(b"/Type /Page\n") in (1, 2)


def test_the_explanation_stands_without_a_script(
    without_script: Page, door: str, paper: Paper
) -> None:
    without_script.goto(f"{door}/en/log/")

    assert without_script.is_visible("#explained")
    assert without_script.is_hidden("#check")
