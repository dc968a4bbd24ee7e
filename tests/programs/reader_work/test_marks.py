"""What a writer said beside their words, who wrote, and word of the states: in Chromium, before a small real desk."""

import base64
import datetime as dt
from typing import Any

import pyrage
import pytest
from playwright.sync_api import Page, expect

from arasha.engines.sealing import Mailbox, Writer
from arasha.engines.sealing.correspondence import reply_tag, unpack_reply
from tests.programs import stand
from tests.programs.reader_work.conftest import Start, unlock
from tests.programs.reader_work.desk import KEY, OFFICER, Memory, Officer

pytestmark = pytest.mark.browser

WRITER = pyrage.x25519.Identity.generate()
TAGS = bytes(range(32))
MAILBOX = Mailbox(str(WRITER.to_public()), TAGS)
NAMED = Writer("Серік Ахметов", "3-отряд")
NEXT_DAY = dt.date(2026, 3, 17)


def due(officer: Officer, state: str = "opened") -> None:
    """The desk lists the appeal as one of whose state nobody was told."""
    officer.memory.untold = [
        {
            "appeal": KEY,
            "state": state,
            "next_day": NEXT_DAY.isoformat(),
            "next_reply": 1,
            "envelope": base64.b64encode(officer.memory.envelope).decode(),
            "headers": [],
        }
    ]


def told(page: Page, officer: Officer) -> list[dict[str, Any]]:
    """What the reader posted of states, once it has looked."""
    page.wait_for_function(
        "() => performance.getEntriesByType('resource').some(({name}) => name.includes('/untold'))"
    )
    page.wait_for_timeout(1_000)
    return [content for act, content in officer.memory.posted if act == "told"]


# Who wrote


def test_a_name_is_closed_to_whoever_is_not_told_names_and_they_read_whom_to_ask(
    page: Page, start: Start
) -> None:
    unlock(page, start(Memory(writer=NAMED, told=[pyrage.x25519.Identity.generate()])))
    page.get_by_role("button", name="Атын ашу").click()

    expect(page.locator("#not-told")).to_contain_text("азырақ адамға мөрленген: бөлім; басшы")
    assert "Серік" not in page.content()


def test_a_name_is_opened_on_its_own_by_whoever_is_told(page: Page, start: Start) -> None:
    unlock(page, start(Memory(writer=NAMED, told=[OFFICER], answers={"way": "named"})))
    expect(page.locator("#writer")).to_be_visible()
    assert "Серік" not in page.content()

    page.get_by_role("button", name="Атын ашу").click()
    expect(page.locator("#writer dd")).to_have_text(["Серік Ахметов", "3-отряд"])
    expect(page.locator("#attachments")).to_have_count(0)


def test_a_name_that_has_not_come_is_said_to_be_on_its_way(page: Page, start: Start) -> None:
    unlock(page, start(Memory(writer=NAMED, told=[OFFICER], late=True)))

    expect(page.locator("#writer .warn")).to_contain_text("әлі келген жоқ")


def test_added_readers_are_not_given_the_name(page: Page, start: Start) -> None:
    officer = start(Memory(writer=NAMED, told=[OFFICER]))
    unlock(page, officer)
    page.locator("#readers summary").click()
    expect(page.locator("#readers")).to_contain_text("Аты бұрынғыша")
    page.locator("#compared").check()
    page.locator("#readers").get_by_role("button", name="Қосу").click()
    expect(page.locator("#told")).not_to_be_empty()

    [(_, sent)] = [each for each in officer.memory.posted if each[0] == "headers"]
    assert [each["part"] for each in sent["headers"]] == ["text"]


# What stands at the top


def test_who_is_not_safe_is_shown_first(page: Page, start: Start) -> None:
    unlock(page, start(Memory(answers={"safe": "no"})))

    expect(page.locator("#danger")).to_contain_text("«Маған қауіп төніп тұр»")


def test_an_unfinished_appeal_and_a_wish_for_a_visit_are_said(page: Page, start: Start) -> None:
    unlock(page, start(Memory(answers={"unfinished": "1", "visit": "1", "way": "neither"})))

    expect(page.locator("#marks .warn")).to_have_count(2)
    expect(page.locator("#marks")).to_contain_text("Аяқталмаған")
    expect(page.locator("article")).to_contain_text("атын айтпай, пошта жәшігінсіз")
    expect(page.locator("article")).not_to_contain_text("Сұрақтарға жауаптар")


def test_the_earlier_appeal_opens_by_its_code(page: Page, start: Start) -> None:
    officer = start(Memory(answers={"adds_to": "1234 5678 9012 3456 7890 1234"}))
    officer.memory.codes["123456789012345678901234"] = "another-key"
    unlock(page, officer)
    page.get_by_role("button", name="Бұрынғы өтінішті ашу").click()

    page.wait_for_url("**/#appeal/another-key")


def test_a_code_that_is_nobodys_is_said_and_nothing_is_lost(page: Page, start: Start) -> None:
    unlock(page, start(Memory(answers={"adds_to": "1"})))
    page.get_by_role("button", name="Бұрынғы өтінішті ашу").click()

    expect(page.locator("#told")).not_to_be_empty()
    expect(page.locator("#written")).to_be_visible()


def test_a_cover_that_slipped_through_is_called_so(page: Page, start: Start) -> None:
    unlock(page, start(Memory(answers={"cover": "1"})))

    expect(page.locator("#marks h2")).to_have_text("Мұнда ештеңе жазылмаған")


# Word of the states


def test_a_mailbox_is_told_the_state_and_the_next_day_of_the_rules(
    page: Page, start: Start
) -> None:
    officer = start(Memory(mailbox=MAILBOX))
    due(officer)
    unlock(page, officer)

    [sent] = told(page, officer)
    read = unpack_reply(bytes(pyrage.decrypt(base64.b64decode(sent["sealed"]), [WRITER])))
    assert (sent["state"], sent["tag"]) == ("opened", reply_tag(TAGS, 1).hex())
    assert (read.kind, read.state, read.text, read.shown) == ("state", "opened", "", "safe")
    assert (read.language, read.next_day) == ("kk", NEXT_DAY)


def test_where_there_is_no_mailbox_the_desk_is_told_only_that(page: Page, start: Start) -> None:
    officer = start(Memory())
    due(officer)
    unlock(page, officer)

    assert told(page, officer) == [{"state": "opened", "tag": "", "sealed": ""}]


def test_what_this_key_does_not_open_is_left_to_colleagues(page: Page, start: Start) -> None:
    officer = start(Memory(mailbox=MAILBOX))
    due(officer)
    other = pyrage.x25519.Identity.generate().to_public()
    closed = bytes(pyrage.encrypt(b"x" * 4096, [other]))
    officer.memory.untold[0]["envelope"] = base64.b64encode(closed).decode()
    unlock(page, officer)

    assert told(page, officer) == []


def test_an_answer_carries_the_next_day_too(page: Page, start: Start) -> None:
    officer = start(Memory(mailbox=MAILBOX))
    unlock(page, officer)
    page.fill(f"#reply-{KEY}-text", "Дәрігер келеді.")
    page.select_option(f"#reply-{KEY}-shown", "safe")
    page.get_by_role("button", name="Мөрлеп жіберу").click()
    expect(page.locator("#told")).to_contain_text("жіберілді")

    [(_, sent)] = [each for each in officer.memory.posted if each[0] == "replies"]
    read = unpack_reply(bytes(pyrage.decrypt(base64.b64decode(sent["sealed"]), [WRITER])))
    assert (read.kind, read.text, read.next_day) == ("text", "Дәрігер келеді.", stand.DAY)
