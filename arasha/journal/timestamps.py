"""Once a day an authority timestamps one checkpoint (RFC 3161). Never a single appeal: that would tell its minute."""

import datetime as dt
import logging
from collections.abc import Sequence

from cryptography.x509 import Certificate

from arasha.engines.translog import Checkpoint
from arasha.journal.log import Log
from arasha.journal.models import DayStamp, Epoch
from arasha.journal.publishing import note_of
from arasha.wire.published import TIMESTAMPS
from arasha.wire.timestamps import (
    NoTimestampError,
    TimestampError,
    ask_timestamp,
    verify_timestamp,
)

logger = logging.getLogger("arasha.journal")


def stamp_of_day(
    log: Log, *, url: str, roots: Sequence[Certificate], at: dt.datetime
) -> DayStamp | None:
    """Have the published checkpoint timestamped, unless this day has its stamp. None if it was not."""
    day, state = log.day_of(at), log.folder.state()
    epoch = Epoch.objects.filter(size=state.size, root=state.root).first()
    if epoch is None or DayStamp.objects.filter(day=day).exists():
        return None
    text = checkpoint_text(log, epoch)
    try:
        token = ask_timestamp(url, text, roots=roots)
        stated = verify_timestamp(token, text, roots=roots)
    except (NoTimestampError, TimestampError) as error:
        logger.warning("No timestamp for %s yet: %s", day, error)
        return None
    return DayStamp.objects.create(day=day, epoch=epoch, token=token, at=stated)


def publish_stamps(log: Log) -> None:
    """Write the stamps that are not in the folder: `<day>.tsr`, and what it is over, `<day>.checkpoint`."""
    with log.folder.turn():
        for stamp in DayStamp.objects.select_related("epoch").order_by("day"):
            name = f"{TIMESTAMPS}/{stamp.day.isoformat()}"
            if not (log.folder.path / f"{name}.tsr").exists():
                log.folder.write(f"{name}.checkpoint", str(note_of(log, stamp.epoch)).encode())
                log.folder.write(f"{name}.tsr", bytes(stamp.token))
        log.folder.settle()


def checkpoint_text(log: Log, epoch: Epoch) -> bytes:
    """What is stamped: the checkpoint's own lines, without the signatures that may come later."""
    return str(Checkpoint(log.signer.name, epoch.size, bytes(epoch.root))).encode()
