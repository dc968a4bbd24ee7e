"""Seals a letter as a terminal would: for the worlds and for load generators."""

import datetime as dt
import secrets

from arasha.engines import sealing
from arasha.engines.translog import commitment, leaf


def sealed_filing(
    *,
    text: str,
    language: str,
    place: str,
    written_on: dt.date,
    recipients: sealing.RecipientSet,
) -> bytes:
    """Return the bytes that a terminal posts: nobody outside the set can read them, this server least."""
    salt = secrets.token_bytes(sealing.SALT_BYTES)
    appeal = sealing.Appeal(
        salt=salt, language=language, written_on=written_on, text=text, place=place
    )
    envelope = sealing.seal(
        sealing.pack_payload(appeal),
        recipients=recipients.keys,
        randomness=secrets.token_bytes(sealing.randomness_bytes(len(recipients.keys))),
    )
    digest = sealing.record_digest(*sealing.split(envelope))
    text_of_leaf = leaf("event", commitment(salt, digest)).decode()
    return sealing.build_filing(sealing.Filing(recipients.set_id, text_of_leaf, envelope))
