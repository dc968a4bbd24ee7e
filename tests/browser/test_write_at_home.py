"""A relative and a lawyer at home: refused in words, sealed in the browser, opened by whom it was meant for."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyrage
import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from arasha.engines.sealing.payload import Appeal, unpack_payload
from tests.browser.axe import overflows, violations
from tests.browser.doors import Doors
from tests.browser.traces import files_with, holds

LANGUAGES = ("kk", "ru", "en")
PHOTO = """() => {
  const canvas = new OffscreenCanvas(40, 30);
  canvas.getContext("2d").fillRect(3, 3, 20, 20);
  return canvas.convertToBlob({ type: "image/png" }).then((blob) => blob.arrayBuffer()).then((all) => [...new Uint8Array(all)]);
}"""
Picture = Callable[[Page, str, str], Path]


@pytest.fixture
def sent(context: BrowserContext) -> list[bytes]:
    """Everything that left the page: address and body."""
    requests: list[bytes] = []

    def note(request: Request) -> None:
        requests.append(request.url.encode() + b" " + (request.post_data_buffer or b""))

    context.on("request", note)
    return requests


@pytest.fixture
def home(page: Page, doors: Doors) -> Iterator[Page]:
    page.goto(f"{doors.address('public')}/en/write/")
    page.wait_for_selector("#letter:not([hidden])")
    yield page


def fill(page: Page, text: str, *, relation: str = "relative", body: str = "ombudsperson") -> None:
    page.check(f"#{relation}")
    page.check(f"#body-{body}")
    page.fill("#text", text)


def send(page: Page) -> str:
    """Press the button, and return the code of the slip."""
    page.click("#send")
    page.wait_for_selector("#slip:not([hidden])", timeout=60_000)
    return re.sub(r"\D", "", page.inner_text("#code"))


def photo(page: Page, folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(bytes(page.evaluate(PHOTO)))
    return path


def opened(doors: Doors, code: str) -> tuple[Appeal, dict[str, Any]]:
    """The appeal as the demo's readers open it, and its row."""
    with closing(sqlite3.connect(doors.var / "arasha.sqlite3")) as database:
        database.row_factory = sqlite3.Row
        (row,) = database.execute(
            "SELECT * FROM appeals_appeal JOIN appeals_ciphertext ON appeal_id = key WHERE code = ?",
            [code],
        ).fetchall()
    return unpack_payload(decrypted(doors, row["envelope"])), dict(row)


def decrypted(doors: Doors, sealed: bytes) -> bytes:
    for path in doors.var.rglob("*.json"):
        content = json.loads(path.read_text())
        for each in content.get("identities", ()) if isinstance(content, dict) else ():
            try:
                key = pyrage.x25519.Identity.from_str(each["identity"])
                plain: bytes = pyrage.decrypt(sealed, [key])
            except (pyrage.DecryptError, pyrage.IdentityError):
                continue
            return plain
    raise AssertionError("nobody in the demo can open it")


def sealed_file(doors: Doors, digest: str) -> bytes:
    for path in (doors.var / "files").rglob("*"):
        if path.is_file() and sha256(path.read_bytes()).hexdigest() == digest:
            return path.read_bytes()
    raise AssertionError(f"no file {digest}")


def test_an_empty_letter_is_told_what_it_lacks(home: Page) -> None:
    home.click("#send")

    said = home.inner_text("#errors")
    assert "Say who you are" in said
    assert "Choose to whom you write" in said
    assert "Write what happened" in said
    assert not violations(home)


@pytest.mark.parametrize(
    ("status", "answer", "sentence"),
    [
        (0, {}, "The server cannot be reached"),
        (507, {"problem": "storage_full"}, "no room left on the server"),
        (403, {"problem": "puzzle_unsolved"}, "small sum did not work out"),
        (500, {}, "Something is broken here"),
    ],
)
def test_whatever_is_refused_a_sentence_says_what_else_one_can_do_and_the_text_stays(
    home: Page, status: int, answer: dict[str, str], sentence: str
) -> None:
    fill(home, "She is not let out of the cell.")
    allowed = {"Access-Control-Allow-Origin": "*"}
    home.route(
        re.compile(r"/v1/letters$"),
        lambda route: (
            route.fulfill(status=status, json=answer, headers=allowed) if status else route.abort()
        ),
    )
    home.click("#send")
    expect(home.locator("#errors li")).to_contain_text(sentence, timeout=60_000)

    assert "telephone or visit" in home.inner_text("#errors")
    assert home.input_value("#text") == "She is not let out of the cell."

    home.unroute(re.compile(r"/v1/letters$"))
    assert re.fullmatch(r"\d{24}", send(home))


def test_a_page_without_the_readers_list_says_so(page: Page, doors: Doors) -> None:
    page.route("**/v1/letters/facts", lambda route: route.abort())
    page.goto(f"{doors.address('public')}/en/write/")

    expect(page.locator("#errors")).to_contain_text("cannot be fetched right now")
    assert page.is_hidden("#letter")


@pytest.mark.parametrize(("name", "script"), [("write", "write.js"), ("replies", "replies.js")])
def test_a_browser_that_is_too_old_for_the_script_is_told_so(
    page: Page, doors: Doors, name: str, script: str
) -> None:
    page.route(re.compile(rf"/write/{script[:-3]}[^/]*\.js$"), lambda route: route.abort())
    page.goto(f"{doors.address('public')}/en/{name}/")

    assert "your browser is too old" in page.inner_text("#waiting")


def test_a_body_that_commands_the_place_is_not_offered(home: Page) -> None:
    everybody = home.locator("[name=body]").count()
    facts = home.evaluate(
        "fetch(document.forms[0].dataset.gateway + '/v1/letters/facts').then((a) => a.json())"
    )
    commanded = next(each for each in facts["places"] if each["authority"])

    home.select_option("#place", commanded["code"])

    free = [
        each
        for each in facts["bodies"]
        if not each["danger"]
        and commanded["authority"] not in each["authorities"]
        and not set(each["readers"]) & set(commanded["commanders"])
    ]
    assert home.locator("[name=body]").count() == len(free) <= everybody


def test_a_relative_writes_with_a_photo_and_a_mailbox_and_adds_to_it(
    home: Page, doors: Doors, sent: list[bytes], tmp_path: Path, picture: Picture
) -> None:
    marker, name = "Қара-белгі-қғұ-5521", "Қамшат Белгілі-5521"
    home.select_option("#place", index=1)
    place = home.input_value("#place")
    home.fill("#about", name)
    fill(home, f"{marker}: he came home with bruises.")
    home.set_input_files("#files", photo(home, tmp_path, "bruises.png"))
    expect(home.locator("#files-state")).to_contain_text("bruises.png")
    words = write_down_words(home)

    code = send(home)
    expect(home.locator("#attached")).to_contain_text("have arrived", timeout=30_000)
    expect(home.locator("#files-again")).to_be_hidden()
    picture(home, "en", "write-slip")
    slip = saved_slip(home, tmp_path)

    appeal, row = opened(doors, code)
    assert appeal.text.startswith(marker)
    assert (appeal.place, appeal.answers["about"]) == (place, name)
    assert appeal.mailbox is not None
    assert (row["channel"], row["place_id"]) == ("web", None)
    (attached,) = appeal.attachments
    assert decrypted(doors, sealed_file(doors, attached.sha256)).startswith(b"\xff\xd8\xff")
    # A short word may stand in base64 by chance.
    long = [word for word in words if len(word) > 5]
    leaves_nothing(sent, doors, marker, name, " ".join(words), place, *long)

    added = add_with_the_slip(home, doors, slip)
    assert opened(doors, added)[0].answers["adds_to"] == code
    looks_alike_whatever_the_words(home, doors, words)


def write_down_words(page: Page) -> list[str]:
    page.check("#wants-mailbox")
    page.wait_for_selector("#words li:nth-child(8)")
    words = page.locator("#words li").all_inner_texts()
    for field in ("one", "two"):
        number = re.search(r"\d", page.inner_text(f"#word-{field}-label"))
        assert number is not None
        page.fill(f"#word-{field}", words[int(number[0]) - 1])
    return words


def saved_slip(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.click("#save")
    path = folder / "slip.txt"
    download.value.save_as(path)
    assert "arasha/ack/v1" in path.read_text()
    return path


def add_with_the_slip(page: Page, doors: Doors, slip: Path) -> str:
    page.goto(f"{doors.address('public')}/en/write/add/")
    page.wait_for_selector("#letter:not([hidden])")
    page.set_input_files("#slip-file", slip)
    expect(page.locator("#body-ombudsperson")).to_be_checked()
    page.check("#relative")
    page.fill("#text", "And he was moved to another cell.")
    return send(page)


def looks_alike_whatever_the_words(page: Page, doors: Doors, words: list[str]) -> None:
    """Right words and wrong ones ask for as many buckets, all of one size."""
    looks = []
    for eight in (words, list(reversed(words))):
        buckets: list[str] = []
        page.goto(f"{doors.address('public')}/en/replies/")
        page.on("request", partial(_note, buckets))
        for number, word in enumerate(eight):
            page.fill(f"#word-{number}", word)
        page.click("#look-button")
        page.wait_for_selector("#further:not([hidden])", timeout=60_000)
        looks.append([url for url in buckets if "/mailbox/" in url])
    assert [len(look) for look in looks] == [16, 16]
    assert all(re.fullmatch(r".*/mailbox/[0-9a-f]{4}", url) for look in looks for url in look)
    assert "There is no reply" in page.inner_text("#replies")


def _note(seen: list[str], request: Request) -> None:
    seen.append(request.url)


def leaves_nothing(sent: list[bytes], doors: Doors, *secrets: str) -> None:
    assert any(b"/v1/letters " in each for each in sent)
    for secret in secrets:
        assert not [each for each in sent if holds(each, secret)], secret
    assert files_with(doors.var, secrets[0]) == []


def test_a_lawyer_writes_with_a_mandate_and_calls_the_duty_line(
    home: Page, doors: Doors, sent: list[bytes], tmp_path: Path
) -> None:
    fill(home, "My client is beaten every evening.", relation="lawyer")
    expect(home.locator("#represents")).to_be_checked()
    home.set_input_files("#mandate", photo(home, tmp_path, "mandate.png"))
    expect(home.locator("#mandate-state")).to_contain_text("mandate.png")
    home.fill("#name", "Adilet Sealed-4417")
    home.check("#danger-yes")

    code = send(home)
    expect(home.locator("#call-state")).to_contain_text("The duty line has your call")
    expect(home.locator("#attached")).to_contain_text("have arrived", timeout=30_000)

    appeal, _row = opened(doors, code)
    answers = appeal.answers
    assert (answers["relation"], answers["represents"]) == ("lawyer", "1")
    assert decrypted(doors, sealed_file(doors, answers["mandate"])).startswith(b"\xff\xd8\xff")
    assert answers["danger"]
    with closing(sqlite3.connect(doors.var / "arasha.sqlite3")) as database:
        calls = database.execute(
            "SELECT code FROM appeals_dutycall JOIN appeals_appeal ON appeal_id = key"
            " WHERE channel = 'web'"
        ).fetchall()
    (call,) = [opened(doors, each)[0] for (each,) in calls]
    assert call.answers["appeal"] == code
    assert not [each for each in sent if holds(each, "Adilet Sealed-4417")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["write", "write/add", "replies"])
def test_the_pages_pass_axe_and_fit_a_phone(
    page: Page, phone: Page, doors: Doors, language: str, name: str, picture: Picture
) -> None:
    for size, each in (("wide", page), ("phone", phone)):
        each.goto(f"{doors.address('public')}/{language}/{name}/")
        each.wait_for_selector("form:not([hidden])")
        if name == "write":
            each.check("#represents")
            each.check("#wants-mailbox")
            each.wait_for_selector("#words li:nth-child(8)")
        picture(each, language, f"{name.replace('/', '-')}-{size}")
        assert not violations(each)
        assert not overflows(each)


def test_without_a_script_the_page_says_what_else_one_can_do(
    without_script: Page, doors: Doors
) -> None:
    without_script.goto(f"{doors.address('public')}/en/write/")

    assert "Sealing needs JavaScript" in without_script.inner_text("main")
    assert without_script.is_hidden("#letter")


def test_no_page_of_letters_sets_a_cookie_or_breaks_its_own_policy(
    home: Page, context: BrowserContext
) -> None:
    broken: list[str] = []
    home.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
    fill(home, "Only a test of the policy.")
    send(home)

    assert context.cookies() == []
    assert broken == []
