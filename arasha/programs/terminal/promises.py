"""The terminal's promise: a signed note that turns into evidence if it is broken."""

import datetime as dt

from arasha.engines.notes import Note, SignerKey, b64, sign
from arasha.engines.translog import Checkpoint

WITHIN = dt.timedelta(days=3)


def promise(leaf_hash: bytes, *, by: dt.date, after: Checkpoint, signer: SignerKey) -> Note:
    """Return the signed promise that the leaf is in the log by that day.

    `after` is a checkpoint of an earlier day: it says "not before" without a trusted clock, and
    without a minute that would tell when somebody stood here.
    """
    lines = (
        "arasha/promise/v1",
        b64.encode(leaf_hash),
        f"by {by.isoformat()}",
        f"after {after.size} {b64.encode(after.root)}",
    )
    return sign("".join(f"{line}\n" for line in lines), [signer])
