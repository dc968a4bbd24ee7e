"""Notes, answers and what an appeal is about: written in Chromium, read with another library."""

import base64
import json
from pathlib import Path
from typing import Any

import pyrage
import pytest
from playwright.sync_api import Page, expect

from arasha.engines.sealing import Mailbox
from arasha.engines.sealing.correspondence import reply_tag, unpack_note, unpack_reply
from tests.programs import browsing, stand
from tests.programs.reader_work.conftest import Start, unlock
from tests.programs.reader_work.desk import KEY, MARKER, RECIPIENTS, Memory

pytestmark = pytest.mark.browser

WRITER = pyrage.x25519.Identity.generate()
TAGS = bytes(range(32))
MAILBOX = Mailbox(str(WRITER.to_public()), TAGS)
WORDS = "Қызметкер-7719 туралы"
REFUSAL = {"problem": "closed", "happened": "Өтініш жабылған.", "next": "Қайта қарауды бастаңыз."}


def opened(sealed: str, identity: pyrage.x25519.Identity) -> bytes:
    return bytes(pyrage.decrypt(base64.b64decode(sealed), [identity]))


def write_note(page: Page, text: str, *, kind: str = "note") -> None:
    page.select_option(f"#note-{KEY}-kind", kind)
    page.fill(f"#note-{KEY}-text", text)
    page.locator("#notes").get_by_role("button", name="Мөрлеп сақтау").click()


def answer(page: Page, text: str, *, shown: str) -> None:
    page.fill(f"#reply-{KEY}-text", text)
    page.select_option(f"#reply-{KEY}-shown", shown)
    page.get_by_role("button", name="Мөрлеп жіберу").click()


# Notes


def test_a_note_without_words_is_not_sent(page: Page, start: Start) -> None:
    officer = start(Memory())
    unlock(page, officer)
    write_note(page, "  ")

    expect(page.locator("#told")).to_contain_text("жазба мәтінін жазыңыз")
    assert officer.memory.posted == []


def test_a_refused_note_is_told_and_what_was_typed_stays(page: Page, start: Start) -> None:
    unlock(page, start(Memory(refuse=REFUSAL)))
    write_note(page, WORDS)

    expect(page.locator("#told")).to_have_text("Өтініш жабылған. Қайта қарауды бастаңыз.")
    expect(page.locator(f"#note-{KEY}-text")).to_have_value(WORDS)


def test_a_change_of_language_loses_nothing_that_was_typed(page: Page, start: Start) -> None:
    unlock(page, start(Memory(mailbox=MAILBOX)))
    page.fill(f"#note-{KEY}-text", WORDS)
    page.fill(f"#reply-{KEY}-text", "жауап")
    page.click("#languages [lang=ru]")
    expect(page.locator("#notes h2")).to_have_text("Внутренние заметки")

    expect(page.locator(f"#note-{KEY}-text")).to_have_value(WORDS)
    expect(page.locator(f"#reply-{KEY}-text")).to_have_value("жауап")


def test_a_note_is_sealed_to_every_reader_of_the_appeal_and_to_nobody_else(
    page: Page, start: Start
) -> None:
    officer = start(Memory())
    unlock(page, officer)
    write_note(page, WORDS, kind="risk")
    expect(page.locator(".note--risk")).to_contain_text(WORDS)
    act, posted = officer.memory.posted[0]

    assert (act, posted["kind"]) == ("notes", "risk")
    plaintexts = [opened(posted["sealed"], identity) for identity in stand.IDENTITIES]
    assert {len(each) for each in plaintexts} == {1024}
    assert {(unpack_note(each).text, unpack_note(each).by) for each in plaintexts} == {
        (WORDS, "Айгерім Серікова")
    }
    assert base64.b64decode(posted["sealed"]).count(b"-> X25519 ") == len(RECIPIENTS)


def test_notes_of_colleagues_are_read_and_one_for_others_is_told(page: Page, start: Start) -> None:
    memory = Memory()
    officer = start(memory)
    unlock(page, officer)
    write_note(page, WORDS)
    expect(page.locator(".note")).to_have_count(1)
    mine = officer.memory.posted[0][1]["sealed"]
    foreign = base64.b64encode(pyrage.encrypt(b"x", [WRITER.to_public()])).decode()
    memory.notes = [
        {"key": "1", "on": "2026-03-03", "by": "А", "sealed": mine},
        {"key": "2", "on": "2026-03-04", "by": "Бақыт", "sealed": foreign},
    ]
    page.reload()
    unlock(page, officer)

    expect(page.locator(".note__text")).to_have_text(WORDS)
    expect(page.locator(".notes .warn")).to_contain_text("Бақыт: бұл жазба сіздің кілтіңізге")


# Answers


def test_who_gave_a_name_and_has_no_mailbox_is_answered_in_person(page: Page, start: Start) -> None:
    unlock(page, start(Memory(answers={"name": "Асан"})))

    expect(page.locator("#replies .warn")).to_contain_text("адам оны жасамаған")
    expect(page.locator("#replies .warn")).to_contain_text("өзіңіз, оңаша айтыңыз")
    assert page.locator("#replies textarea").count() == 0


def test_who_gave_no_name_is_not_looked_for(page: Page, start: Start) -> None:
    unlock(page, start(Memory()))

    expect(page.locator("#replies .warn")).to_contain_text("жауап беру мүмкін емес. Оны іздемеңіз")
    assert page.locator("#replies textarea").count() == 0


# Danger now


def test_who_is_in_danger_stands_on_top_with_what_to_do(page: Page, start: Start) -> None:
    officer = start(Memory(answers={"danger": "Иә, қазір"}))
    unlock(page, officer)

    expect(page.locator("#danger li")).to_have_count(3)
    expect(page.locator("#danger")).to_contain_text("Дереу")
    expect(page.locator("h1 + #danger")).to_be_visible()


def test_a_call_says_since_when_what_first_and_which_appeal_it_belongs_to(
    page: Page, start: Start
) -> None:
    answers = {"danger": "Иә", "wish": "Дәрігер керек", "appeal": "123456789012345678901234"}
    unlock(page, start(Memory(answers=answers, call={"on": "2026-03-02", "at": "01:30"})))
    banner = page.locator("#danger")

    expect(banner).to_contain_text("01:30")
    expect(banner.locator("li >> nth=0")).to_contain_text("Оған қайшы ештеңе жасамаңыз")
    expect(banner).to_contain_text("1234 5678 9012 3456 7890 1234")


def test_a_call_without_the_code_of_its_appeal_says_how_to_find_it(
    page: Page, start: Start
) -> None:
    unlock(page, start(Memory(call={"on": "2026-03-02", "at": "01:30"})))

    expect(page.locator("#danger")).to_contain_text("бұл шақыруда оның коды жоқ")
    expect(page.locator("#danger")).to_contain_text("не істеу керегін айтпаған")


# What was not sent when it locked


def test_a_note_that_was_not_sent_waits_sealed_until_the_next_unlock(
    page: Page, start: Start
) -> None:
    officer = start(Memory())
    unlock(page, officer)
    page.fill(f"#note-{KEY}-text", WORDS)
    officer.memory.is_over = True
    page.wait_for_url("**/locked?over")
    expect(page.locator("#drafts")).to_contain_text("жоғалған жоқ")
    kept = page.evaluate("localStorage.getItem('arasha-drafts')")
    assert "7719" not in page.content() + kept
    officer.memory.is_over = False

    unlock(page, officer)
    expect(page.locator("#told")).to_contain_text("өз орнына қайтарылды")
    expect(page.locator(f"#note-{KEY}-text")).to_have_value(WORDS)
    assert page.evaluate("localStorage.getItem('arasha-drafts')") is None


def test_what_was_not_sent_can_be_discarded_without_unlocking(page: Page, start: Start) -> None:
    officer = start(Memory())
    unlock(page, officer)
    page.fill(f"#note-{KEY}-text", WORDS)
    page.click("#lock")
    page.locator("#drafts button").click()

    expect(page.locator("#drafts")).to_have_count(0)
    unlock(page, officer)
    expect(page.locator(f"#note-{KEY}-text")).to_have_value("")


def test_what_nobody_could_open_again_is_told_to_be_lost(page: Page, start: Start) -> None:
    page.goto(start(Memory(errand="enter")).link)
    page.fill("#enter-text", WORDS)
    page.evaluate("new BroadcastChannel('arasha-reader').postMessage('lock')")

    expect(page.locator(".alarm")).to_contain_text("сақталмады")
    assert page.evaluate("localStorage.getItem('arasha-drafts')") is None


def test_an_answer_needs_to_say_whether_a_terminal_may_show_it(page: Page, start: Start) -> None:
    officer = start(Memory(mailbox=MAILBOX))
    unlock(page, officer)
    answer(page, WORDS, shown="")

    expect(page.locator("#told")).to_contain_text("көрсетуге бола ма")
    assert officer.memory.posted == []


def test_an_answer_that_is_too_long_is_told_and_stays(page: Page, start: Start) -> None:
    unlock(page, start(Memory(mailbox=MAILBOX)))
    answer(page, "ә" * 4100, shown="safe")

    expect(page.locator("#told")).to_contain_text("Мәтін тым ұзын")
    expect(page.locator(f"#reply-{KEY}-text")).to_have_value("ә" * 4100)


def test_answers_go_to_the_mailbox_only_each_under_a_tag_of_its_own(
    page: Page, start: Start
) -> None:
    officer = start(Memory(mailbox=MAILBOX))
    unlock(page, officer)
    answer(page, WORDS, shown="in_person")
    expect(page.locator(".sent li")).to_have_count(1)
    answer(page, "екінші", shown="safe")
    expect(page.locator(".sent li")).to_have_count(2)
    replies: list[dict[str, Any]] = [content for _, content in officer.memory.posted]

    assert [each["tag"] for each in replies] == [reply_tag(TAGS, n).hex() for n in range(2)]
    assert [len(opened(each["sealed"], WRITER)) for each in replies] == [8192, 8192]
    first = unpack_reply(opened(replies[0]["sealed"], WRITER))
    assert (first.text, first.shown, first.language) == (WORDS, "in_person", "kk")
    with pytest.raises(pyrage.DecryptError):
        opened(replies[0]["sealed"], stand.IDENTITIES[0])


def test_an_answer_after_a_colleagues_takes_the_next_number(page: Page, start: Start) -> None:
    officer = start(Memory(mailbox=MAILBOX))
    unlock(page, officer)
    expect(page.locator("#replies textarea")).to_be_visible()
    officer.memory.replies.append({"on": "2026-03-03", "shown": "safe"})
    answer(page, WORDS, shown="safe")
    expect(page.locator("#told")).to_contain_text("жіберілді")

    assert officer.memory.posted[0][1]["tag"] == reply_tag(TAGS, 1).hex()


# What it is about


def test_what_an_appeal_is_about_is_recorded_in_codes(page: Page, start: Start) -> None:
    officer = start(Memory())
    unlock(page, officer)
    page.locator("#recording summary").click()
    keep = page.get_by_role("button", name="Белгілерді сақтау")
    keep.click()
    expect(page.locator("#told")).to_contain_text("не туралы екенін таңдаңыз")
    for name, code in (("category", "torture"), ("urgency", "now"), ("accused_body", "police-1")):
        page.select_option(f"#recorded-{KEY}-{name}", code)
    keep.click()
    expect(page.locator("#told")).to_have_text("Белгілер сақталды.")

    assert officer.memory.posted == [
        (
            "recorded",
            {"category": "torture", "urgency": "now", "place": "", "accused_body": "police-1"},
        )
    ]


# Silence, and looks


def test_no_plain_word_reaches_the_local_program_or_the_disk(page: Page, start: Start) -> None:
    officer = start(Memory(mailbox=MAILBOX))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    unlock(page, officer)
    write_note(page, WORDS)
    answer(page, WORDS, shown="safe")
    expect(page.locator(".sent li")).to_have_count(1)

    assert not [each for each in sent if "7719" in each or MARKER in each]
    assert "7719" not in json.dumps(officer.memory.posted, ensure_ascii=False)
    kept = [path for path in Path(officer.folder).rglob("*") if path.is_file()]
    assert not [path for path in kept if b"7719" in path.read_bytes()]


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_panels_are_accessible_and_fit(
    page: Page, start: Start, width: int, language: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    unlock(page, start(Memory(mailbox=MAILBOX)))
    page.click(f"#languages [lang={language}]")
    expect(page.locator("main")).not_to_have_attribute("aria-busy", "true")
    page.locator("#recording summary").click()
    expect(page.locator(f"#recorded-{KEY}-category")).to_be_visible()
    page.fill(f"#note-{KEY}-text", WORDS)

    assert browsing.faults(page) == []
