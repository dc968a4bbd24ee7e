"""`arasha log`: check a receipt, follow a log, copy it; what it says is proved, not believed."""

import argparse
import sys
from collections.abc import Iterable

from arasha.programs.log import mirror, monitor, verify
from arasha.programs.log.inputs import CANNOT_CHECK, BadInputError, words_of


def main(argv: list[str]) -> int:
    """Return what the verb returns; 2 if it cannot be checked."""
    given = _parser().parse_args(argv)
    try:
        return _say(*given.run(given))
    except BadInputError as bad:
        words = words_of(given.lang)
        return _say(CANNOT_CHECK, [words["bad input"], words[bad.key].format(**bad.details)])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="arasha log", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for verb in (verify, monitor, mirror):
        verb.add_to(verbs)
    return parser


def _say(status: int, lines: Iterable[str]) -> int:
    text = "".join(f"{line}\n" for line in lines)
    # A file name or a policy may hold octets that are no text; a message must not die of them.
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()
    return status
