"""A name that few may open, and word of a state: from a sealed filing through the real doors to the writer's own mailbox."""

import base64
import datetime as dt
import secrets
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pyrage
from playwright.sync_api import Browser, Page, expect

from arasha.appeals.buckets import MOST_REPLIES, PLACE_BYTES, unpacked
from arasha.engines import sealing
from arasha.engines.notes import filing_code
from arasha.engines.sealing.correspondence import Reply
from arasha.engines.translog import leaf_hash
from arasha.wire import keyfile
from arasha.wire.client import Client
from arasha.worlds.sealing import sealed, sealed_filing
from tests.browser import walking
from tests.browser.doors import Doors

WRITER = pyrage.x25519.Identity.generate()
TAGS = secrets.token_bytes(32)
NAME = "Белгі-есім-8814"
TODAY = dt.datetime.now(dt.UTC).date()
TEXT = "Белгі-мәтін-8815 Мені ұрды."


def test_a_name_opens_apart_and_the_mailbox_hears_how_far_the_appeal_is(
    chromium: Browser, doors: Doors, picture: Callable[[Page, str, str], Path]
) -> None:
    look = walking.looking(picture, "kk")
    code = file_with_name_and_mailbox(doors)
    with walking.people(chromium, doors, "kk") as come:
        officer = come(walking.OFFICER)
        with officer.expect_response(lambda answer: answer.url.endswith("/told")) as kept:
            open_it(officer, doors, code)
        expect(officer.locator("#writer dd").first).to_have_text(NAME)
        look(officer, "62-reader-name")

    assert kept.value.status == 201
    told = in_the_mailbox(doors)
    assert (told.kind, told.state, told.shown, told.text) == ("state", "opened", "safe", "")
    assert told.next_day and told.next_day > TODAY


def file_with_name_and_mailbox(doors: Doors) -> str:
    """As a terminal does: the text to the body's set, the name to the smaller one. Returns the code."""
    name = sealed(
        sealing.pack_identity(sealing.Writer(NAME, "")),
        to=the_set("ombudsperson-names", doors).keys,
    )
    digest = sha256(name).hexdigest()
    posted = sealed_filing(
        text=TEXT,
        language="kk",
        place="DEMO-1",
        written_on=TODAY,
        recipients=the_set("ombudsperson", doors),
        attachments=(sealing.Attachment(digest, len(name), sealing.IDENTITY_TYPE),),
        mailbox=sealing.Mailbox(str(WRITER.to_public()), TAGS),
    )
    filing = sealing.parse_filing(posted)
    code = filing_code(leaf_hash(filing.leaf.encode()))
    post(doors, "/v1/envelopes", posted)
    post(doors, f"/v1/attachments/{code}/{digest}", name, of=filing.envelope)
    return code


def the_set(body: str, doors: Doors) -> sealing.RecipientSet:
    [file] = (doors.var / "demo" / "trust" / "targets" / "sets" / body).glob("*.txt")
    return sealing.parse_text(file.read_text())


def post(doors: Doors, path: str, body: bytes, *, of: bytes = b"") -> None:
    """A request that the demo's terminal signed (docs/reference/gateway.md)."""
    device = keyfile.read_device(doors.var / "demo" / "terminal" / "device.json")
    said = f"arasha request v1\nPOST {path}\n{sha256(body).hexdigest()}".encode()
    headers = {
        "Arasha-Device": device.key,
        "Arasha-Signature": base64.b64encode(device.signer.sign(said)).decode(),
        "Arasha-Envelope": sha256(of).hexdigest(),
        "Content-Type": "application/octet-stream",
    }
    answer = Client(doors.address("gateway")).ask("POST", path, body=body, headers=headers)
    assert answer.status == 202, answer.body


def open_it(page: Page, doors: Doors, code: str) -> None:
    page.goto(f"{doors.address('desk')}/appeals/?q={code}")
    page.click("table a")
    page.click("form[action$='/open/'] button")
    page.wait_for_selector("#demo-key")
    page.select_option("#demo-key", label=walking.officer_option(page))
    page.click(".panel:has(#demo-key) button")
    expect(page.locator("#verdict.sure")).to_be_visible()
    page.get_by_role("button", name="Атын ашу").click()


def in_the_mailbox(doors: Doors) -> Reply:
    """What the writer finds on the public door under the first tag of their mailbox."""
    tag = sealing.reply_tag(TAGS, 0)
    public = Client(doors.address("public"))
    bucket = public.ask("GET", f"/mailbox/{tag.hex()[:3]}", most_bytes=MOST_REPLIES * PLACE_BYTES)
    found = dict(unpacked(bucket.body))
    return sealing.unpack_reply(bytes(pyrage.decrypt(found[tag], [WRITER])))
