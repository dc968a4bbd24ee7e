"""What the gateway signs for every filing: the leaf and the day, never the minute."""

import base64
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from arasha.appeals.services import Filed
from arasha.engines.notes import SignerKey, sign

TITLE = "arasha/ack/v1"


def acknowledge(filed: Filed) -> str:
    """A signed note: the same text for the same filing, whenever it is asked again."""
    leaf = base64.b64encode(filed.leaf_hash).decode()
    text = f"{TITLE}\n{leaf}\nreceived {filed.received_day.isoformat()}\n"
    return str(sign(text, [_key(settings.ARASHA_KEYS_DIR / "ack")]))


@lru_cache(maxsize=4)
def _key(path: Path) -> SignerKey:
    return SignerKey.parse(path.read_text().strip())
