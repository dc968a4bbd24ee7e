"""How long a build of the terminal takes, and how large its manifest is.

Run: python -m bench.kiosk WHEELS [AUDIO]. WHEELS holds those of requirements/terminal.txt (`arasha kiosk build
--fetch` brings them); AUDIO is a folder of spoken help. Without AUDIO the build is silent.
"""

import sys
import tempfile
import time
from pathlib import Path

from arasha.programs.kiosk.building import build
from arasha.programs.kiosk.wheels import PACKAGE

ROUNDS = 3
HOUSE = Path("var/wheels")


def main(words: list[str]) -> None:
    house = Path(words[0]) if words else HOUSE
    if not house.is_dir():
        say(f"no wheels in {house}: arasha kiosk build var/kiosk --drafts --wheels {house} --fetch")
        return
    audio = Path(words[1]) if len(words) > 1 else None
    pack = str(PACKAGE / "jurisdictions/kz")
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(1, ROUNDS + 1):
            began, worked = time.perf_counter(), time.process_time()
            folder = Path(scratch) / str(number)
            manifest = build(
                folder, version=number, pack=pack, wheelhouse=house, audio_folder=audio, drafts=True
            )
            took, work = time.perf_counter() - began, time.process_time() - worked
            size = sum(facts.size for facts in manifest.files.values()) / 1e6
            say(
                f"build: {took:.2f} s ({work:.2f} s of the processor), {len(manifest.files)} files,"
                f" {size:.1f} MB, manifest {len(manifest.to_json()) / 1e3:.0f} kB"
            )


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
