"""Taking an appeal out: a bag that other people's tools open and check."""

import io
import tarfile
from pathlib import Path

import bagit
import pyrage
import pytest
from playwright.sync_api import Page, expect

from tests.programs import stand
from tests.programs.reader_work import samples
from tests.programs.reader_work.conftest import Start, unlock
from tests.programs.reader_work.desk import MARKER, OFFICER, Memory

pytestmark = pytest.mark.browser

FRIEND = pyrage.x25519.Identity.generate()
PAPERS = [(samples.PHOTO, "image/jpeg"), (samples.paper(), "application/pdf")]


def export(page: Page, keys: str = "") -> bytes:
    page.locator("#bag summary").click()
    page.fill("#bag-keys", keys)
    with page.expect_download() as saved:
        page.locator("#bag button").click()
    assert saved.value.suggested_filename.endswith(".tar.age")
    return Path(saved.value.path()).read_bytes()


def unpack(sealed: bytes, identity: pyrage.x25519.Identity, folder: Path) -> Path:
    opened = pyrage.decrypt(sealed, [identity])
    with tarfile.open(fileobj=io.BytesIO(opened)) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.iterdir())


def test_a_key_that_is_none_saves_nothing_and_keeps_what_was_typed(
    page: Page, start: Start
) -> None:
    unlock(page, start(Memory()))
    page.locator("#bag summary").click()
    page.fill("#bag-keys", "age1nonsense")
    page.locator("#bag button").click()

    expect(page.locator("#told")).to_contain_text("Ештеңе сақталған жоқ")
    expect(page.locator("#bag-keys")).to_have_value("age1nonsense")


def test_a_bag_is_whole_by_the_librarians_own_tool(
    page: Page, start: Start, tmp_path: Path
) -> None:
    officer = start(Memory(attachments=PAPERS, proof="c2sp.org/tlog-proof@v1\n"))
    unlock(page, officer)
    sealed = export(page, str(FRIEND.to_public()))
    folders = [
        unpack(sealed, each, tmp_path / name) for name, each in (("a", OFFICER), ("b", FRIEND))
    ]

    for folder in folders:
        bag = bagit.Bag(str(folder))
        assert bag.is_valid()
        assert bag.info["External-Identifier"] == officer.memory.code
    data = folders[0] / "data"
    assert MARKER in (data / "appeal.txt").read_text()
    assert (data / "envelope.age").read_bytes() == officer.memory.envelope
    assert (data / "leaf.txt").read_text() == officer.memory.leaf
    assert (data / "receipt.tlog-proof").read_text().startswith("c2sp.org/tlog-proof")
    assert (data / "attachments" / "1.jpg").read_bytes() == samples.PHOTO
    assert (data / "attachments" / "2.pdf").read_bytes() == samples.paper()


def test_a_bag_that_somebody_changed_is_found(page: Page, start: Start, tmp_path: Path) -> None:
    unlock(page, start(Memory()))
    folder = unpack(export(page), OFFICER, tmp_path / "bag")
    (folder / "data" / "appeal.txt").write_text("something else\n")

    assert not bagit.Bag(str(folder)).is_valid()


def test_nobody_else_opens_the_bag_and_it_is_never_saved_in_the_clear(
    page: Page, start: Start
) -> None:
    unlock(page, start(Memory()))
    sealed = export(page)

    assert MARKER.encode() not in sealed
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [stand.IDENTITIES[1]])


def test_a_bag_without_what_has_not_arrived_says_so(page: Page, start: Start) -> None:
    unlock(page, start(Memory(attachments=PAPERS, late=True)))
    export(page)

    expect(page.locator("#told")).to_contain_text("әлі келмеген қосымшалар (2)")


def test_the_archive_is_plain_to_tar_and_holds_no_name_of_this_machine(
    page: Page, start: Start
) -> None:
    unlock(page, start(Memory(attachments=PAPERS)))
    opened = pyrage.decrypt(export(page), [OFFICER])
    with tarfile.open(fileobj=io.BytesIO(opened)) as archive:
        members = archive.getmembers()

    assert {(each.uid, each.gid, each.uname, each.mtime, each.mode) for each in members} == {
        (0, 0, "", 0, 0o600)
    }
    assert len(opened) % 512 == 0
