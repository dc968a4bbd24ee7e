"""`arasha witness`: cosigns what a log publishes, if it continues all that was seen before."""

import argparse
import logging
import os
import secrets
import sys
from pathlib import Path

from arasha.engines.notes import MalformedError, VerifierKey
from arasha.programs.witness import house
from arasha.programs.witness.findings import WORDS, report
from arasha.programs.witness.server import serving
from arasha.wire import clock
from arasha.wire.keyfile import KeyFileError
from arasha.wire.serving import PortTakenError

DONE, CAUGHT, NOT_RUN, BAD_USE = 0, 1, 1, 2


def main(argv: list[str]) -> int:
    """Return 0 when done, 1 if it could not run or has caught a log, 2 for a wrong command."""
    given = _arguments().parse_args(argv)
    try:
        return _VERBS[given.verb](given)
    except (KeyFileError, MalformedError, house.HouseError) as error:
        return _refuse(str(error), BAD_USE)
    except (PortTakenError, OSError) as error:
        return _refuse(str(error), NOT_RUN)


def init(given: argparse.Namespace) -> int:
    logs = [VerifierKey.parse(text) for text in given.log]
    key = house.make(given.folder, name=given.name, seed=secrets.token_bytes(32), logs=logs)
    return _say(str(key))


def key(given: argparse.Namespace) -> int:
    return _say(str(house.key_of(given.folder).verifier))


def serve(given: argparse.Namespace) -> int:
    logging.basicConfig(level=logging.INFO, format="witness: %(message)s")
    witness = house.open_house(given.folder)
    server = serving(witness, host=given.host, port=given.port, clock=clock.now)
    server.serve_until_told("witness")
    return DONE


def evidence(given: argparse.Namespace) -> int:
    language = given.lang or os.environ.get("LANG", "")[:2].lower()
    lines = list(
        report(
            given.folder / house.EVIDENCE,
            house.memory_of(given.folder),
            house.watched(given.folder),
            language if language in WORDS else "en",
        )
    )
    _say("\n".join(words for _, words in lines))
    return CAUGHT if any(stands for stands, _ in lines) else DONE


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("arasha witness", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    one = _verb(verbs, "init", "make a key and the folder of a new witness")
    one.add_argument("--name", required=True, help="like witness.example/w1: yours, for ever")
    one.add_argument("--log", action="append", default=[], metavar="VKEY", help="a log to watch")
    one = _verb(verbs, "serve", "answer the logs")
    one.add_argument("--host", default="127.0.0.1", help="address to listen on")
    one.add_argument("--port", type=int, default=8005, metavar="N")
    one = _verb(verbs, "evidence", "say what was caught; exit status 1 if a log contradicts itself")
    one.add_argument("--lang", choices=sorted(WORDS), help="language (default: from LANG)")
    _verb(verbs, "key", "print the public key, for policies")
    return parser


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, meaning: str
) -> argparse.ArgumentParser:
    one = verbs.add_parser(name, help=meaning, description=meaning)
    one.add_argument("folder", type=Path, metavar="DIR", help="the folder of the witness")
    return one


def _say(words: str) -> int:
    sys.stdout.write(f"{words}\n")
    return DONE


def _refuse(message: str, code: int) -> int:
    sys.stderr.write(f"arasha witness: {message}\n")
    return code


_VERBS = {"init": init, "serve": serve, "evidence": evidence, "key": key}
