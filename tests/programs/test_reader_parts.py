"""Text, title card and attachments are sealed apart: whoever is added opens all of them."""

import base64
from hashlib import sha256
from typing import Any

import pyrage
import pytest
from playwright.sync_api import Page, expect

from arasha.engines.sealing import Attachment
from tests.programs import stand
from tests.programs.desk import Lying
from tests.programs.reading import Reader, demo_identity, header_for, open_appeal, open_inbox

pytestmark = pytest.mark.browser

MARKER = "Белгі-3306: екеуі ұрды"


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def add_readers(page: Page) -> None:
    page.click("#readers summary")
    page.check("#compared")
    page.get_by_role("button", name="Қосу").click()


def with_a_paper(reader: Reader, **fields: Any) -> tuple[Lying, str]:
    """An appeal with its card and one attachment, and the attachment's name."""
    sealed = bytes(pyrage.encrypt(b"paper", [each.to_public() for each in stand.IDENTITIES]))
    name = sha256(sealed).hexdigest()
    named = (Attachment(name, len(sealed), "text/plain"),)
    lying = Lying(stand.sealed_filing(MARKER, attachments=named), **fields)
    lying.attachments[name] = sealed
    reader.desk.lying[lying.key] = lying
    return lying, name


def test_one_act_opens_text_title_and_attachments_to_who_was_added(
    officer: Page, reader: Reader
) -> None:
    joined = str(pyrage.x25519.Identity.from_str(demo_identity(reader, 1)).to_public())
    lying, name = with_a_paper(reader, changes={"recipients": [joined]})
    open_appeal(officer, reader, lying.key)
    add_readers(officer)
    expect(officer.locator("#told")).to_contain_text("Оқитындар қосылды")

    [sent] = reader.desk.bodies("/headers")
    assert {each["part"] for each in sent["headers"]} == {"text", "card", name}
    open_inbox(officer, reader, "1")
    expect(officer.locator("#inbox a")).to_have_text(MARKER)
    open_appeal(officer, reader, lying.key, "1")
    officer.locator("#attachments .paper > button").click()
    expect(officer.locator("#attachments .acts button")).to_be_visible()
    assert officer.locator("article .alarm").count() == 0


def test_a_part_that_the_officer_cannot_open_is_told_and_the_others_are_added(
    officer: Page, reader: Reader
) -> None:
    lying, name = with_a_paper(reader)
    lying.attachments[name] = bytes(
        pyrage.encrypt(b"swapped", [pyrage.x25519.Identity.generate().to_public()])
    )
    open_appeal(officer, reader, lying.key)
    add_readers(officer)

    expect(officer.locator("#told")).to_contain_text("1 бөлікті")
    [sent] = reader.desk.bodies("/headers")
    assert [each["part"] for each in sent["headers"]] == ["text", "card"]


def test_a_false_seal_of_a_title_or_an_attachment_is_told_and_the_first_one_opens(
    officer: Page, reader: Reader
) -> None:
    lying, name = with_a_paper(reader)
    evil = b64(header_for(bytes(1024), str(stand.IDENTITIES[0].to_public())))
    for part in ("card", name):
        lying.add_header(part, evil)
    open_inbox(officer, reader)
    expect(officer.locator("#inbox a")).to_have_text(MARKER)
    expect(officer.locator("#inbox .alarm")).to_contain_text("жалған")

    open_appeal(officer, reader, lying.key)
    officer.locator("#attachments .paper > button").click()
    expect(officer.locator("#attachments .alarm")).to_contain_text("жалған")
    expect(officer.locator("#attachments .acts button")).to_be_visible()


def test_a_place_is_called_by_its_name(officer: Page, reader: Reader) -> None:
    reader.desk.places = [{"code": "PRISON-1", "name": "№ 1 мекеме"}]
    lying = Lying(stand.sealed_filing(MARKER, place="PRISON-1"))
    reader.desk.lying[lying.key] = lying
    open_inbox(officer, reader)
    expect(officer.locator("#inbox .hint")).to_contain_text("№ 1 мекеме")

    officer.goto(f"{reader.url}#appeal/{lying.key}")
    expect(officer.locator("article .facts")).to_contain_text("№ 1 мекеме")
