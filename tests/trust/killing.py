"""Imports a folder of trust in a process of its own, and kills it at the n-th leaf.

    python killing.py FOLDER [LEAF]

Only the tests have this: the product knows no such switch.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import django


def main(folder: str, leaf: int = 0) -> None:
    django.setup()
    from django.utils import timezone  # noqa: PLC0415 - after setup

    from arasha.actors import WORLD  # noqa: PLC0415
    from arasha.journal import services as journal  # noqa: PLC0415
    from arasha.trust import selectors, services  # noqa: PLC0415

    keep, kept = journal.add_leaf, []

    def killed(*, text: str) -> Any:
        kept.append(text)
        if len(kept) == leaf:
            os.kill(os.getpid(), signal.SIGKILL)
        return keep(text=text)

    journal.add_leaf = killed
    root = (Path(folder) / "1.root.json").read_bytes()
    services.import_folder(path=Path(folder), root=root, by=WORLD, at=timezone.now())
    held = selectors.held(viewer=WORLD)
    stamp = held.timestamp_metadata if held else None
    sys.stdout.write(f"{stamp.version if stamp else 0} {len(kept)}\n")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
