"""The life of an officer's identity in Chromium: made, used, lost in part, recovered, never readable."""

import base64
import json
from typing import Any

import pyrage
import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser.chromium import PASSKEY
from tests.programs import browsing
from tests.programs.reading import Reader

pytestmark = pytest.mark.browser

NAME = "Дина Жүнісова"


def authenticators(page: Page, *transports: str, **changes: bool) -> tuple[CDPSession, list[str]]:
    """Give a page that many authenticators; returns their session and their numbers there."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = [{"options": PASSKEY | changes | {"transport": each}} for each in transports]
    added = [session.send("WebAuthn.addVirtualAuthenticator", each) for each in options]
    return session, [each["authenticatorId"] for each in added]


def take_away(session: CDPSession, authenticator: str) -> None:
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": authenticator})


def begin_key(page: Page, reader: Reader) -> None:
    page.goto(f"{reader.url}#keys")
    page.fill("#key-name", NAME)
    page.get_by_role("button", name="Кілт жасап, құлыптау").click()


def add_passkey(page: Page, label: str) -> None:
    page.fill("#key-label", label)
    page.get_by_role("button", name="Кіру кілтін қосу").click()


def make_passphrase(page: Page) -> str:
    page.get_by_role("button", name="Құпиясөзді көрсету").click()
    groups = page.locator("#passphrase span").all_text_contents()
    page.get_by_role("button", name="Жазып алдым").click()
    for number, group in enumerate(groups):
        field = page.locator(f"#group-{number}")
        if field.count():
            field.fill(group.lower())
    page.get_by_role("button", name="Тексеріп, сақтау").click()
    return "".join(groups)


def make_key(page: Page, reader: Reader) -> tuple[CDPSession, list[str], str]:
    """Make a whole identity; returns what holds its two passkeys, and the passphrase."""
    session, numbers = authenticators(page, "internal")
    begin_key(page, reader)
    expect(page.locator("#ready.warn")).to_be_visible()
    first_away(session, numbers[0])
    numbers += added_to(session, "usb")
    add_passkey(page, "сейфте")
    expect(page.locator(".rows li")).to_have_count(2)
    phrase = make_passphrase(page)
    expect(page.locator("#ready.sure")).to_be_visible()
    return session, numbers, phrase


def first_away(session: CDPSession, number: str) -> None:
    """Nobody touches the first device while the second is asked."""
    session.send(
        "WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": number, "enabled": False}
    )


def added_to(session: CDPSession, transport: str) -> list[str]:
    options = {"options": PASSKEY | {"transport": transport}}
    return [session.send("WebAuthn.addVirtualAuthenticator", options)["authenticatorId"]]


def cards(reader: Reader) -> list[dict[str, Any]]:
    found = (reader.folder / "keys").glob("*/card.json")
    return [json.loads(path.read_text()) for path in found]


def typed_groups(phrase: str) -> str:
    return " ".join(phrase[at : at + 4] for at in range(0, len(phrase), 4)).lower()


# Making


def test_a_key_with_one_passkey_shows_no_card_to_enrol(officer: Page, reader: Reader) -> None:
    authenticators(officer, "internal")
    begin_key(officer, reader)

    expect(officer.locator(".steps .done")).to_have_count(1)
    expect(officer.locator("#ready")).to_contain_text("дайын емес")
    assert officer.locator(".fingerprint").count() == 0


def test_a_device_that_holds_one_passkey_takes_no_second(officer: Page, reader: Reader) -> None:
    authenticators(officer, "internal")
    begin_key(officer, reader)
    add_passkey(officer, "сол құрылғы")

    expect(officer.locator("#told")).to_contain_text("басқа құрылғыда")
    expect(officer.locator(".rows li")).to_have_count(1)


@pytest.mark.parametrize(
    ("lacks", "told"),
    [
        ({"hasPrf": False}, "PRF"),
        ({"isUserVerified": False}, "қолданылмады"),
        ({"hasUserVerification": False}, "қолданылмады"),
    ],
)
def test_an_authenticator_without_prf_or_verification_makes_no_key(
    officer: Page, reader: Reader, lacks: dict[str, bool], told: str
) -> None:
    authenticators(officer, "internal", **lacks)
    begin_key(officer, reader)

    expect(officer.locator("#told")).to_contain_text(told)
    assert cards(reader) == []


def test_a_whole_key_is_ready_and_no_secret_of_it_is_written_or_sent(
    officer: Page, reader: Reader
) -> None:
    requests: list[str] = []
    officer.on("request", lambda sent: requests.append(f"{sent.url} {sent.post_data}"))
    *_, phrase = make_key(officer, reader)

    (card,) = cards(reader)
    expect(officer.locator(".recipient")).to_have_text(card["recipient"])
    assert b"AGE-SECRET-KEY" not in reader.kept()
    sent = " ".join(requests)
    assert "AGE-SECRET-KEY" not in sent
    assert phrase not in sent.replace(" ", "").upper()
    assert phrase not in officer.content()


def test_a_passphrase_written_down_wrongly_is_not_kept(officer: Page, reader: Reader) -> None:
    session, numbers = authenticators(officer, "internal")
    begin_key(officer, reader)
    expect(officer.locator("#ready.warn")).to_be_visible()
    first_away(session, numbers[0])
    added_to(session, "usb")
    add_passkey(officer, "сейфте")
    officer.get_by_role("button", name="Құпиясөзді көрсету").click()
    officer.get_by_role("button", name="Жазып алдым").click()
    for field in officer.locator(".group").all():
        field.fill("ABCD")
    officer.get_by_role("button", name="Тексеріп, сақтау").click()

    expect(officer.locator("#told")).to_contain_text("өзгеше")
    assert list((reader.folder / "keys").rglob("recovery.age")) == []


def test_the_recovery_file_is_an_age_file_of_its_own_that_pyrage_opens(
    officer: Page, reader: Reader
) -> None:
    *_, phrase = make_key(officer, reader)
    (path,) = (reader.folder / "keys").rglob("recovery.age")
    locked = path.read_bytes()

    identity = pyrage.passphrase.decrypt(locked, phrase).decode()

    assert locked.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert locked.count(b"\n-> ") == 1
    assert len(phrase) == 24
    recipient = str(pyrage.x25519.Identity.from_str(identity).to_public())
    assert recipient == cards(reader)[0]["recipient"]


# Using and losing


def test_either_passkey_alone_unlocks_after_a_restart(officer: Page, reader: Reader) -> None:
    session, numbers, _ = make_key(officer, reader)
    take_away(session, numbers[0])
    officer.goto("about:blank")
    officer.goto(reader.link())
    officer.get_by_role("button", name="сейфте").click()

    expect(officer.locator("#inbox")).to_be_attached()
    expect(officer.locator("h1")).to_have_text("Өтініштер")
    while not reader.desk.bodies("/liveness"):  # the check runs behind the page
        officer.wait_for_timeout(20)
    officer.goto(f"{reader.url}#keys")
    expect(officer.locator(".next-check")).to_contain_text("2026")


def test_a_passkey_in_the_hand_of_somebody_else_unlocks_nothing(
    officer: Page, reader: Reader
) -> None:
    session, numbers, _ = make_key(officer, reader)
    for number in numbers:
        stranger = {"authenticatorId": number, "isUserVerified": False}
        session.send("WebAuthn.setUserVerified", stranger)
    officer.goto("about:blank")
    officer.goto(reader.link())
    officer.get_by_role("button", name="сейфте").click()

    expect(officer.locator("#told")).to_contain_text("қолданылмады")
    assert officer.locator("#inbox").count() == 0


def test_a_lost_passkey_is_removed_and_the_last_way_never(officer: Page, reader: Reader) -> None:
    authenticators(officer, "internal")
    begin_key(officer, reader)
    officer.locator("summary").click()
    officer.get_by_role("button", name="Алып тастау").click()

    expect(officer.locator("#told")).to_contain_text("соңғы жол")
    expect(officer.locator(".rows li")).to_have_count(1)


# Recovering


def test_all_passkeys_lost_the_passphrase_brings_the_same_key_back(
    officer: Page, reader: Reader
) -> None:
    session, numbers, phrase = make_key(officer, reader)
    (before,) = cards(reader)
    for number in numbers:
        take_away(session, number)
    added_to(session, "nfc")
    officer.goto("about:blank")
    officer.goto(f"{reader.url}#recover")
    officer.fill("#typed", typed_groups(phrase))
    officer.get_by_role("button", name="Кілтті қалпына келтіру").click()
    add_passkey(officer, "жаңа")
    expect(officer.locator(".rows li")).to_have_count(3)
    officer.locator("summary").first.click()
    officer.locator("details[open] button").click()

    expect(officer.locator(".rows li")).to_have_count(2)
    assert cards(reader) == [before]


def test_a_recovery_file_and_the_passphrase_bring_the_key_to_another_computer(
    officer: Page, reader: Reader
) -> None:
    session, numbers, phrase = make_key(officer, reader)
    (before,) = cards(reader)
    with officer.expect_download() as saved:
        officer.get_by_role("button", name="Файлды сақтау").click()
    saved.value.save_as(reader.folder / "stick.age")
    for path in sorted((reader.folder / "keys").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for number in numbers:
        take_away(session, number)
    added_to(session, "nfc")
    officer.goto("about:blank")
    officer.goto(f"{reader.url}#recover")
    officer.set_input_files("#recovery-file", reader.folder / "stick.age")
    officer.fill("#key-name", NAME)
    officer.fill("#typed", phrase)
    officer.get_by_role("button", name="Кілтті қалпына келтіру").click()

    expect(officer.locator(".steps .done")).to_have_count(2)
    assert cards(reader) == [before]


@pytest.mark.parametrize(
    ("typed", "told"), [("short", "алты топ"), ("0123 4567 89AB CDEF GHJK MNPQ", "ашпайды")]
)
def test_a_wrong_passphrase_is_told_without_losing_what_was_typed(
    officer: Page, reader: Reader, typed: str, told: str
) -> None:
    make_key(officer, reader)
    officer.goto("about:blank")
    officer.goto(f"{reader.url}#recover")
    officer.fill("#typed", typed)
    officer.get_by_role("button", name="Кілтті қалпына келтіру").click()

    expect(officer.locator("#told")).to_contain_text(told)
    expect(officer.locator("#typed")).to_have_value(typed)


def test_a_passphrase_is_read_as_people_type_it(officer: Page, reader: Reader) -> None:
    officer.goto(reader.url)
    read = officer.evaluate(
        """async () => (await import("/static/recovery.js")).read("o1Il-аВсЕ нкмр tx0O")"""
    )

    assert read == "0111ABCEHKMPTX00"


def test_the_page_for_all_lost_names_the_office_key_and_the_second_office(
    officer: Page, reader: Reader
) -> None:
    officer.goto(f"{reader.url}#lost")

    expect(officer.locator("main")).to_contain_text("кеңсе кілтін")
    expect(officer.locator("main")).to_contain_text("екінші кеңсе")


def test_the_card_alone_is_printed(officer: Page, reader: Reader) -> None:
    make_key(officer, reader)
    officer.evaluate("document.querySelector('.card').classList.add('card--print')")
    officer.emulate_media(media="print")

    assert officer.locator(".fingerprint").is_visible()
    assert not officer.locator("form").first.is_visible()
    assert not officer.locator(".passphrase").is_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_of_keys_is_accessible_and_fits(
    chromium: Browser, reader: Reader, width: int
) -> None:
    context = chromium.new_context(locale="kk-KZ", viewport={"width": width, "height": 700})
    page = context.new_page()
    make_key(page, reader)
    found = {"key": browsing.faults(page)}
    page.get_by_role("button", name="Құпиясөзді көрсету").click()
    found["passphrase"] = browsing.faults(page)
    for name in ("keys", "recover", "lost"):
        page.goto(f"{reader.url}#{name}")
        page.wait_for_selector(f"a[href='#{'keys' if name == 'lost' else 'lost'}']")
        found[name] = browsing.faults(page)
    context.close()

    assert {step: each for step, each in found.items() if each} == {}


def test_a_wrapped_key_is_described_as_other_age_tools_do(officer: Page, reader: Reader) -> None:
    make_key(officer, reader)

    for path in (reader.folder / "keys").rglob("passkey-*.json"):
        assert json.loads(path.read_text())["passkey"].startswith("AGE-PLUGIN-FIDO2PRF-1")
        locked = base64.b64encode(path.with_suffix(".age").read_bytes())
        assert base64.b64decode(locked).startswith(
            b"age-encryption.org/v1\n-> age-encryption.org/fido2prf "
        )
