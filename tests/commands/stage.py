"""A system of small parts under the real supervisor, for the tests to end and to break."""

import os
import sys

from arasha.commands.serve import keep_running
from arasha.commands.supervisor import Part

SLEEPER = "import time; print('here', flush=True); time.sleep(60)"
# Ignores what is asked politely, and so does the child it started.
STUBBORN = (
    "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "child = subprocess.Popen([sys.executable, '-c', 'import signal, time;"
    " signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)']);"
    "print('grandchild', child.pid, flush=True); time.sleep(60)"
)
# Dies once there is the file that the test names in STAGE_DIES.
DYING = (
    "import os, pathlib, sys, time; sign = pathlib.Path(os.environ['STAGE_DIES']);\n"
    "while not sign.exists(): time.sleep(0.02)\n"
    "print('the disk is full', flush=True); sys.exit(7)"
)
SCRIPTS = {"sleeper": SLEEPER, "stubborn": STUBBORN, "dying": DYING}


def main(names: list[str]) -> int:
    parts = [Part(name, [sys.executable, "-c", SCRIPTS[name]]) for name in names]
    return keep_running(parts, os.environ, lambda: print("ready", flush=True))  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
