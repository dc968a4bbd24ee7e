"""Every measurement, one after another, each in a process of its own.

    ./run bench [NAME …]

Nothing here passes or fails: the numbers of a run go to docs/reference/benchmarks.md with the date and the
machine's size. `lists` loads a country ten times over and takes long; name the others to leave it out.
"""

import os
import platform
import subprocess
import sys
import time

MEASURES = {
    "law": ["bench.law"],
    "names": ["bench.names"],
    "translog": ["bench.translog"],
    "epochs": ["bench.epochs"],
    "access": ["bench.access"],
    "filing": ["bench.filing"],
    "channel": ["bench.channel"],
    "reader": ["bench.reader"],
    "voice": ["bench.voice"],
    "lists": ["bench.lists", "10"],
    "figures": ["bench.figures"],
    "people": ["bench.people"],
    "terms": ["bench.terms"],
    "imports": ["bench.imports"],
    "inbox": ["bench.inbox"],
    "handover": ["bench.handover"],
    "relay": ["bench.relay"],
    "kiosk": ["bench.kiosk"],
    "terminal": ["bench.terminal"],
}


def main(names: list[str]) -> int:
    if unknown := set(names) - MEASURES.keys():
        say(f"no measurement {', '.join(sorted(unknown))}; there are: {', '.join(MEASURES)}")
        return 2
    say(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, Python {platform.python_version()}")
    results = [measured(name) for name in names or MEASURES]
    return max(results)


def measured(name: str) -> int:
    say(f"\n== {name}")
    return subprocess.run([sys.executable, "-m", *MEASURES[name]], check=False).returncode


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
