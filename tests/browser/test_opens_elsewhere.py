"""What Chromium sealed opens with Debian's `age`, which shares no line with us."""

import base64
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from arasha.engines.sealing.payload import unpack_payload
from tests.engines.sealing.browser import serving
from tests.programs.mailboxes import mailbox_of

WORDS = "harbor tulip candle orange parcel habitat melon tapioca"
TOLD = "Мені күн сайын қоқан-лоққы жасайды."
SEAL = """async ([words, text]) => {
  const [{ deriveMailbox }, { sealAppeal }, { sealAttachment }, { packReply }, { sealTo }, { toBase64 }] = await Promise.all(
    ["mailbox", "sealing", "attaching", "correspondence", "sealing", "filing"].map((name) => import(`/shared/${name}.js`)),
  );
  const mailbox = await deriveMailbox(words.split(" "));
  const { recipient, tags, identity } = mailbox;
  const voice = await sealAttachment(new TextEncoder().encode("a voice"), "audio/webm", [recipient]);
  const { sealed: _sealed, ...attachment } = voice;
  const fields = { language: "kk", written_on: "2026-03-02", text, mailbox: { recipient, tags }, attachments: [attachment] };
  const { envelope } = await sealAppeal({ fields, recipients: [recipient] });
  const answer = { kind: "text", state: "", text: "Тыңдаймыз.", shown: "safe", language: "kk", next_day: "" };
  const reply = await sealTo([recipient], packReply(answer));
  return { identity, envelope: toBase64(envelope), voice: toBase64(voice.sealed), reply: toBase64(reply) };
}"""


@pytest.fixture(scope="module")
def made(chromium: Browser) -> Iterator[dict[str, Any]]:
    with serving("terminal", host="localhost") as address:
        page: Page = chromium.new_page()
        page.goto(address)
        yield page.evaluate(SEAL, [WORDS, TOLD])
        page.close()


def opened_by_age(file: str, folder: Path, *, identity: str) -> bytes:
    key = folder / "identity"
    key.write_text(identity)
    opening = subprocess.run(
        ["age", "--decrypt", "--identity", str(key)],
        input=base64.b64decode(file),
        capture_output=True,
        check=False,
    )
    return opening.stdout if opening.returncode == 0 else opening.stderr


def test_age_opens_an_appeal_an_attachment_and_a_reply(
    made: dict[str, Any], tmp_path: Path
) -> None:
    appeal, voice, reply = (
        opened_by_age(made[name], tmp_path, identity=made["identity"])
        for name in ("envelope", "voice", "reply")
    )

    assert unpack_payload(appeal).text == TOLD
    assert voice == b"a voice"
    assert "Тыңдаймыз.".encode() in reply


def test_age_opens_it_with_the_identity_that_python_makes_of_the_words(
    made: dict[str, Any], tmp_path: Path
) -> None:
    identity = mailbox_of(WORDS).identity

    assert opened_by_age(made["voice"], tmp_path, identity=identity) == b"a voice"


def test_age_opens_nothing_with_the_same_words_and_one_mistyped(
    made: dict[str, Any], tmp_path: Path
) -> None:
    identity = mailbox_of(WORDS.replace("melon", "lemon")).identity

    assert b"no identity matched" in opened_by_age(made["voice"], tmp_path, identity=identity)
