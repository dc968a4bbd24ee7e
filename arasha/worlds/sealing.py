"""Seals a letter as a terminal would: for the worlds and for load generators."""

import datetime as dt
import secrets
from collections.abc import Sequence

from arasha.engines import sealing
from arasha.engines.translog import commitment, leaf


def sealed_filing(
    *,
    text: str,
    language: str,
    place: str,
    written_on: dt.date,
    recipients: sealing.RecipientSet,
    topic: str = "",
    attachments: tuple[sealing.Attachment, ...] = (),
    mailbox: sealing.Mailbox | None = None,
) -> bytes:
    """Return the bytes that a terminal posts: nobody outside the set can read them, this server least."""
    salt = secrets.token_bytes(sealing.SALT_BYTES)
    appeal = sealing.Appeal(
        salt=salt,
        language=language,
        written_on=written_on,
        text=text,
        place=place,
        mailbox=mailbox,
        attachments=attachments,
    )
    envelope = sealed(sealing.pack_payload(appeal), to=recipients.keys)
    digest = sealing.record_digest(*sealing.split(envelope))
    card = sealing.Card(digest, sealing.title_of(text), language, topic, place)
    return sealing.build_filing(
        sealing.Filing(
            set_id=recipients.set_id,
            leaf=leaf("event", commitment(salt, digest)).decode(),
            envelope=envelope,
            card=sealed(sealing.pack_card(card), to=recipients.keys),
        )
    )


def sealed(plaintext: bytes, *, to: Sequence[str]) -> bytes:
    """Return an age file to these recipients."""
    randomness = secrets.token_bytes(sealing.randomness_bytes(len(to)))
    return sealing.seal(plaintext, recipients=to, randomness=randomness)
