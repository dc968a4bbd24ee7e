"""`arasha relay serve` in a process that is killed at a named moment, or in which a step fails as nobody foresaw.

    python crashing.py STEP before|after|fails WORDS…

Only the tests have this.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from arasha.programs import relay
from arasha.programs.relay.door import Door
from arasha.programs.relay.pages import Pages
from arasha.programs.relay.rack import Rack
from arasha.wire.client import Client

OWNERS: dict[str, Any] = {
    "keep": Rack,
    "_exchange": Door,
    "next_waiting": Rack,
    "ask": Client,
    "_put": Pages,
    "take": Pages,
    "deliver": Rack,
}


def dying(step: Callable[..., Any], when: str) -> Callable[..., Any]:
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if when == "fails":
            raise ArithmeticError("nobody foresaw this")
        if when == "after":
            step(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    return wrapped


def main(step: str, when: str, *words: str) -> int:
    setattr(OWNERS[step], step, dying(getattr(OWNERS[step], step), when))
    return relay.main(list(words))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
