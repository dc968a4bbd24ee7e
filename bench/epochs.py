"""How fast the sequencer publishes, and how fast a receipt is made and checked, at national size.

    python -m bench.epochs [LEAVES]

A database and a folder of their own, with everything synced to the disk. First LEAVES leaves are published in
the largest epochs that there are; then epochs of 10,000 on top of them, as after a bulk load or a day of all
terminals at once; then proofs from the files, and their check by the verifier.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

import django

LEAVES = 1_000_000
EPOCH = 10_000
EPOCHS = 5
PROOFS = 300


def main(leaves: int) -> int:
    folder = Path(tempfile.mkdtemp(prefix="arasha-bench-"))
    try:
        set_up(folder)
        measure(folder, leaves)
    finally:
        rmtree(folder)
    return 0


def set_up(folder: Path) -> None:
    (folder / "keys").mkdir()
    (folder / "keys" / "django").write_text("only-for-benches-" * 4)
    os.environ |= {
        "ARASHA_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "arasha.config.settings.jobs",
    }
    django.setup()


def measure(folder: Path, leaves: int) -> None:
    from bench.publishing import Bench  # noqa: PLC0415 - after the settings

    bench = Bench(folder)
    took = bench.load(leaves)
    clock, processor = sum(each.clock for each in took), sum(each.processor for each in took)
    say(
        f"published {leaves:,} leaves from nothing: {leaves / clock:,.0f} leaves/s"
        f" by the clock, {leaves / processor:,.0f} by the processor"
    )
    epochs = [bench.publish(EPOCH) for _ in range(EPOCHS)]
    say(
        f"an epoch of {EPOCH:,} on top: median {statistics.median(e.clock for e in epochs):.2f} s"
        f" by the clock, {statistics.median(e.processor for e in epochs):.2f} s by the processor"
    )
    codes = bench.some_codes(PROOFS)
    proofs = [bench.proof(code) for code in codes]
    say(f"a proof from the files: {each(bench.proof, codes):.3f} ms by the processor")
    say(f"the verifier: {each(bench.verify, proofs):.3f} ms by the processor")
    say(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")


def each(act: Callable[[str], object], values: list[str]) -> float:
    """Median milliseconds of the processor."""
    return 1000 * statistics.median(worked(act, value) for value in values)


def worked(act: Callable[[str], object], value: str) -> float:
    begun = time.process_time()
    act(value)
    return time.process_time() - begun


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else LEAVES))
