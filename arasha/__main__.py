"""The `arasha` command: one verb, one module. Verbs of the programs run without Django."""

import importlib
import os
import sys

PROGRAMS = {
    "audit": "arasha.programs.audit",
    "kiosk": "arasha.programs.kiosk",
    "law": "arasha.programs.law",
    "log": "arasha.programs.log",
    "officekey": "arasha.programs.officekey",
    "pack": "arasha.programs.pack",
    "reader": "arasha.programs.reader",
    "relay": "arasha.programs.relay",
    "terminal": "arasha.programs.terminal",
    "trust": "arasha.programs.trust",
    "witness": "arasha.programs.witness",
}
# Starts the server's processes and so must not load Django itself.
STARTERS = {"serve": "arasha.commands.serve"}
SERVER = "arasha.commands.cli"
# Verbs of `arasha log` that need the server's database.
OF_THE_SERVER: dict[tuple[str, ...], str] = {
    ("log", "recover"): "log_recover",
    ("log", "key"): "log_key",
}
NOBODY_READS = 128 + 13  # what a shell says of a program that SIGPIPE ended
OWN_USER_ONLY = 0o077  # umask: records, sealed appeals and mail are nobody else's on the machine


def main(argv: list[str] | None = None) -> int:
    try:
        try:
            return _run(sys.argv[1:] if argv is None else argv)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # Who reads us has enough, as in `arasha log verify … | head -1`: that is no fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS


def _run(words: list[str]) -> int:
    if not words or words[0] in ("-h", "--help", "help"):
        return _help()
    os.umask(OWN_USER_ONLY)
    if of_server := OF_THE_SERVER.get(tuple(words[:2])):
        words = [of_server, *words[2:]]
    verb, *rest = words
    without_django = PROGRAMS | STARTERS
    module = importlib.import_module(without_django.get(verb, SERVER))
    answer: int = module.main(rest if verb in without_django else words)
    return answer


def _help() -> int:
    sys.stdout.write(
        "arasha VERB …\n\n"
        f"  without a server: {', '.join(PROGRAMS)}\n"
        "  with the server:  serve, migrate, tick, worker, sequencer, attest, verify, backup, restore,\n"
        "                    doctor, world, why, openings, trust_import, ingest, channel, secrets, secure_database, shell\n\n"
        "`arasha VERB --help` says more. All verbs: docs/reference/commands.md\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
