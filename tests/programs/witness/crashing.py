"""Asks a witness once in a process of its own, and kills it at a named moment.

    python crashing.py FOLDER REQUEST STEP before|after

Prints the cosignature, if one left the house. Only the tests have this.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from arasha.programs.witness import judging
from arasha.programs.witness.memory import Memory, Turn
from tests.programs.witness.watching import NOON, witness_in

OWNERS: dict[str, Any] = {"cosign": judging, "keep": Turn, "latest": Turn, "_open": Memory}


def dying(step: Callable[..., Any], when: str) -> Callable[..., Any]:
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if when == "after":
            step(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    return wrapped


def main(folder: str, request: str, step: str, when: str) -> None:
    witness = witness_in(Path(folder))
    if step in OWNERS:
        setattr(OWNERS[step], step, dying(getattr(OWNERS[step], step), when))
    signature = witness.add_checkpoint(Path(request).read_bytes(), at=NOON)
    if step == "answer":
        os.kill(os.getpid(), signal.SIGKILL)
    sys.stdout.write(str(signature))


if __name__ == "__main__":
    main(*sys.argv[1:])
