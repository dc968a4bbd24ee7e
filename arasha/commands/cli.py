"""The verbs of the server: each one is a management command of the same name, said in one word."""

import importlib
import os
import sys
from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from arasha.journal.policy import WitnessFileError
from arasha.problems import Problem
from arasha.wire.keyfile import KeyFileError

# These run before Django is set up.
BEFORE_DJANGO = {"secrets": "arasha.commands.keys", "serve": "arasha.commands.serve"}
VERBS = (
    "migrate", "secure_database", "tick", "worker", "sequencer", "attest", "verify", "backup", "restore",
    "doctor", "world", "why", "openings", "trust_import", "ingest", "channel", "shell",
)  # fmt: skip
# Said as two words: `arasha log key`, `arasha log recover`.
OF_THE_LOG = ("log_key", "log_recover")
REFUSED, BAD_INPUT = 1, 2


def main(argv: Sequence[str]) -> int:
    """Run one verb and return its exit code."""
    verb, *rest = argv
    if verb in BEFORE_DJANGO:
        answer: int = importlib.import_module(BEFORE_DJANGO[verb]).main(rest)
        return answer
    if verb not in (*VERBS, *OF_THE_LOG):
        known = ", ".join(sorted([*VERBS, *BEFORE_DJANGO]))
        return _refuse(f"There is no verb '{verb}'. The server's verbs: {known}.", BAD_INPUT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arasha.config.settings.jobs")
    return _run(["arasha", *argv])


def _run(words: list[str]) -> int:
    try:
        execute_from_command_line(words)
    except (Problem, KeyFileError, WitnessFileError) as problem:
        return _refuse(str(problem), REFUSED)
    except ImproperlyConfigured as mistake:
        return _refuse(f"Settings: {mistake}", BAD_INPUT)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _refuse(message: str, code: int) -> int:
    sys.stderr.write(f"{message}\n")
    return code
