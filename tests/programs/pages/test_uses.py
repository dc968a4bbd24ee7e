"""Many uses, one end: whoever finds a slip, or looks at what the page asks for, learns nothing."""

import re
from collections import Counter

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from arasha.engines.notes import filing_code
from arasha.engines.sealing.filing import parse_filing
from arasha.engines.sealing.payload import BUCKETS, unpack_payload
from arasha.programs.words import LISTS
from tests.programs.pages.walking import (
    ACKNOWLEDGED,
    Terminal,
    answer,
    begin,
    filed,
    on_the_wire,
    opened,
    send,
    write_and_check,
)
from tests.programs.test_terminal_process import eventually

pytestmark = pytest.mark.browser

Wire = list[tuple[str, str, int]]
FEWEST, MOST = 4, 10  # pages from the choice of a use to its slip
LENGTHS = """async () => {
  const { stepsOf, usesOf } = await import("/static/uses.js");
  const token = document.querySelector("meta[name=arasha-token]").content;
  const { asks_danger: asksDanger, rights, help } = await (await fetch("/api/start", { headers: { "arasha-token": token } })).json();
  const lengths = {};
  for (const use of usesOf({ asksDanger })) for (const way of ["named", "mailbox", "neither"]) {
    const steps = stepsOf({ use, way, asksDanger, rights, help, directory: { duty: {} } });
    lengths[`${use} ${way}`] = steps.length - 2;
  }
  return lengths;
}"""


def read(page: Page, use: str) -> None:
    begin(page, use)
    while page.get_attribute("main", "data-step") != "finish":
        step = page.get_attribute("main", "data-step") or ""
        answer(page, step)
    answer(page, "finish")
    expect(page.locator(ACKNOWLEDGED)).to_be_visible()


def shape(wire: Wire) -> list[tuple[str, str]]:
    """Methods and addresses in their order; how often the slip looked again is only time."""
    found = [
        (method, path.replace("covers", "…").replace("appeals", "…")) for method, path, _ in wire
    ]
    return list(dict.fromkeys(found))


def sizes(posted: list[bytes]) -> set[int]:
    return {len(parse_filing(each).envelope) for each in posted}


@pytest.mark.parametrize("use", ["rights", "help"])
def test_reading_ends_in_a_slip_and_a_cover(use: str, page: Page, terminal: Terminal) -> None:
    read(page, use)

    eventually(lambda: terminal.world.inbox.covers)
    [cover] = [parse_filing(each) for each in terminal.world.inbox.covers]
    payload = unpack_payload(opened(cover.envelope))
    assert terminal.world.filed == []
    assert (payload.answers, payload.text.strip(".")) == ({"cover": "1"}, "")
    expect(page.locator("#code span")).to_have_count(6)


def test_a_reader_asks_the_program_for_the_same_as_a_writer(
    browser: Browser, terminal: Terminal
) -> None:
    seen = []
    for use in ("write", "rights"):
        page = browser.new_page()
        wire = on_the_wire(page)
        page.goto(terminal.url)
        if use == "write":
            write_and_check(page, "Мені ұрды")
            send(page)
        else:
            read(page, use)
        expect(page.locator(".qr")).to_have_js_property("complete", True)
        seen.append(shape(wire))
        page.close()

    assert seen[0] == seen[1]


DRAW = """async (number) => {
  const { coverLetters } = await import("/static/filing.js");
  return Array.from({ length: number }, coverLetters);
}"""
LONGEST = """() => {
  const draw = crypto.getRandomValues.bind(crypto);
  crypto.getRandomValues = (into) => (into instanceof Uint32Array ? into.fill(999_999) : draw(into));
}"""
BESIDE_THE_TEXT = 1_024  # bytes of the payload


def test_covers_come_in_every_size_that_a_text_has_and_are_mostly_short(page: Page) -> None:
    drawn = page.evaluate(DRAW, 4_000)

    sizes = Counter(
        next(size for size in BUCKETS if letters + BESIDE_THE_TEXT <= size) for letters in drawn
    )

    assert set(sizes) == set(BUCKETS)
    assert [size for size, _ in sizes.most_common()] == sorted(BUCKETS)


def test_the_longest_cover_arrives_like_any_other(page: Page, terminal: Terminal) -> None:
    page.evaluate(LONGEST)

    read(page, "help")

    eventually(lambda: terminal.world.inbox.covers)
    [cover] = [parse_filing(each) for each in terminal.world.inbox.covers]
    assert len(unpack_payload(opened(cover.envelope)).text) == 250_000


def test_the_slip_is_the_same_whatever_was_done(
    line: None, browser: Browser, terminal: Terminal
) -> None:
    slips = {}
    for use in ("danger", "write", "visit", "replies", "add", "rights", "help"):
        page = browser.new_page()
        page.goto(terminal.url)
        through(page, use)
        slips[use] = without_numbers(page.inner_html("main"))
        page.close()

    assert {use for use, slip in slips.items() if slip != slips["write"]} == set()


def through(page: Page, use: str) -> None:
    """A whole use, on the shortest way to its slip."""
    if use in ("rights", "help"):
        read(page, use)
    elif use == "replies":
        look_into_nothing(page)
    else:
        send_a_few_words(page, use)
    expect(page.locator(ACKNOWLEDGED)).to_be_visible()


def send_a_few_words(page: Page, use: str) -> None:
    begin(page, use)
    if use == "add":
        page.fill("#code-field", filing_code(bytes(32)))
        answer(page, "code")
    if use != "danger":
        page.click("main[data-step=body] .card >> nth=0")
        answer(page, "body")
    answer(page, "readers")
    page.fill("#text", "Мені ұрды")
    page.click("#partial")


def look_into_nothing(page: Page) -> None:
    begin(page, "replies")
    words = (LISTS / "kk.txt").read_text(encoding="utf-8").split()[:8]
    for number, word in enumerate(words):
        page.fill(f"#word-{number}", word)
    answer(page, "mailbox")
    page.wait_for_selector("main[data-step=replies]", timeout=30_000)
    answer(page, "replies")
    page.check("input[name=safe][value=yes]")
    answer(page, "safe")
    answer(page, "finish")


def test_the_uses_are_of_like_length(line: None, page: Page) -> None:
    """Who counts the touches from afar learns no more than that somebody was here."""
    lengths: dict[str, int] = page.evaluate(LENGTHS)

    assert len(lengths) == 7 * 3
    assert min(lengths.values()) >= FEWEST
    assert max(lengths.values()) <= MOST
    reading = [each for use, each in lengths.items() if use.startswith(("rights", "help"))]
    asking = [each for use, each in lengths.items() if use.startswith(("write", "danger"))]
    assert min(asking) <= max(reading)
    assert min(reading) <= max(asking)


def without_numbers(html: str) -> str:
    """What differs by chance: the code, the leaf and the signature."""
    html = re.sub(r'<pre class="promise.*?</pre>', "", html, flags=re.DOTALL)
    return re.sub(r"\d{4}</span>|[0-9a-f]{64}", "…", html)


def test_a_second_person_finds_nothing_of_the_first(page: Page, terminal: Terminal) -> None:
    write_and_check(page, "Бірінші адам")
    send(page)
    page.get_by_role("button", name="Дайын").click()
    expect(page.locator(".choice").first).to_be_visible()
    read(page, "rights")

    assert len(terminal.world.filed) == 1
    assert [appeal.text for _, appeal in filed(terminal)] == ["Бірінші адам"]


def test_rights_are_dated_and_a_draft_is_called_one(page: Page) -> None:
    begin(page, "rights")

    expect(page.locator("main")).to_contain_text("жоба")
    expect(page.locator("main")).to_contain_text("22.11.2026")
    expect(page.locator("main")).to_contain_text("Азаптауға қарсы конвенция")


def test_where_no_number_is_confirmed_none_is_shown(page: Page) -> None:
    page.click(".choice[lang=kk]")

    expect(page.locator(".phones")).to_contain_text("Расталған нөмір әзірге жоқ")
    assert not re.search(r"\d{2}", page.inner_text(".phones"))


def test_a_terminal_that_cannot_print_offers_no_printing(page: Page) -> None:
    def without_printing(route: Route) -> None:
        told = route.fetch()
        route.fulfill(response=told, json=told.json() | {"can_print": False})

    page.route("**/api/start", without_printing)
    page.reload()
    write_and_check(page, "by hand")
    send(page)

    expect(page.locator(".slip")).to_contain_text("Кодты жазып алыңыз.")
    expect(page.locator(".slip")).not_to_contain_text("басып шығар")
