"""The eight words: given, confirmed, typed again; and what they bring."""

import datetime as dt
import secrets
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from arasha.engines.channel.bundle import BUNDLE_BYTES
from arasha.engines.channel.pages import Kind
from arasha.engines.channel.up import Look
from arasha.engines.sealing.age import randomness_bytes, seal
from arasha.engines.sealing.correspondence import Reply, pack_reply, reply_tag
from arasha.engines.sealing.payload import Mailbox
from tests.programs.pages.walking import (
    ACKNOWLEDGED,
    Terminal,
    answer,
    begin,
    filed,
    on_the_wire,
    say_no_danger,
    send,
    write,
)
from tests.programs.test_terminal_process import eventually

pytestmark = pytest.mark.browser

DAY = dt.date(2026, 12, 1)
LETTER = "Сізге 1 желтоқсанда келеміз."


def take_a_mailbox(page: Page) -> list[str]:
    """Write with a mailbox; the words as they were shown, once they are confirmed."""
    write(page, "жауап керек")
    say_no_danger(page)
    page.check("input[value=mailbox]")
    answer(page, "way")
    expect(page.locator(".word").first).not_to_have_text("…")
    words = page.locator(".word").all_inner_texts()
    answer(page, "words")
    confirm(page, words)
    return words


def confirm(page: Page, words: list[str]) -> None:
    groups = page.locator("main[data-step=confirm] fieldset")
    expect(groups).to_have_count(2)
    for group in groups.all():
        number = int(group.locator("legend").inner_text().partition("-")[0])
        group.locator(f"input[value='{words[number - 1]}']").check()
    answer(page, "confirm")


def open_mailbox(page: Page, words: list[str]) -> None:
    begin(page, "replies")
    for number, word in enumerate(words):
        page.fill(f"#word-{number}", word)
    answer(page, "mailbox")
    page.wait_for_selector("main[data-step=replies]", timeout=30_000)


def reply(terminal: Terminal, to: Mailbox, number: int, what: Reply) -> None:
    sealed = seal(
        pack_reply(what),
        recipients=[to.recipient],
        randomness=secrets.token_bytes(randomness_bytes(1)),
    )
    terminal.world.send(Kind.REPLY, reply_tag(to.tags, number) + sealed)


@pytest.fixture
def mailbox(page: Page, terminal: Terminal) -> tuple[list[str], Mailbox]:
    words = take_a_mailbox(page)
    send(page)
    [(_, appeal)] = filed(terminal)
    assert appeal.mailbox is not None
    page.goto(terminal.url)
    return words, appeal.mailbox


def test_words_that_were_not_remembered_are_asked_for_again(page: Page) -> None:
    write(page, "жауап керек")
    say_no_danger(page)
    page.check("input[value=mailbox]")
    answer(page, "way")
    expect(page.locator(".word").first).not_to_have_text("…")
    words = page.locator(".word").all_inner_texts()
    answer(page, "words")
    answer(page, "confirm")
    expect(page.locator("#problem")).to_contain_text("Екі сөзді де")
    for group in page.locator("main[data-step=confirm] fieldset").all():
        wrong = [
            each
            for each in group.locator("input").all()
            if each.get_attribute("value") not in words
        ]
        wrong[0].check()
    answer(page, "confirm")
    expect(page.locator("#problem")).to_contain_text("Сөз дұрыс емес")

    page.go_back()
    expect(page.locator(".word")).to_have_text(words)


def test_the_words_are_in_nothing_that_is_sent_but_what_follows_from_them_is(
    page: Page, terminal: Terminal
) -> None:
    sent: list[str] = []
    page.on("request", lambda each: sent.append(f"{each.url} {each.post_data}"))
    words = take_a_mailbox(page)
    send(page)

    [(_, appeal)] = filed(terminal)
    assert appeal.answers == {"way": "mailbox"}
    assert appeal.mailbox is not None
    assert len(set(words)) > 1
    assert not [each for each in sent if any(word in each for word in words)]


def test_states_letters_and_the_next_day_are_shown(
    mailbox: tuple[list[str], Mailbox], page: Page, terminal: Terminal
) -> None:
    words, to = mailbox
    reply(terminal, to, 0, Reply("", "safe", "kk", kind="state", state="received"))
    reply(terminal, to, 1, Reply("", "safe", "kk", kind="state", state="opened", next_day=DAY))
    reply(terminal, to, 2, Reply(LETTER, "safe", "kk"))
    page.wait_for_timeout(1500)  # until the stream has brought them
    open_mailbox(page, words)

    expect(page.locator(".reached")).to_have_count(2)
    expect(page.locator("main")).to_contain_text("01.12.2026")
    expect(page.locator(".written")).to_have_text(LETTER)


def test_what_is_for_no_screen_is_not_shown_but_that_somebody_comes(
    mailbox: tuple[list[str], Mailbox], page: Page, terminal: Terminal
) -> None:
    words, to = mailbox
    reply(terminal, to, 0, Reply("Куәгерлердің аты", "in_person", "kk"))
    page.wait_for_timeout(1500)
    open_mailbox(page, words)

    expect(page.locator(".letter")).to_contain_text("сізге келіп айтады")
    assert "Куәгерлердің" not in page.content()


def test_who_is_not_safe_writes_to_the_duty_line(
    line: None, mailbox: tuple[list[str], Mailbox], page: Page, terminal: Terminal
) -> None:
    words, _ = mailbox
    open_mailbox(page, words)
    answer(page, "replies")
    page.check("input[name=safe][value=no]")
    answer(page, "safe")
    answer(page, "readers")
    page.fill("#text", "Мені жазалап жатыр")
    page.click("#partial")
    expect(page.locator(ACKNOWLEDGED)).to_be_visible()

    filing, appeal = filed(terminal)[-1]
    assert (filing.set_id, appeal.answers["safe"]) == ("duty_line-1", "no")


def test_who_is_safe_gets_the_slip_of_everybody(
    mailbox: tuple[list[str], Mailbox], page: Page, terminal: Terminal
) -> None:
    open_mailbox(page, mailbox[0])
    answer(page, "replies")
    answer(page, "safe")
    expect(page.locator("#problem")).not_to_be_empty()
    page.check("input[name=safe][value=yes]")
    answer(page, "safe")
    answer(page, "finish")

    expect(page.locator(ACKNOWLEDGED)).to_be_visible()
    eventually(lambda: terminal.world.inbox.covers)


def test_first_second_and_mistyped_words_ask_for_the_same(
    mailbox: tuple[list[str], Mailbox], browser: Browser, terminal: Terminal
) -> None:
    words, to = mailbox
    reply(terminal, to, 0, Reply(LETTER, "safe", "kk"))
    seen = []
    for typed in (words, words, [*words[1:], words[0]]):
        page = browser.new_page()
        wire = on_the_wire(page)
        page.goto(terminal.url)
        open_mailbox(page, typed)
        seen.append(wire)
        page.close()

    assert seen[0] == seen[1] == seen[2]
    assert ("POST", "/api/mailbox", 64 * 35 + 10) in seen[0]


def test_first_second_and_mistyped_words_leave_spool_and_bundles_as_they_are(
    mailbox: tuple[list[str], Mailbox], browser: Browser, terminal: Terminal
) -> None:
    words, to = mailbox
    reply(terminal, to, 0, Reply(LETTER, "safe", "kk"))
    terminal.world.publish()
    eventually(lambda: "proved" in states_in(terminal))
    wait_for_bundles(terminal)
    kept, seen = objects_in(terminal), [next_bundle(terminal)]
    for typed in (words, words, [*words[1:], words[0]]):
        page = browser.new_page()
        page.goto(terminal.url)
        open_mailbox(page, typed)
        seen.append(next_bundle(terminal))
        page.close()

    assert objects_in(terminal) == kept
    assert len(set(seen)) == 1
    assert {len(each) for each in terminal.world.requests} == {BUNDLE_BYTES}


def wait_for_bundles(terminal: Terminal) -> None:
    """Two whole beats: what is formed now knows of all that happened before."""
    number = len(terminal.world.inbox.said) + 2
    eventually(lambda: len(terminal.world.inbox.said) >= number)


def next_bundle(terminal: Terminal) -> tuple[int, tuple[Look, ...], tuple[str, ...]]:
    """Of the next bundle: its pieces, what it asks about, and which figures of health it tells."""
    wait_for_bundles(terminal)
    said = terminal.world.inbox.said[-1]
    return len(said.pieces), said.looks, tuple(said.health or {})


def objects_in(terminal: Terminal) -> list[tuple[bytes, str]]:
    with closing(sqlite3.connect(terminal.folder / "spool" / "spool.sqlite3")) as spool:
        return spool.execute("SELECT name, state FROM object ORDER BY name").fetchall()


def states_in(terminal: Terminal) -> list[str]:
    return [state for _, state in objects_in(terminal)]


def test_without_a_list_of_words_a_sentence_says_so(page: Page) -> None:
    page.route("**/shared/words/*.txt", lambda route: route.fulfill(status=404))
    begin(page, "replies")
    page.fill("#word-0", "аба")
    answer(page, "mailbox")

    expect(page.locator("#problem")).to_contain_text("сөздер тізімі жоқ")
    expect(page.locator("[type=submit]")).to_have_text("Әрі қарай")


def test_without_a_list_of_words_no_words_are_drawn_and_the_letter_stays(page: Page) -> None:
    page.route("**/shared/words/*.txt", lambda route: route.fulfill(status=404))
    write(page, "жауап керек")
    say_no_danger(page)
    page.check("input[value=mailbox]")
    answer(page, "way")
    expect(page.locator("main")).to_contain_text("сөздер тізімі жоқ")

    page.go_back()
    page.check("input[value=neither]")
    answer(page, "way")
    expect(page.locator(".summary")).to_contain_text("жауап керек")


def test_a_word_is_offered_by_its_beginning_and_taken_by_enter(page: Page) -> None:
    begin(page, "replies")
    page.click("#word-0")
    page.keyboard.type("аба")
    offered = page.locator(".offers[role=status] .offer").first
    expect(offered).to_be_visible()
    first = offered.inner_text()
    page.keyboard.press("Enter")

    expect(page.locator("#word-0")).to_have_value(first)
    expect(page.locator("#word-1")).to_be_focused()


def test_a_word_of_no_list_is_told_before_anything_is_asked(page: Page) -> None:
    wire = on_the_wire(page)
    begin(page, "replies")
    page.fill("#word-0", "ъъъъ")
    answer(page, "mailbox")

    expect(page.locator("#problem")).to_contain_text("1-сөз")
    assert not [path for _, path, _ in wire if "mailbox" in path]


def test_eight_words_and_the_whole_keyboard_stand_above_the_buttons_of_a_small_screen(
    page: Page,
) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    begin(page, "replies")
    page.click("#word-0")
    page.keyboard.type("аба")
    expect(page.locator(".offers[role=status] .offer").first).to_be_visible()
    keys, buttons = page.locator(".keys").bounding_box(), page.locator(".acts").bounding_box()

    assert keys and buttons
    assert keys["y"] + keys["height"] <= buttons["y"]
    page.locator(".offers[role=status] .offer").first.click()
    expect(page.locator("#word-1")).to_be_focused()
