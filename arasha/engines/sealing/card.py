"""The title card, `arasha card v1`: what an inbox shows of an appeal, sealed apart from its text.

One unlocked reader opens fifty of them at once; the text itself stays shut until it is asked for.
"""

import re
from dataclasses import dataclass

from arasha.engines.sealing.packing import DIGEST, Form, is_language, is_line, matches

VERSION = "arasha card v1"
CARD_BYTES = 1024
LONGEST_TITLE = 120
LONGEST_KEY = 40  # what the pack and the register allow for a key; so every card fits its size

# Spaces and control characters alike, named one by one: two languages must cut the same words.
GAP = re.compile("[\x00-\x20\x7f-\xa0\u1680\u2000-\u200b\u2028-\u202f\u205f\u3000\ufeff]+")


@dataclass(frozen=True, slots=True)
class Card:
    """`digest` is the record digest of the envelope the card belongs to; `topic` and `place` are
    keys of the pack, or empty."""

    digest: bytes
    title: str
    language: str
    topic: str = ""
    place: str = ""


def title_of(text: str) -> str:
    """Return the first words of a text on one line of at most 120 characters."""
    line = GAP.sub(" ", text).strip(" ")
    if len(line) <= LONGEST_TITLE:
        return line
    whole_words, _space, _cut = line[:LONGEST_TITLE].rpartition(" ")
    return (whole_words or line[: LONGEST_TITLE - 1]) + "…"


def pack_card(card: Card) -> bytes:
    """Return the plaintext of exactly 1,024 bytes. Raises PayloadError for a field out of form."""
    return FORM.pack(
        {
            "digest": card.digest.hex(),
            "title": card.title,
            "language": card.language,
            "topic": card.topic,
            "place": card.place,
        }
    )


def unpack_card(plaintext: bytes) -> Card:
    """Return the card in a plaintext that is exactly what `pack_card` writes. Raises PayloadError.

    Whoever shows it compares `digest` with that of the envelope first.
    """
    content = FORM.unpack(plaintext)
    return Card(digest=bytes.fromhex(content.pop("digest")), **content)


FORM = Form(
    what="card",
    version=VERSION,
    sizes=(CARD_BYTES,),
    fields={
        "digest": matches(DIGEST),
        "title": is_line(LONGEST_TITLE),
        "language": is_language,
        "topic": is_line(LONGEST_KEY),
        "place": is_line(LONGEST_KEY),
    },
)
