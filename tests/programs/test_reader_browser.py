"""The reader in Chromium: one unlock, titles, opening, false seals, locking, and telling nobody."""

import base64
import json

import pyrage
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from arasha.engines.sealing.envelope import split
from arasha.engines.sealing.filing import parse_filing
from tests.browser.traces import files_with
from tests.programs import browsing, stand
from tests.programs.reading import (
    Reader,
    demo_identity,
    header_for,
    open_appeal,
    open_inbox,
    unlock_with_demo,
)

pytestmark = pytest.mark.browser

MARKER = "Белгі-3305: екеуі ұрды"
QUARTER_MS = 15 * 60 * 1000
STEP_MS = 15_000


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


# An errand


def test_a_used_token_is_refused_with_the_way_back(officer: Page, reader: Reader) -> None:
    link = reader.link()
    for _ in range(2):
        officer.goto("about:blank")
        officer.goto(link)
        officer.wait_for_selector("h1")

    expect(officer.locator("main")).to_contain_text("пайдаланылып қойған")
    expect(officer.locator("main .button")).to_have_attribute("href", f"{reader.desk.url}/appeals/")


def test_without_a_session_there_are_keys_and_no_appeals(officer: Page, reader: Reader) -> None:
    officer.goto(f"{reader.url}#inbox")

    expect(officer.locator("main .button")).to_have_attribute("href", f"{reader.desk.url}/")
    assert officer.locator("#inbox").count() == 0


# Titles


def test_one_unlock_shows_every_title_late_ones_first(officer: Page, reader: Reader) -> None:
    reader.desk.file("Бірінші", answer_by="2026-03-20")
    reader.desk.file("Екінші", answer_by="2026-03-10")
    reader.desk.file("Кешіккен", answer_by="2026-03-30", late=True)
    open_inbox(officer, reader)

    expect(officer.locator("#inbox a")).to_have_text(["Кешіккен", "Екінші", "Бірінші"])


def test_titles_are_searched_in_the_page_and_nowhere_else(officer: Page, reader: Reader) -> None:
    reader.desk.file("Ас ішкізбейді")
    beaten = reader.desk.file(MARKER)
    open_inbox(officer, reader)
    expect(officer.locator("#checks .sure")).to_be_visible()
    asked = len(reader.desk.asked)
    officer.fill("#search", "ҰРДЫ екеуі")

    expect(officer.locator("#inbox a")).to_have_text([MARKER])
    officer.fill("#search", beaten.code[:8])
    expect(officer.locator("#inbox a")).to_have_text([MARKER])
    # Whether the session still stands is asked every five seconds, whatever is searched.
    beat = ("GET", "/reader/v1/session", b"")
    assert [each for each in reader.desk.asked[asked:] if each != beat] == []


@pytest.mark.parametrize("which", ["payload_hash", "header_hash"])
def test_the_card_of_another_appeal_is_shown_as_refused(
    officer: Page, reader: Reader, which: str
) -> None:
    reader.desk.file(MARKER, changes={which: "ab" * 32})
    open_inbox(officer, reader)

    expect(officer.locator("#inbox a")).to_contain_text("бас тартылды")
    assert MARKER not in officer.content()


def test_a_card_for_others_or_none_still_leads_to_its_appeal(officer: Page, reader: Reader) -> None:
    reader.desk.file("without", changes={"card": None})
    reader.desk.file("for others")
    open_inbox(officer, reader, "1")

    expect(officer.locator("#inbox a")).to_have_count(2)
    expect(officer.locator("#inbox")).to_contain_text("мөрленбеген")


def test_danger_is_marked_and_comes_first_also_from_a_page_behind(
    officer: Page, reader: Reader
) -> None:
    reader.desk.a_page = 1
    reader.desk.file("Кеш қалған", late=True)
    reader.desk.file("Кезекте тұр")
    reader.desk.file("Мені ұрып жатыр", topic="danger")
    open_inbox(officer, reader)

    expect(officer.locator("#inbox a")).to_have_text(["Мені ұрып жатыр", "Кеш қалған"])
    expect(officer.locator("#inbox .danger")).to_have_text(["Қазір қауіп бар"])
    expect(officer.locator("#inbox li >> nth=0")).not_to_contain_text("danger")


def test_danger_that_was_answered_is_marked_and_does_not_come_first(
    officer: Page, reader: Reader
) -> None:
    reader.desk.file("Ұрып жатқан еді", topic="danger", state="answered")
    reader.desk.file("Кеш қалған", late=True)
    open_inbox(officer, reader)
    officer.get_by_role("link", name="Барлығы").click()

    expect(officer.locator("#inbox a")).to_have_text(["Кеш қалған", "Ұрып жатқан еді"])
    expect(officer.locator("#inbox .danger")).to_have_count(1)


def test_a_long_list_comes_page_by_page(officer: Page, reader: Reader) -> None:
    reader.desk.a_page = 3
    for number in range(5):
        reader.desk.file(f"№ {number}")
    open_inbox(officer, reader)
    expect(officer.locator("#inbox a")).to_have_count(3)

    officer.get_by_role("button", name="Тағы көрсету").click()

    expect(officer.locator("#inbox a")).to_have_count(5)
    expect(officer.get_by_role("button", name="Тағы көрсету")).to_be_hidden()


def test_one_unlock_lasts_for_many_appeals(officer: Page, reader: Reader) -> None:
    for text in ("Бірінші", "Екінші"):
        reader.desk.file(text)
    open_inbox(officer, reader)

    for text in ("Бірінші", "Екінші"):
        officer.get_by_role("link", name=text).click()
        expect(officer.locator("#written")).to_have_text(text)
        officer.go_back()
        expect(officer.locator("#inbox")).to_be_visible()


# Opening


def test_a_key_that_is_not_in_the_set_is_refused_in_words(officer: Page, reader: Reader) -> None:
    open_appeal(officer, reader, reader.desk.file(MARKER).key, "1")

    expect(officer.locator("main")).to_contain_text("сіздің кілтіңізге мөрленбеген")


def test_a_damaged_envelope_is_refused(officer: Page, reader: Reader) -> None:
    lying = reader.desk.file(MARKER)
    lying.changes["envelope"] = b64(lying.filing.envelope[:-9] + bytes(9))
    open_appeal(officer, reader, lying.key)

    expect(officer.locator("main")).to_contain_text("Конверт бүлінген")
    assert officer.locator("#written").count() == 0


def test_an_unknown_version_is_refused_and_says_to_update(officer: Page, reader: Reader) -> None:
    recipients = [identity.to_public() for identity in stand.IDENTITIES]
    later = json.dumps({"v": "arasha/appeal/v9"}).encode().ljust(4096, b"\0")
    lying = reader.desk.file(MARKER)
    lying.changes["envelope"] = b64(pyrage.encrypt(later, recipients))
    open_appeal(officer, reader, lying.key)

    expect(officer.locator("main")).to_contain_text("жаңартыңыз")


def test_a_swapped_filing_is_shown_with_an_alarm(officer: Page, reader: Reader) -> None:
    leaf = parse_filing(stand.sealed_filing("another")).leaf
    open_appeal(officer, reader, reader.desk.file(MARKER, changes={"leaf": leaf}).key)

    expect(officer.locator("#verdict.alarm")).to_contain_text("бұл тапсырылған өтініш емес")


def test_an_opened_appeal_is_compared_with_the_log_and_shown(officer: Page, reader: Reader) -> None:
    lying = reader.desk.file(MARKER)
    open_appeal(officer, reader, lying.key)

    expect(officer.locator("#verdict.sure")).to_be_visible()
    expect(officer.locator("#written")).to_have_text(MARKER)
    code = " ".join(lying.code[at : at + 4] for at in range(0, 24, 4))
    expect(officer.locator(".facts").first).to_contain_text(code)


# Seals that were added


def test_a_false_added_seal_is_told_and_the_first_one_opens(officer: Page, reader: Reader) -> None:
    evil = header_for(bytes(4096), str(stand.IDENTITIES[0].to_public()))
    by_pyrage = pyrage.encrypt(b"other", [stand.IDENTITIES[0].to_public()])
    headers = [
        b64(evil),
        b64(by_pyrage[: by_pyrage.index(b"\n", by_pyrage.index(b"\n---") + 1) + 1]),
    ]
    open_appeal(officer, reader, reader.desk.file(MARKER, headers=headers).key)

    expect(officer.locator("#evil.alarm")).to_contain_text("жалған")
    expect(officer.locator("#written")).to_have_text(MARKER)
    expect(officer.locator("#verdict.sure")).to_be_visible()


def test_what_is_no_header_at_all_does_not_stop_the_first_one(
    officer: Page, reader: Reader
) -> None:
    headers = [b64(b"rubbish"), b64(b"age-encryption.org/v1\n-> X25519 AAAA\n")]
    open_appeal(officer, reader, reader.desk.file(MARKER, headers=headers).key)

    expect(officer.locator("#evil")).to_be_visible()
    expect(officer.locator("#written")).to_have_text(MARKER)


def test_added_readers_open_it_and_the_first_ones_still_do(officer: Page, reader: Reader) -> None:
    joined = str(pyrage.x25519.Identity.from_str(demo_identity(reader, 1)).to_public())
    lying = reader.desk.file(MARKER, changes={"recipients": [joined]})
    open_appeal(officer, reader, lying.key)
    officer.click("#readers summary")
    officer.get_by_role("button", name="Қосу").click()
    expect(officer.locator("#told")).to_contain_text("салыстырыңыз")
    assert lying.headers == []

    officer.check("#compared")
    officer.get_by_role("button", name="Қосу").click()
    expect(officer.locator("#told")).to_contain_text("Оқитындар қосылды")

    for which in ("1", "0"):
        open_appeal(officer, reader, lying.key, which)
        expect(officer.locator("#written")).to_have_text(MARKER)
        assert officer.locator("#evil").count() == 0


def test_who_was_added_passes_over_a_false_seal_to_the_true_one(
    officer: Page, reader: Reader
) -> None:
    joined = str(pyrage.x25519.Identity.from_str(demo_identity(reader, 1)).to_public())
    lying = reader.desk.file(MARKER, changes={"recipients": [joined]})
    open_appeal(officer, reader, lying.key)
    officer.click("#readers summary")
    officer.check("#compared")
    officer.get_by_role("button", name="Қосу").click()
    expect(officer.locator("#told")).to_contain_text("Оқитындар қосылды")
    lying.headers.insert(0, b64(header_for(bytes(4096), joined)))

    open_appeal(officer, reader, lying.key, "1")
    expect(officer.locator("#evil")).to_be_visible()
    expect(officer.locator("#written")).to_have_text(MARKER)


def test_who_has_a_false_seal_only_is_not_told_that_the_appeal_is_damaged(
    officer: Page, reader: Reader
) -> None:
    joined = str(pyrage.x25519.Identity.from_str(demo_identity(reader, 1)).to_public())
    evil = header_for(bytes(4096), joined)
    lying = reader.desk.file(MARKER, headers=[b64(evil)])

    open_appeal(officer, reader, lying.key, "1")
    expect(officer.locator("main")).to_contain_text("жалған")
    expect(officer.locator("main")).to_contain_text("Бірінші мөр орнында")
    assert officer.locator("#written").count() == 0


def test_pyrage_opens_what_the_reader_re_wrapped(officer: Page, reader: Reader) -> None:
    joined = pyrage.x25519.Identity.generate()
    lying = reader.desk.file(MARKER, changes={"recipients": [str(joined.to_public())]})
    open_appeal(officer, reader, lying.key)
    officer.click("#readers summary")
    officer.check("#compared")
    officer.get_by_role("button", name="Қосу").click()
    expect(officer.locator("#told")).to_contain_text("Оқитындар қосылды")

    payload = split(lying.filing.envelope)[1]
    opened = pyrage.decrypt(base64.b64decode(lying.headers[0]) + payload, [joined])
    assert MARKER in opened.decode()


# What runs by itself after an unlock


def test_every_header_is_tried_and_reported(officer: Page, reader: Reader) -> None:
    keys = {reader.desk.file(f"№ {number}").key for number in range(25)}
    open_inbox(officer, reader)

    expect(officer.locator("#checks .sure")).to_contain_text("25")
    (report,) = reader.desk.bodies("/coverage")
    assert (set(report["opened"]), report["failed"]) == (keys, [])


def test_a_result_is_said_again_in_the_language_that_is_chosen(
    officer: Page, reader: Reader
) -> None:
    reader.desk.file(MARKER)
    open_inbox(officer, reader)
    expect(officer.locator("#checks .sure")).to_contain_text("ашады: 1")

    officer.click("#languages [lang=ru]")
    expect(officer.locator("#checks .sure")).to_contain_text("открывает всё")


def test_an_appeal_that_a_member_cannot_open_raises_an_alarm(officer: Page, reader: Reader) -> None:
    lying = reader.desk.file(MARKER)
    open_inbox(officer, reader, "1")

    code = " ".join(lying.code[at : at + 4] for at in range(0, 24, 4))
    expect(officer.locator("#uncovered")).to_contain_text(code)
    assert reader.desk.bodies("/coverage")[0]["failed"] == [lying.key]


def test_a_key_proves_that_it_is_alive_when_it_is_asked(officer: Page, reader: Reader) -> None:
    open_inbox(officer, reader)

    officer.wait_for_timeout(500)
    (proof,) = [each for each in reader.desk.bodies("/liveness") if each]
    assert proof["nonce"] == reader.desk.nonces[proof["recipient"]]


def test_a_key_that_is_not_due_is_left_in_peace(officer: Page, reader: Reader) -> None:
    reader.desk.due_on = "2999-01-01"
    reader.desk.file(MARKER)
    open_inbox(officer, reader)

    expect(officer.locator("#checks .sure")).to_be_visible()
    assert not [
        path
        for method, path, _ in reader.desk.asked
        if (method, path[-9:]) == ("POST", "/liveness")
    ]


def test_a_key_on_no_list_is_told_so_and_tries_nothing(officer: Page, reader: Reader) -> None:
    reader.desk.file(MARKER)
    reader.desk.listed = {str(stand.IDENTITIES[0].to_public())}
    open_inbox(officer, reader, "1")

    expect(officer.locator("#checks .warn")).to_contain_text("ешбір тізімде жоқ")
    assert reader.desk.bodies("/coverage") == []


def time_passes(officer: Page, milliseconds: int) -> None:
    """Step by step: in one, all that a page asks within a quarter of an hour would be asked at one moment."""
    for _ in range(milliseconds // STEP_MS):
        officer.clock.run_for(STEP_MS)


def kept_alive(reader: Reader) -> int:
    """How often the desk was asked something that keeps the session."""
    return sum("liveness" in path for _method, path, _body in reader.desk.asked)


def test_while_somebody_reads_the_desk_is_told_that_they_are_there(
    officer: Page, reader: Reader
) -> None:
    officer.clock.install()
    open_appeal(officer, reader, reader.desk.file(MARKER).key)
    expect(officer.locator("#checks .sure")).to_be_visible()
    asked = kept_alive(reader)
    for _ in range(6):
        time_passes(officer, QUARTER_MS // 10)
        officer.mouse.wheel(0, 10)
    officer.clock.run_for(6000)
    for _ in range(100):  # the request itself takes true time
        if kept_alive(reader) == asked:
            officer.wait_for_timeout(100)

    assert kept_alive(reader) > asked
    expect(officer.locator("#written")).to_have_text(MARKER)


# Locking


def test_what_is_open_is_told_to_nobody_and_lock_wipes_it(officer: Page, reader: Reader) -> None:
    requests: list[str] = []
    officer.on("request", lambda sent: requests.append(f"{sent.url} {sent.post_data}"))
    open_appeal(officer, reader, reader.desk.file(MARKER).key)
    expect(officer.locator("#written")).to_have_text(MARKER)
    officer.click("#lock")
    officer.wait_for_url("**/locked")
    officer.go_back()

    assert MARKER not in officer.content()
    assert not [each for each in requests if "3305" in each or "AGE-SECRET" in each]
    assert files_with(reader.folder, MARKER) == []
    assert reader.desk.sessions == set()


def test_one_lock_locks_every_window(officer: Page, reader: Reader) -> None:
    open_appeal(officer, reader, reader.desk.file(MARKER).key)
    expect(officer.locator("#written")).to_have_text(MARKER)
    other = officer.context.new_page()
    open_inbox(other, reader)

    other.click("#lock")

    officer.wait_for_url("**/locked")
    assert MARKER not in officer.content()


def test_the_identity_in_memory_cannot_be_read_out(officer: Page, reader: Reader) -> None:
    officer.goto(reader.url)
    hidden = officer.evaluate(
        """async () => {
          const { generateIdentity, hideKey } = await import("/static/opening.js");
          const key = await hideKey(await generateIdentity());
          const read = await crypto.subtle.exportKey("pkcs8", key).catch((error) => error.name);
          return [key.constructor.name, key.extractable, read];
        }"""
    )

    assert hidden == ["CryptoKey", False, "InvalidAccessError"]


def test_it_locks_by_itself_after_a_quarter_of_an_hour(officer: Page, reader: Reader) -> None:
    officer.clock.install()
    open_appeal(officer, reader, reader.desk.file(MARKER).key)
    expect(officer.locator("#written")).to_have_text(MARKER)

    time_passes(officer, QUARTER_MS - STEP_MS)
    officer.clock.run_for(STEP_MS + 6000)

    officer.wait_for_url("**/locked")
    assert MARKER not in officer.content()


def test_a_machine_that_slept_locks_at_the_first_touch(officer: Page, reader: Reader) -> None:
    officer.clock.install()
    open_appeal(officer, reader, reader.desk.file(MARKER).key)
    expect(officer.locator("#written")).to_have_text(MARKER)

    officer.evaluate(f"Date.now = ((then) => () => then + {QUARTER_MS})(Date.now())")
    officer.mouse.move(40, 40)

    officer.wait_for_url("**/locked")


def test_a_second_touch_while_it_locks_asks_the_desk_nothing(officer: Page, reader: Reader) -> None:
    officer.clock.install()
    open_appeal(officer, reader, reader.desk.file(MARKER).key)
    expect(officer.locator("#written")).to_have_text(MARKER)
    ends: list[Route] = []
    officer.route("**/api/end", lambda route: ends.append(route))
    asked: list[str] = []
    officer.on("request", lambda sent: asked.append(sent.url))

    officer.evaluate(f"Date.now = ((then) => () => then + {QUARTER_MS})(Date.now())")
    with officer.expect_request("**/api/end"):
        officer.mouse.move(40, 40)
    officer.mouse.move(80, 80)
    ends.pop().continue_()

    officer.wait_for_url("**/locked")
    assert [each for each in asked if "liveness" in each] == []


def test_a_session_that_ended_at_the_desk_locks_the_page(officer: Page, reader: Reader) -> None:
    reader.desk.file(MARKER)
    open_inbox(officer, reader)
    expect(officer.locator("#checks .sure")).to_be_visible()
    reader.desk.sessions.clear()
    officer.get_by_role("link", name=MARKER).click()

    officer.wait_for_url("**/locked?over")
    expect(officer.locator("main")).to_contain_text("сеансыңыз аяқталды")
    assert MARKER not in officer.content()


def test_signing_out_at_the_desk_locks_within_seconds_and_in_the_language_in_use(
    officer: Page, reader: Reader
) -> None:
    officer.add_init_script("Object.defineProperty(navigator, 'languages', {get: () => ['en']})")
    open_appeal(officer, reader, reader.desk.file(MARKER).key)
    expect(officer.locator("#written")).to_have_text(MARKER)
    reader.desk.sessions.clear()

    officer.wait_for_url("**/locked?over", timeout=10_000)
    expect(officer.locator("h1")).to_have_text("Құлыпталды")
    assert MARKER not in officer.content()


def test_a_refusal_of_the_desk_is_told_in_its_own_words(officer: Page, reader: Reader) -> None:
    officer.goto(reader.link("open", "00000000-0000-4000-8000-000000000000"))
    unlock_with_demo(officer)

    expect(officer.locator("main")).to_contain_text("There is no such record. Go back.")


# For everybody


def test_an_appeal_is_found_opened_and_locked_with_the_keyboard(
    officer: Page, reader: Reader
) -> None:
    reader.desk.file(MARKER)
    open_inbox(officer, reader)
    officer.locator("#search").focus()
    for _ in range(2):
        officer.keyboard.press("Tab")
        if officer.evaluate("document.activeElement.matches('#inbox a')"):
            break
    officer.keyboard.press("Enter")
    expect(officer.locator("#written")).to_have_text(MARKER)
    expect(officer.locator("h1")).to_be_focused()

    officer.locator("#lock").focus()
    officer.keyboard.press("Enter")
    officer.wait_for_url("**/locked")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("locale", ["kk-KZ", "ru-RU"])
def test_every_page_is_accessible_and_fits(
    chromium: Browser, reader: Reader, width: int, locale: str
) -> None:
    context = chromium.new_context(locale=locale, viewport={"width": width, "height": 700})
    page = context.new_page()
    lying = reader.desk.file(MARKER, late=True)
    page.goto(reader.link())
    expect(page.locator("#demo-key")).to_be_visible()
    found = {"unlock": browsing.faults(page)}
    unlock_with_demo(page)
    expect(page.locator("#checks .sure")).to_be_visible()
    found["inbox"] = browsing.faults(page)
    page.goto(f"{reader.url}#appeal/{lying.key}")
    expect(page.locator("#written")).to_be_visible()
    page.click("#readers summary")
    found["open"] = browsing.faults(page)
    page.click("#lock")
    page.wait_for_url("**/locked")
    expect(page.locator("h1")).to_be_visible()
    found["locked"] = browsing.faults(page)
    context.close()

    assert {step: each for step, each in found.items() if each} == {}
