"""Guides a fuzzer through all parsers by what their code does: `python -m tests.fuzz.guided RUNS`.

A program of its own, because atheris changes the code it watches and ends the process itself: with
0, or with the traceback of what came out beside a parser's own refusals.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["arasha.engines", "arasha.programs.witness"]):
    from tests.fuzz.parsers import PARSERS, read_or_refused

NAMES = sorted(PARSERS)
LONGEST = 20_000


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as corpus:
        for number, name in enumerate(NAMES):
            for turn, seed in enumerate(PARSERS[name].seeds):
                (Path(corpus) / f"{number}-{turn}").write_bytes(bytes([number]) + seed)
        options = [f"-runs={runs}", "-seed=1", f"-max_len={LONGEST}", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={corpus}/", corpus], try_one)
        atheris.Fuzz()


def try_one(data: bytes) -> None:
    """The first byte says which parser reads the rest."""
    if data:
        read_or_refused(PARSERS[NAMES[data[0] % len(NAMES)]], data[1:])


if __name__ == "__main__":
    main(int(sys.argv[1]))
