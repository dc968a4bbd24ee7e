"""Bags that leave the house: checked by the Library of Congress's own program, and a forged byte is refused."""

import datetime as dt
import tracemalloc
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import bagit
import pytest

from arasha.engines.documents.custody import CustodyAct, first_act
from arasha.papers.bags import BagError, BagItem, bag

DAY = dt.date(2024, 3, 7)
NOON = dt.datetime(2024, 3, 7, 12, tzinfo=dt.UTC)


def custody(content: bytes) -> list[CustodyAct]:
    digest = sha256(content).hexdigest()
    return [first_act(document="document:1", act="received", by="user:1", at=NOON, content=digest)]


def item(name: str, content: bytes) -> BagItem:
    return BagItem(name, lambda: BytesIO(content), custody(content))


ITEMS = [item("Хаттама ҚҢҒ.pdf", b"record"), item("../../etc/passwd", b"x"), item("a.txt", b"")]


def packed(items: list[BagItem] = ITEMS) -> bytes:
    law = {"answers": [{"value": "146.2"}], "pack_hash": "ab"}
    return b"".join(bag(items, identifier="case-12", made_on=DAY, law_answers=law))


def unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder / "case-12"


def test_another_program_finds_the_bag_whole(tmp_path: Path) -> None:
    found = bagit.Bag(str(unpacked(packed(), tmp_path)))

    found.validate()
    assert found.info["External-Identifier"] == "case-12"
    assert found.info["Payload-Oxum"] == "7.3"
    assert set(found.payload_entries()) == {"data/Хаттама ҚҢҒ.pdf", "data/passwd", "data/a.txt"}


@pytest.mark.parametrize(
    "name", ["data/passwd", "metadata/custody.json", "metadata/law.json", "bag-info.txt"]
)
def test_a_forged_byte_is_refused(name: str, tmp_path: Path) -> None:
    root = unpacked(packed(), tmp_path)
    forged = bytearray((root / name).read_bytes())
    forged[0] ^= 1
    (root / name).write_bytes(forged)

    with pytest.raises(bagit.BagError):
        bagit.Bag(str(root)).validate()


def test_equal_documents_are_an_equal_bag() -> None:
    assert packed() == packed(list(reversed(ITEMS)))


def test_a_document_that_is_not_what_its_custody_saw_never_leaves() -> None:
    other = BagItem("a.txt", lambda: BytesIO(b"other"), custody(b"first"))

    with pytest.raises(BagError, match="not those of its custody"):
        bag([other], identifier="case-12", made_on=DAY)


def test_a_broken_custody_never_leaves() -> None:
    broken = BagItem("a.txt", lambda: BytesIO(b"x"), custody(b"x") * 2)

    with pytest.raises(BagError, match="act 1 of its custody"):
        bag([broken], identifier="case-12", made_on=DAY)


def test_a_document_that_changes_while_it_is_sent_voids_the_bag() -> None:
    readings = iter([b"first", b"other"])
    changing = BagItem("a.txt", lambda: BytesIO(next(readings)))

    with pytest.raises(BagError, match="changed while"):
        list(bag([changing], identifier="case-12", made_on=DAY))


def test_a_film_is_never_in_memory(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(40_000_000))

    def opened() -> BinaryIO:
        return film.open("rb")

    tracemalloc.start()
    for _ in bag([BagItem("film.mp4", opened)], identifier="case-12", made_on=DAY):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000
