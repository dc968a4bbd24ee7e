"""`arasha … | head -1`: who reads has enough, and nobody is shown a traceback."""

import os
import subprocess
import sys
from collections.abc import Sequence

import pytest

from arasha.__main__ import NOBODY_READS
from tests.architecture.tree import CHECKOUT


@pytest.mark.parametrize("words", [["help"], ["law", "check"], ["pack", "check", "kz"]])
def test_a_reader_who_has_enough_is_no_fault(words: Sequence[str]) -> None:
    hears, speaks = os.pipe()
    os.close(hears)
    with os.fdopen(speaks, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "arasha", *words],
            cwd=CHECKOUT,
            stdout=pipe,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert (done.returncode, done.stderr) == (NOBODY_READS, "")
