"""One sequencer and one tick on a machine: the lock falls with the process, also after kill -9."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from arasha.commands.errors import AlreadyRunningError


@contextmanager
def single_instance(name: str, folder: Path) -> Iterator[None]:
    """Hold the lock of `name`. Raises AlreadyRunningError if another process holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunningError(name=name) from error
        yield
