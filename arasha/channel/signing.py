"""The gateway's key: what it signs is a receipt for a bundle, the directory, or a word on a filing."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from arasha.engines.notes import SignerKey

NAME = "ack"


def gateway_key() -> SignerKey:
    """Read once in a process."""
    return _key(settings.ARASHA_KEYS_DIR / NAME)


@lru_cache(maxsize=4)
def _key(path: Path) -> SignerKey:
    return SignerKey.parse(path.read_text().strip())
