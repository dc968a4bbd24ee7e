"""The mailbox in Chromium: words, what they become, and the replies that they open."""

import base64
import hashlib
import secrets
from collections.abc import Iterator
from typing import Any

import pyrage
import pytest
from playwright.sync_api import Browser, Page

from arasha.engines.sealing.correspondence import reply_tag
from tests.engines.sealing.browser import serving
from tests.programs.mailboxes import VECTORS, mailbox_of
from tests.programs.test_mailbox import words_of

pytestmark = pytest.mark.browser

MAILBOX = VECTORS[0]
CALL = """async ([module, name, ...given]) => {
  const script = await import(`/shared/${module}.js`);
  return script[name](...given).catch((error) => `${error.name} ${error.code}: ${error.message}`);
}"""
OPEN = """async ([mailbox, sealed]) => {
  const { openReplies } = await import("/shared/mailbox.js");
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return openReplies(mailbox, sealed.map(bytes));
}"""
PACK_REPLY = """async (fields) => {
  const { packReply } = await import("/shared/correspondence.js");
  return btoa(String.fromCharCode(...packReply(fields)));
}"""
ATTACH = """async ([length, recipients]) => {
  const { sealAttachment } = await import("/shared/attaching.js");
  const { toBase64 } = await import("/shared/filing.js");
  const made = await sealAttachment(new Uint8Array(length).fill(7), "audio/webm", recipients);
  return { ...made, sealed: toBase64(made.sealed) };
}"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    with serving("terminal", host="localhost") as address:
        opened = chromium.new_page()
        opened.goto(address)
        yield opened
        opened.close()


def call(page: Page, module: str, name: str, *given: object) -> Any:
    return page.evaluate(CALL, [module, name, *given])


def sealed(plaintext: bytes, recipient: str) -> bytes:
    return bytes(pyrage.encrypt(plaintext, [pyrage.x25519.Recipient.from_str(recipient)]))


def test_other_than_eight_words_are_refused_and_so_is_a_list_that_is_not_there(page: Page) -> None:
    assert "SealingError words:" in call(page, "mailbox", "deriveMailbox", ["one"] * 7)
    assert "SealingError words:" in call(
        page, "mailbox", "deriveMailbox", ["one two"] + ["one"] * 7
    )
    assert "SealingError no-list:" in call(page, "mailbox", "newWords", "xx")


def test_chromium_and_python_make_the_same_mailbox_of_every_vector(page: Page) -> None:
    for vector in VECTORS:
        made = call(page, "mailbox", "deriveMailbox", vector["words"].split())
        assert made | {"words": vector["words"]} == vector


def test_new_words_are_eight_of_the_list_and_are_drawn_anew(page: Page) -> None:
    first, second = (call(page, "mailbox", "newWords", "en") for _ in range(2))

    assert first != second
    assert [len(first), {*first, *second} - {*words_of("en")}] == [8, set()]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        ("tapi", ["tapioca"]),
        (" TAPI ", ["tapioca"]),
        ("tapiorca", ["tapioca"]),
        ("xxxx", []),
    ],
)
def test_four_letters_suggest_the_word_and_a_slip_after_them_does_no_harm(
    page: Page, typed: str, found: list[str]
) -> None:
    assert call(page, "mailbox", "suggest", typed, "en") == found
    assert call(page, "mailbox", "wordFor", typed, "en") == (found[0] if found else None)


def test_kazakh_words_are_found_from_a_russian_keyboard(page: Page) -> None:
    assert call(page, "mailbox", "suggest", "шанырак", "kk") == ["шаңырақ"]
    assert call(page, "mailbox", "wordFor", "Жанбыр", "kk") == "жаңбыр"
    assert call(page, "mailbox", "wordFor", "майка", "ru") == "майка"


def test_a_few_letters_suggest_some_words_and_are_none_yet(page: Page) -> None:
    found = call(page, "mailbox", "suggest", "ta", "en")

    assert found == [word for word in words_of("en") if word.startswith("ta")][:6]
    assert call(page, "mailbox", "wordFor", "ta", "en") is None


def test_tags_are_those_of_the_readers_replies(page: Page) -> None:
    tags = call(page, "mailbox", "tagsOf", MAILBOX["tags"])

    secret = bytes.fromhex(MAILBOX["tags"])
    assert tags == [reply_tag(secret, number).hex() for number in range(64)]


def test_replies_are_found_among_noise_and_among_those_of_others(page: Page) -> None:
    fields = {"text": "Біз сізге жауап береміз.", "shown": "safe", "language": "kk"}
    fields |= {"kind": "text", "state": "", "next_day": ""}
    packed = base64.b64decode(page.evaluate(PACK_REPLY, fields))
    mine, other = MAILBOX["recipient"], mailbox_of("other words").recipient
    files = [sealed(packed, other), sealed(packed, mine), b"", sealed(b"of later days", mine)]
    files += [secrets.token_bytes(len(files[0])) for _ in range(60)]

    opened = page.evaluate(OPEN, [MAILBOX, [base64.b64encode(file).decode() for file in files]])
    first, strange = opened
    assert first.items() >= {**fields, "number": 1}.items()
    assert strange == {"number": 3, "unreadable": True}


def test_a_reply_of_the_first_form_still_opens(page: Page) -> None:
    text = '{"language":"ru","shown":"in_person","text":"Придём.","v":"arasha reply v1"}'
    file = sealed(text.encode().ljust(8192, b"\0"), MAILBOX["recipient"])

    (opened,) = page.evaluate(OPEN, [MAILBOX, [base64.b64encode(file).decode()]])
    assert (opened["text"], opened["shown"], opened["number"]) == ("Придём.", "in_person", 0)


def test_an_attachment_opens_elsewhere_and_its_claim_is_that_of_the_sealed_file(page: Page) -> None:
    identity = pyrage.x25519.Identity.generate()

    made = page.evaluate(ATTACH, [200_000, [str(identity.to_public())]])
    file = base64.b64decode(made["sealed"])
    assert pyrage.decrypt(file, [identity]) == bytes([7]) * 200_000
    assert (made["size"], made["sha256"]) == (len(file), hashlib.sha256(file).hexdigest())
    assert made["media_type"] == "audio/webm"


@pytest.mark.parametrize(("bytes_", "media_type"), [([], "audio/webm"), ([1], "audio/webm;x=1")])
def test_nothing_and_a_foreign_kind_are_no_attachment(
    page: Page, bytes_: list[int], media_type: str
) -> None:
    refused = call(page, "attaching", "sealAttachment", bytes_, media_type, [MAILBOX["recipient"]])

    assert refused.startswith("SealingError attachment:")
