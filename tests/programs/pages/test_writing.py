"""Writing to a body: what a person sees, and that nothing they wrote is lost on the way."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from arasha.engines.sealing import Writer, unpack_identity
from tests.programs.pages.walking import (
    ACKNOWLEDGED,
    Terminal,
    answer,
    begin,
    filed,
    go_to_writing,
    opened,
    say_no_danger,
    send,
    write,
    write_and_check,
)
from tests.programs.test_terminal_process import eventually

pytestmark = pytest.mark.browser

LEAF_AND_ENVELOPE = 64  # bytes before a sealed file in what the channel carries
MARKER = "Бұл-белгі-7261 ешкімге көрінбеуі тиіс"


# Refusals


def test_nothing_said_at_all_is_told_before_one_goes_on(page: Page) -> None:
    go_to_writing(page)
    page.fill("#text", "   ")
    answer(page, "write")
    answer(page, "adding")

    expect(page.locator("#problem")).to_contain_text("ештеңе жазылған жоқ")


def test_what_is_longer_than_an_envelope_is_told_beside_the_field(page: Page) -> None:
    go_to_writing(page)
    page.fill("#text", "ұ" * 125_000)
    answer(page, "write")

    expect(page.locator("#problem")).to_contain_text("тым ұзын")
    expect(page.locator("#text")).to_be_focused()


def test_without_a_name_a_body_that_needs_one_is_not_written_to(
    prosecutor: None, page: Page
) -> None:
    """An unnamed message opens no case: the page says so before anything is sealed."""
    page.click(".choice[lang=en]")
    page.click("[data-use=write]")
    page.click("text=The prosecutor")
    answer(page, "body")
    answer(page, "readers")
    page.fill("#text", "It was the inspector.")
    answer(page, "write")
    answer(page, "adding")
    say_no_danger(page)
    page.check("input[value=neither]")
    answer(page, "way")

    expect(page.locator("#problem")).to_contain_text("Without a name this body can begin nothing")
    page.check("input[value=named]")
    page.fill("#name", "A. B.")
    answer(page, "way")
    expect(page.locator(".summary")).to_contain_text("A. B.")


def test_a_program_that_is_gone_loses_no_word(page: Page, terminal: Terminal) -> None:
    write_and_check(page, MARKER)
    page.route("**/api/appeals", lambda route: route.abort())
    answer(page, "check")

    expect(page.locator("#problem")).to_contain_text("Терминал жауап бермей тұр")
    expect(page.locator(".written")).to_have_text(MARKER)
    page.unroute("**/api/appeals")
    answer(page, "check")
    expect(page.locator("#code span")).to_have_count(6)


@pytest.mark.parametrize(
    ("problem", "told"), [("no_room", "орын қалмады"), ("never heard of", "Мөрлеу мүмкін болмады")]
)
def test_a_refusal_is_a_calm_sentence_and_keeps_the_words(
    problem: str, told: str, page: Page
) -> None:
    write_and_check(page, MARKER)
    refusal = f'{{"problem": "{problem}"}}'
    page.route("**/api/appeals", lambda route: route.fulfill(status=507, body=refusal))
    answer(page, "check")

    expect(page.locator("#problem")).to_contain_text(told)
    expect(page.locator(".written")).to_have_text(MARKER)


def test_a_program_that_was_started_anew_meanwhile_takes_the_words(
    page: Page, terminal: Terminal
) -> None:
    write_and_check(page, MARKER)
    with terminal.started_anew():
        send(page)

    assert [appeal.text for _, appeal in filed(terminal)] == [MARKER]


def test_a_lost_answer_and_a_second_touch_are_one_filing(page: Page, terminal: Terminal) -> None:
    sent: list[str | None] = []

    def lose_answer(route: Route) -> None:
        sent.append(route.request.post_data)
        route.fetch()
        route.abort()

    write_and_check(page, "once")
    page.route("**/api/appeals", lose_answer, times=1)
    answer(page, "check")
    expect(page.locator("#problem")).not_to_be_empty()
    send(page)

    assert [posted.decode() for posted in terminal.world.filed] == sent


def test_a_double_click_is_one_filing(page: Page, terminal: Terminal) -> None:
    write_and_check(page, "once")
    page.dblclick("main[data-step=check] [type=submit]")

    expect(page.locator(ACKNOWLEDGED)).to_be_visible()
    assert len(terminal.world.filed) == 1


def test_a_gateway_that_is_down_is_told_and_caught_up_with(page: Page, terminal: Terminal) -> None:
    write_and_check(page, "later")
    terminal.world.mood = "forgetful"
    answer(page, "check")
    expect(page.locator("#state")).to_contain_text("Ештеңе жоғалған жоқ")
    again = page.get_by_role("button", name="Қайта жіберу")
    expect(again).to_be_visible()

    terminal.world.mood = "well"
    again.click()
    expect(page.locator(ACKNOWLEDGED)).to_be_visible()
    assert len(terminal.world.filed) == 1


def test_a_list_of_readers_that_changed_asks_again_and_keeps_the_words(page: Page) -> None:
    refusal = '{"problem": "set_unknown"}'
    write_and_check(page, MARKER)
    page.route("**/api/appeals", lambda route: route.fulfill(status=409, body=refusal), times=1)
    answer(page, "check")

    expect(page.locator("#problem")).to_contain_text("қайта таңдаңыз")
    page.get_by_role("button", name="Артқа").click()
    page.click("main[data-step=body] .card >> nth=0")
    answer(page, "body")
    answer(page, "readers")
    expect(page.locator("#text")).to_have_value(MARKER)


# What is there


def test_back_keeps_the_words_and_after_filing_only_the_slip_is_left(
    page: Page, terminal: Terminal
) -> None:
    write_and_check(page, MARKER)
    for _ in range(4):
        page.go_back()
    expect(page.locator("#text")).to_have_value(MARKER)
    for _ in range(4):
        page.go_forward()
    send(page)

    page.go_back()

    expect(page.locator("#code")).to_be_visible()
    assert MARKER not in page.content()
    assert len(terminal.world.filed) == 1


def test_two_tabs_file_two_appeals_apart(browser: Browser, terminal: Terminal) -> None:
    context = browser.new_context()
    tabs = [context.new_page(), context.new_page()]
    for number, tab in enumerate(tabs):
        tab.bring_to_front()  # Chromium draws once a second what nobody sees
        tab.goto(terminal.url)
        write_and_check(tab, f"tab {number}")
    for tab in tabs:
        tab.bring_to_front()
        send(tab)
    context.close()

    assert {appeal.text for _, appeal in filed(terminal)} == {"tab 0", "tab 1"}


def test_what_there_is_can_be_sent_before_the_end(page: Page, terminal: Terminal) -> None:
    go_to_writing(page)
    page.fill("#text", "Біреу келе жатыр")
    page.click("#partial")
    expect(page.locator(ACKNOWLEDGED)).to_be_visible()

    [(_, appeal)] = filed(terminal)
    assert (appeal.text, appeal.answers) == ("Біреу келе жатыр", {"unfinished": "1"})


def test_nothing_is_not_sent_as_what_there_is(page: Page, terminal: Terminal) -> None:
    go_to_writing(page)
    page.click("#partial")

    expect(page.locator("#problem")).to_contain_text("ештеңе жазылған жоқ")


def test_an_appeal_is_added_to_by_its_code(page: Page, terminal: Terminal) -> None:
    write_and_check(page, "first")
    send(page)
    code = page.inner_text("#code").replace("\n", " ")
    page.goto(terminal.url)
    page.click(".choice[lang=kk]")
    page.click("[data-use=add]")
    page.fill("#code-field", code[:-1] + ("1" if code[-1] != "1" else "2"))
    answer(page, "code")
    expect(page.locator("#problem")).to_contain_text("24 цифр")
    page.fill("#code-field", code)
    answer(page, "code")
    page.click("main[data-step=body] .card >> nth=0")
    answer(page, "body")
    answer(page, "readers")
    page.fill("#text", "second")
    page.click("#partial")
    expect(page.locator(ACKNOWLEDGED)).to_be_visible()

    assert filed(terminal)[1][1].answers["adds_to"] == code.replace(" ", "")


def test_a_visit_is_asked_for_in_the_appeal(page: Page, terminal: Terminal) -> None:
    go_to_writing(page, use="visit")
    page.fill("#text", "Келіп сөйлесіңіз")
    answer(page, "write")
    say_no_danger(page)
    page.check("input[value=neither]")
    answer(page, "way")
    send(page)

    [(_, appeal)] = filed(terminal)
    assert appeal.answers == {"visit": "1", "way": "neither"}


def test_a_name_is_sealed_apart_to_fewer_people(
    names: None, page: Page, terminal: Terminal
) -> None:
    write(page, "with a name")
    say_no_danger(page)
    page.check("input[value=named]")
    page.fill("#name", "Асан Үсенов")
    page.fill("#contact", "3-камера")
    answer(page, "way")
    send(page)

    [(_, appeal)] = filed(terminal)
    [identity] = appeal.attachments
    assert appeal.answers == {"way": "named"}
    assert identity.media_type == "application/vnd.arasha.identity+json"
    eventually(lambda: terminal.world.inbox.files)
    said = opened(terminal.world.inbox.files[identity.sha256][LEAF_AND_ENVELOPE:])
    assert unpack_identity(said) == Writer("Асан Үсенов", "3-камера")


def test_the_whole_keyboard_stands_above_the_buttons_of_a_small_screen(page: Page) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    go_to_writing(page)
    keys, buttons = page.locator(".keys").bounding_box(), page.locator(".acts").bounding_box()

    assert keys and buttons
    assert keys["y"] + keys["height"] <= buttons["y"]


def test_the_proof_comes_to_the_slip(page: Page, terminal: Terminal) -> None:
    write_and_check(page, "proved")
    send(page)
    expect(page.locator("#promise")).to_contain_text("кешікпей болуы тиіс")
    terminal.world.publish()

    expect(page.locator(".state--proved")).to_be_visible()
    expect(page.locator("#promise")).to_contain_text("журналда қалуы тиіс")
    expect(page.locator("#promise")).not_to_contain_text("кешікпей")
    expect(page.locator(".qr")).to_have_js_property("complete", True)
    page.emulate_media(media="print")
    expect(page.locator(".promise")).to_contain_text("arasha/promise/v1")
    expect(page.locator("#leave")).to_be_hidden()


def test_a_terminal_that_still_reads_what_came_down_goes_on_by_itself(page: Page) -> None:
    refusal = '{"problem": "no_bodies"}'
    page.route("**/api/bodies", lambda route: route.fulfill(status=503, body=refusal))
    begin(page, "write")
    expect(page.locator("main[data-step=body] .lead")).to_contain_text("Терминал дайындалып жатыр")
    expect(page.locator("h1")).to_have_text("Күте тұрыңыз…")

    page.unroute("**/api/bodies")

    expect(page.locator("main[data-step=body] .card").first).to_be_visible()
