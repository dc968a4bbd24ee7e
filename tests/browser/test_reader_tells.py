"""A name that few may open, and word of a state: from a sealed filing through the real doors to the writer's own mailbox."""

import datetime as dt
import json
import secrets
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyrage
from playwright.sync_api import Browser, Page, expect

from arasha.appeals.buckets import MOST_REPLIES, PLACE_BYTES, unpacked
from arasha.engines import sealing
from arasha.engines.notes import filing_code
from arasha.engines.sealing.correspondence import Reply
from arasha.engines.translog import leaf_hash
from arasha.wire.client import Client
from arasha.worlds.sealing import sealed, sealed_filing
from tests.browser import test_write_at_home as at_home
from tests.browser import walking
from tests.browser.axe import violations
from tests.browser.doors import Doors

WRITER = pyrage.x25519.Identity.generate()
TAGS = secrets.token_bytes(32)
NAME = "Белгі-есім-8814"
TODAY = dt.datetime.now(dt.UTC).date()
ANSWER = "Хатыңызды алдық. Келесі аптада келеміз."
TEXT = "Белгі-мәтін-8815 Мені ұрды."
PATIENCE = 60  # seconds from the terminal through the relay to the server, and back


def test_a_name_opens_apart_and_the_mailbox_hears_how_far_the_appeal_is(
    chromium: Browser, doors: Doors, picture: Callable[[Page, str, str], Path]
) -> None:
    look = walking.looking(picture, "kk")
    code = file_with_name_and_mailbox(doors)
    with walking.people(chromium, doors, "kk") as come:
        officer = come(walking.OFFICER)
        with officer.expect_response(lambda answer: answer.url.endswith("/told")) as kept:
            open_it(officer, doors, code)
        officer.get_by_role("button", name="Атын ашу").click()
        expect(officer.locator("#writer dd").first).to_have_text(NAME)
        look(officer, "62-reader-name")

    assert kept.value.status == 201
    told = in_the_mailbox(doors)
    assert (told.kind, told.state, told.shown, told.text) == ("state", "opened", "safe", "")
    assert told.next_day and told.next_day > TODAY


def file_with_name_and_mailbox(doors: Doors) -> str:
    """As a terminal does: the text to the body's set, the name to the smaller one. Returns the code."""
    name = sealed(
        sealing.pack_identity(sealing.Writer(NAME, "")),
        to=the_set("ombudsperson-names", doors).keys,
    )
    digest = sha256(name).hexdigest()
    posted = sealed_filing(
        text=TEXT,
        language="kk",
        place="DEMO-1",
        written_on=TODAY,
        recipients=the_set("ombudsperson", doors),
        attachments=(sealing.Attachment(digest, len(name), sealing.IDENTITY_TYPE),),
        mailbox=sealing.Mailbox(str(WRITER.to_public()), TAGS),
    )
    leaf = leaf_hash(sealing.parse_filing(posted).leaf.encode())
    ask = at_the_terminal(doors)
    ask("POST", "/api/appeals", posted)
    ask("POST", f"/api/attachments/{leaf.hex()}/{digest}", name)
    until = time.monotonic() + PATIENCE
    while ask("GET", f"/api/filings/{leaf.hex()}")["attachments"] != {digest: "arrived"}:
        assert time.monotonic() < until, "it did not arrive in time"
        time.sleep(0.5)
    return filing_code(leaf)


def the_set(body: str, doors: Doors) -> sealing.RecipientSet:
    [file] = (doors.var / "demo" / "trust" / "targets" / "sets" / body).glob("*.txt")
    return sealing.parse_text(file.read_text())


def at_the_terminal(doors: Doors) -> Callable[..., dict[str, Any]]:
    """What the terminal's own page may ask its program."""
    address = doors.address("terminal")
    client = Client(address)
    page = client.ask("GET", "/").body.decode()
    token = page.partition('arasha-token" content="')[2].partition('"')[0]

    def ask(method: str, path: str, body: bytes = b"") -> dict[str, Any]:
        headers = {"arasha-token": token, "origin": address}
        answer = client.ask(method, path, body=body, headers=headers)
        assert answer.status in {200, 202}, answer.body
        return dict(json.loads(answer.body))

    until = time.monotonic() + PATIENCE
    while client.ask("GET", "/api/bodies", headers={"arasha-token": token}).status != 200:
        assert time.monotonic() < until, "it did not come to know the bodies in time"
        time.sleep(0.5)
    return ask


def test_an_officer_s_answer_reaches_the_writer_at_home(
    page: Page, chromium: Browser, doors: Doors, picture: Callable[[Page, str, str], Path]
) -> None:
    page.goto(f"{doors.address('public')}/kk/write/")
    page.wait_for_selector("#letter:not([hidden])")
    at_home.fill(page, "Ұлымды көргім келеді.")
    words = at_home.write_down_words(page)
    code = at_home.send(page)
    with walking.people(chromium, doors, "kk") as come:
        officer = come(walking.OFFICER)
        with officer.expect_response(lambda answer: answer.url.endswith("/told")):
            open_it(officer, doors, code)
        answer(officer, ANSWER, shown="safe")
        answer(officer, "Тек өзіңізге айтамын.", shown="in_person")

    look_from_home(page, doors, words)
    found = page.locator("#replies")
    expect(found).to_contain_text("Қызметкер хатыңызды ашып оқыды")
    expect(found.locator(".a-written")).to_have_text([ANSWER])
    assert "Тек өзіңізге" not in page.content()
    assert violations(page) == []
    picture(page, "kk", "replies-found")


def answer(officer: Page, text: str, *, shown: str) -> None:
    form = officer.locator("#replies form")
    form.locator("textarea").fill(text)
    form.locator("select[id$=-shown]").select_option(shown)
    with officer.expect_response(lambda each: each.url.endswith("/replies")) as kept:
        form.locator("button[type=submit], button").last.click()
    assert kept.value.status == 201


def look_from_home(page: Page, doors: Doors, words: list[str]) -> None:
    page.goto(f"{doors.address('public')}/kk/replies/")
    page.wait_for_selector("#look:not([hidden])")
    for number, word in enumerate(words):
        page.fill(f"#word-{number}", word)
    page.click("#look-button")
    page.wait_for_selector("#further:not([hidden])", timeout=60_000)


def open_it(page: Page, doors: Doors, code: str) -> None:
    page.goto(f"{doors.address('desk')}/appeals/?q={code}")
    page.click("table a")
    page.click("form[action$='/open/'] button")
    page.wait_for_selector("#demo-key")
    page.select_option("#demo-key", label=walking.officer_option(page))
    page.click(".panel:has(#demo-key) button")
    expect(page.locator("#verdict.sure")).to_be_visible()


def in_the_mailbox(doors: Doors) -> Reply:
    """What the writer finds on the public door under the first tag of their mailbox."""
    tag = sealing.reply_tag(TAGS, 0)
    public = Client(doors.address("public"))
    bucket = public.ask("GET", f"/mailbox/{tag.hex()[:4]}", most_bytes=MOST_REPLIES * PLACE_BYTES)
    found = dict(unpacked(bucket.body))
    return sealing.unpack_reply(bytes(pyrage.decrypt(found[tag], [WRITER])))
