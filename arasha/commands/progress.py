"""What a long command is doing: a line for each part, for a person at a terminal and for nobody else."""

from collections.abc import Callable
from typing import TextIO

Say = Callable[[str], object]


def silent(_line: str) -> None:
    """Say nothing."""


def on(screen: TextIO) -> Say:
    """Says a line on a terminal at once; nothing into a file or a pipe."""

    def say(line: str) -> None:
        screen.write(f"{line} …\n")
        screen.flush()

    return say if screen.isatty() else silent
