"""What a terminal posts: the recipient set's name, the leaf, the envelope and its title card."""

import base64
import binascii
import json
import re
from dataclasses import dataclass

from arasha.engines.notes import canonical_json
from arasha.engines.sealing.errors import FilingError
from arasha.engines.sealing.names import NAME

VERSION = 2
# The largest envelope and card with the most recipients of the largest kind, in base64, fit.
MOST_BYTES = 640 * 1024
LEAF = re.compile(r"arasha/v1\nevent\n[0-9a-f]{64}")
FIELDS = {"v", "set", "leaf", "envelope", "card"}
TEXTS = FIELDS - {"v"}


@dataclass(frozen=True, slots=True)
class Filing:
    """`set_id` names the recipient set, `leaf` is the log's entry, `envelope` and `card` age files."""

    set_id: str
    leaf: str
    envelope: bytes
    card: bytes


def build_filing(filing: Filing) -> bytes:
    """Return the canonical JSON that is posted. Raises FilingError for a field out of form."""
    content = {
        "v": VERSION,
        "set": filing.set_id,
        "leaf": filing.leaf,
        "envelope": base64.b64encode(filing.envelope).decode(),
        "card": base64.b64encode(filing.card).decode(),
    }
    check_content(content)
    posted = canonical_json(content)
    check_length(posted)
    return posted


def parse_filing(posted: bytes) -> Filing:
    """Return the filing in `posted`, which must be exactly what `build_filing` writes.

    The forms of the two age files are checked by `check_envelope` and `check_card`. Raises
    FilingError.
    """
    check_length(posted)
    try:
        content = json.loads(posted)
    except (ValueError, RecursionError) as error:
        raise FilingError(f"the filing is not JSON: {error}") from error
    check_content(content)
    envelope, card = decode(content["envelope"]), decode(content["card"])
    filing = Filing(content["set"], content["leaf"], envelope, card)
    if build_filing(filing) != posted:
        raise FilingError("the filing is not in canonical JSON, or not in canonical base64")
    return filing


def check_length(posted: bytes) -> None:
    if len(posted) > MOST_BYTES:
        raise FilingError(f"the filing has {len(posted):,} bytes, at most {MOST_BYTES:,} are taken")


def check_content(content: object) -> None:
    if not isinstance(content, dict) or content.keys() != FIELDS:
        raise FilingError(f"a filing has exactly the fields {sorted(FIELDS)}")
    if type(content["v"]) is not int or content["v"] != VERSION:
        raise FilingError(f"the filing has the version {content['v']!r}, expected {VERSION}")
    if not all(isinstance(content[name], str) for name in TEXTS):
        raise FilingError("set, leaf, envelope and card of a filing are texts")
    if not NAME.fullmatch(content["set"]):
        raise FilingError(f"{content['set'][:80]!r} is not the name of a recipient set")
    if not LEAF.fullmatch(content["leaf"]):
        raise FilingError(f"{content['leaf'][:80]!r} is not the leaf of an event")


def decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise FilingError(f"the envelope or the card is not base64: {error}") from error
