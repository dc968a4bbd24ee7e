"""An officer's own reader at the desk. It opens with pyrage, so that nothing here believes our own sealing."""

import base64
from collections.abc import Mapping
from typing import Any

import pyrage

from arasha.engines import sealing
from arasha.engines.translog import commitment, leaf, leaf_hash
from arasha.people.models import User
from tests.appeals.reader import Reader, reader_of
from tests.walk import identities

Letter = tuple[bytes, str]  # the leaf that only this salt and this envelope have, and the text


def letters(officer: User, *, only_new: bool) -> list[Letter]:
    """What the reader opens in a session of its own: errand, title cards, and each appeal behind them."""
    reader = reader_of(officer)
    status, page = reader.get("cards", state="all")
    assert (status, page["next"]) == (200, None), page
    return [
        _opened(reader, card)
        for card in page["cards"]
        if card["state"] == "received" or not only_new
    ]


def _opened(reader: Reader, card: Mapping[str, Any]) -> Letter:
    status, whole = reader.get(f"appeals/{card['appeal']}")
    assert status == 200, whole
    envelope = base64.b64decode(whole["envelope"])
    written = sealing.unpack_payload(_decrypted(envelope))
    digest = sealing.record_digest(*sealing.split(envelope))
    entry = leaf("event", commitment(written.salt, digest))
    title = sealing.unpack_card(_decrypted(base64.b64decode(card["card"])))
    assert whole["leaf"] == entry.decode()
    assert (title.digest, title.title) == (digest, sealing.title_of(written.text))
    return leaf_hash(entry), written.text


def _decrypted(sealed: bytes) -> bytes:
    return bytes(pyrage.decrypt(sealed, [identities()[0]]))
