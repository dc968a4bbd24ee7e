"""What lies on the medium that comes to the offline machine: appeals sealed to the office key too."""

import datetime as dt
import secrets

from arasha.engines.notes import filing_code
from arasha.engines.sealing import Appeal, Card, pack_card, pack_payload, record_digest, split
from arasha.engines.sealing.age import randomness_bytes, seal
from arasha.engines.translog import commitment, leaf, leaf_hash
from arasha.programs.officekey.sheets import Key
from tests.programs import stand

KEY = Key(bytes(range(32)))
MARKER = "Белгі-4411: екеуі ұрды"


def sealed_appeal(text: str = MARKER, *, key: Key = KEY) -> tuple[str, bytes]:
    """Return the filing code and the envelope of an appeal to two officers and the office `key`."""
    salt = secrets.token_bytes(32)
    day = dt.date(2026, 3, 2)
    plaintext = pack_payload(Appeal(salt=salt, language="kk", written_on=day, text=text))
    envelope = _sealed(plaintext, key)
    entry = leaf("event", commitment(salt, record_digest(*split(envelope))))
    return filing_code(leaf_hash(entry)), envelope


def sealed_card(*, key: Key = KEY) -> bytes:
    """Return a sealed title card, to the same people."""
    return _sealed(pack_card(Card(digest=bytes(32), title=MARKER, language="kk")), key)


def _sealed(plaintext: bytes, key: Key) -> bytes:
    recipients = [*(str(each.to_public()) for each in stand.IDENTITIES[:2]), key.recipient]
    randomness = secrets.token_bytes(randomness_bytes(len(recipients)))
    return seal(plaintext, recipients=recipients, randomness=randomness)
