"""Runs the sequencer once in a process of its own, and kills it at a named moment.

    python crashing.py LEAVES [STEP before|after]

Only the tests have this: the product knows no such switch.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django


def dying(step: Callable[..., Any], when: str) -> Callable[..., Any]:
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        step(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    return wrapped


def main(leaves: int, step: str = "", when: str = "") -> None:
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - after setup
    from django.utils import timezone  # noqa: PLC0415

    from arasha.engines.notes import NOTE, SignerKey  # noqa: PLC0415
    from arasha.engines.translog import leaf  # noqa: PLC0415
    from arasha.journal import folder, sequencer, services  # noqa: PLC0415
    from arasha.journal.lastcheckpoint import LastCheckpoint  # noqa: PLC0415
    from arasha.journal.log import Log  # noqa: PLC0415

    for _ in range(leaves):
        services.add_leaf(text=leaf("event", os.urandom(32)).decode())
    where = {"settle": folder.LogFolder, "prune": folder.LogFolder, "swap": LastCheckpoint}
    if step:
        owner = where.get(step, sequencer)
        setattr(owner, step, dying(getattr(owner, step), when))
    log = Log(
        folder.LogFolder(settings.ARASHA_LOG_DIR),
        LastCheckpoint(settings.ARASHA_LAST_CHECKPOINT),
        SignerKey("test.example/log", NOTE, b"s" * 32),
        lambda moment: moment.date(),
    )
    sequencer.advance(log, at=timezone.now(), padded=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
