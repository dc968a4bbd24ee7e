"""The leaf in the log of each file of the root of trust, which everybody can compute."""

from hashlib import sha256

from arasha.engines.translog import leaf
from arasha.wire.trust import names

KINDS = {
    f".{names.BODY}": "recipients",
    names.SETS: "recipients",
    f".{names.IMAGES}.": "image",
    f"targets/{names.KIOSK}": "image",
}


def leaf_of(*, name: str, content: bytes) -> bytes:
    """The entry for a file by the name under which it is served: unsalted."""
    committed = sha256(f"arasha trust v1\n{name}\n".encode() + content).digest()
    return leaf(next((kind for part, kind in KINDS.items() if part in name), "policy"), committed)
