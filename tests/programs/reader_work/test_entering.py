"""Entering a paper in Chromium: sealed as a terminal seals, and a slip for the person."""

import base64
import json
from hashlib import sha256
from pathlib import Path

import pyrage
import pytest
from playwright.sync_api import FilePayload, Page, expect

from arasha.engines.notes import filing_code, grouped
from arasha.engines.sealing import check_envelope, record_digest, split, unpack_payload
from arasha.engines.sealing.card import unpack_card
from arasha.engines.sealing.filing import Filing, parse_filing
from arasha.engines.translog import commitment, leaf, leaf_hash
from tests.programs import browsing, stand
from tests.programs.reader_work import samples
from tests.programs.reader_work.conftest import Start
from tests.programs.reader_work.desk import ENTRY, RECIPIENTS, Memory, Officer

pytestmark = pytest.mark.browser

TEXT = "Мені 8842-камерада ұрды"
SCAN: FilePayload = {"name": "hat.jpg", "mimeType": "image/jpeg", "buffer": samples.PHOTO}
REFUSAL = {"problem": "not_your_set", "happened": "Бұл тізім ескі.", "next": "Бетті жаңартыңыз."}


def come(page: Page, officer: Officer) -> None:
    page.goto(officer.link)
    expect(page.locator("h1")).to_contain_text("Басқа жолмен келген")


def fill(page: Page, *, text: str = TEXT, channel: str = "paper") -> None:
    page.select_option("#enter-channel", channel)
    page.fill("#enter-name", "Ерлан Қ.")
    page.select_option("#enter-place", "samal-1")
    page.fill("#enter-text", text)


def press(page: Page) -> None:
    page.get_by_role("button", name="Мөрлеп тіркеу").click()


def filed(officer: Officer) -> Filing:
    return parse_filing(base64.b64decode(officer.memory.posted[-1][1]["filing"]))


def test_without_a_list_of_readers_nothing_can_be_entered(page: Page, start: Start) -> None:
    come(page, start(Memory(errand="enter", entry=ENTRY | {"sets": []})))

    expect(page.locator(".warn")).to_contain_text("қолданыстағы оқитындар тізімі жоқ")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("#enter-text", "", "Өтініш мәтінін жазыңыз"),
        ("#enter-received", "2026-03-03", "бүгіннен кешіктірмей"),
        ("#enter-received", "", "бүгіннен кешіктірмей"),
        ("#enter-written", "2026-03-02", "келген күннен кейін"),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_lost(
    page: Page, start: Start, field: str, value: str, said: str
) -> None:
    officer = start(Memory(errand="enter"))
    come(page, officer)
    fill(page)
    page.fill("#enter-received", "2026-03-01")
    page.fill(field, value)
    press(page)

    expect(page.locator("#told")).to_contain_text(said)
    expect(page.locator("#enter-name")).to_have_value("Ерлан Қ.")
    assert officer.memory.posted == []


def test_how_it_came_must_be_said(page: Page, start: Start) -> None:
    come(page, start(Memory(errand="enter")))
    fill(page, channel="")
    press(page)

    expect(page.locator("#told")).to_contain_text("қалай келгенін")


def test_an_empty_scan_is_told(page: Page, start: Start) -> None:
    come(page, start(Memory(errand="enter")))
    fill(page)
    page.set_input_files(
        "#enter-scans", {"name": "bos.pdf", "mimeType": "application/pdf", "buffer": b""}
    )
    press(page)

    expect(page.locator("#told")).to_contain_text("bos.pdf")


def test_a_refusal_keeps_the_words_and_the_second_try_is_the_same_appeal(
    page: Page, start: Start
) -> None:
    officer = start(Memory(errand="enter", refuse=REFUSAL))
    tried: list[str] = []
    page.on(
        "request",
        lambda sent: tried.append(sent.post_data or "") if "entered" in sent.url else None,
    )
    come(page, officer)
    fill(page)
    press(page)
    expect(page.locator("#told")).to_contain_text("Бұл тізім ескі. Бетті жаңартыңыз.")
    officer.memory.refuse = None
    press(page)
    expect(page.locator("#code")).to_be_visible()

    assert len(tried) == 2
    assert tried[0] == tried[1]


def test_a_paper_is_sealed_exactly_as_a_terminal_seals(page: Page, start: Start) -> None:
    officer = start(Memory(errand="enter"))
    come(page, officer)
    fill(page)
    page.set_input_files("#enter-scans", SCAN)
    press(page)
    expect(page.locator(".sure")).to_contain_text("жіберілді")
    filing = filed(officer)
    digest = record_digest(*split(filing.envelope))

    check_envelope(filing.envelope, recipients=len(RECIPIENTS))
    envelopes = [bytes(pyrage.decrypt(filing.envelope, [each])) for each in stand.IDENTITIES]
    cards = [bytes(pyrage.decrypt(filing.card, [each])) for each in stand.IDENTITIES]
    assert len(set(envelopes)) == len(set(cards)) == 1
    appeal, card = unpack_payload(envelopes[0]), unpack_card(cards[0])
    assert (appeal.text, appeal.place, dict(appeal.answers)) == (
        TEXT,
        "samal-1",
        {"name": "Ерлан Қ."},
    )
    assert (card.digest, card.title, card.place) == (digest, TEXT, "samal-1")
    assert filing.leaf == leaf("event", commitment(appeal.salt, digest)).decode()
    assert appeal.mailbox is None
    (scan,) = appeal.attachments
    kept = officer.memory.files[scan.sha256]
    assert (sha256(kept).hexdigest(), len(kept), scan.media_type) == (
        scan.sha256,
        scan.size,
        "image/jpeg",
    )
    assert pyrage.decrypt(kept, [stand.IDENTITIES[1]]) == samples.PHOTO


def test_the_desk_learns_how_and_when_it_came_and_nothing_of_what_it_says(
    page: Page, start: Start
) -> None:
    officer = start(Memory(errand="enter"))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    come(page, officer)
    fill(page, channel="phone")
    page.set_input_files("#enter-scans", SCAN)
    press(page)
    expect(page.locator("#code")).to_be_visible()
    _, posted = officer.memory.posted[0]

    assert set(posted) == {"filing", "channel", "received_on", "attachments"}
    assert (posted["channel"], posted["received_on"]) == ("phone", ENTRY["today"])
    assert not [each for each in sent if "8842" in each or "Ерлан" in each or "hat.jpg" in each]
    assert "8842" not in json.dumps(officer.memory.posted, ensure_ascii=False)


def test_the_slip_is_in_the_persons_language_with_the_code_of_the_leaf(
    page: Page, start: Start
) -> None:
    officer = start(Memory(errand="enter"))
    come(page, officer)
    fill(page)
    page.select_option("#enter-language", "ru")
    press(page)
    expect(page.locator(".slip")).to_contain_text("Код подачи")
    hashed = leaf_hash(filed(officer).leaf.encode())
    code = filing_code(hashed)

    assert page.locator("#code").inner_text().split() == grouped(code).split(" ")
    expect(page.locator(".address")).to_have_text(f"https://public.example/c/{code}")
    link = f"https://public.example/c/{code}#{hashed.hex()}"
    source = page.locator(".qr").get_attribute("src") or ""
    assert base64.urlsafe_b64decode(source.removeprefix("/qr/")).decode() == link
    assert (
        page.locator(".qr").evaluate("(image) => image.decode().then(() => image.naturalWidth)")
        > 99
    )
    assert TEXT not in page.content()


def test_a_printed_slip_holds_the_slip_only(page: Page, start: Start, tmp_path: Path) -> None:
    come(page, start(Memory(errand="enter")))
    fill(page)
    press(page)
    expect(page.locator("#code")).to_be_visible()
    page.emulate_media(media="print")

    assert page.locator("h1, .acts, .head, .told").evaluate_all(
        "(parts) => parts.every((part) => getComputedStyle(part).display === 'none')"
    )
    expect(page.locator(".qr")).to_be_visible()


def test_scans_that_did_not_arrive_are_told_and_sent_again(page: Page, start: Start) -> None:
    officer = start(Memory(errand="enter", refuse_files=True))
    come(page, officer)
    fill(page)
    page.set_input_files("#enter-scans", SCAN)
    press(page)
    expect(page.locator(".warn")).to_contain_text("1 файл әлі жіберілген жоқ")
    expect(page.locator("#code")).to_be_visible()
    officer.memory.refuse_files = False
    page.get_by_role("button", name="Файлдарды қайта жіберу").click()

    expect(page.locator(".sure")).to_contain_text("бәрі жіберілді")
    assert len(officer.memory.files) == 1


def test_the_page_forgets_what_was_typed_once_it_is_filed(page: Page, start: Start) -> None:
    come(page, start(Memory(errand="enter")))
    fill(page)
    press(page)
    page.get_by_role("button", name="Тағы біреуін енгізу").click()

    expect(page.locator("#enter-text")).to_have_value("")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_form_and_slip_are_accessible_and_fit(
    page: Page, start: Start, width: int, language: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    come(page, start(Memory(errand="enter")))
    page.click(f"#languages [lang={language}]")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("main")).not_to_have_attribute("aria-busy", "true")
    fill(page)
    found = {"form": browsing.faults(page)}
    page.locator("form button[type=submit]").click()
    expect(page.locator("#code")).to_be_visible()
    found["slip"] = browsing.faults(page)

    assert found == {"form": [], "slip": []}
