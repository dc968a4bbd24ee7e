"""`arasha witness`: cosigns what a log publishes, if it continues all that was seen before."""

import argparse
import logging
import secrets
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from arasha.engines.notes import MalformedError, VerifierKey
from arasha.programs.witness import house
from arasha.programs.witness.findings import report
from arasha.programs.witness.server import serving
from arasha.wire import clock, keyfile
from arasha.wire.keyfile import KeyFileError
from arasha.wire.serving import PortTakenError
from arasha.wire.talk import LANGUAGES, Texts, read_texts, words_in

DONE, CAUGHT, NOT_RUN, BAD_USE = 0, 1, 1, 2
Words = Mapping[str, str]
Told = tuple[int, Iterable[str]]


def main(argv: list[str]) -> int:
    """Return 0 when done, 1 if it could not run or has caught a log, 2 for a wrong command."""
    given = _arguments().parse_args(argv)
    words = words_in({**keyfile.texts(), **texts()}, given.lang)
    try:
        status, lines = _VERBS[given.verb](given, words)
    except house.HouseError as error:
        return _refuse(words[error.name].format(**error.details), BAD_USE)
    except KeyFileError as error:
        return _refuse(words[error.why].format(file=error.file), BAD_USE)
    except PortTakenError as error:
        return _refuse(words["port_taken"].format(**error.details), NOT_RUN)
    except OSError as error:
        return _refuse(words["disk"].format(file=error.filename, detail=error.strerror), NOT_RUN)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return status


def texts() -> Texts:
    return read_texts(Path(__file__).with_name("texts.toml"))


def init(given: argparse.Namespace, words: Words) -> Told:
    logs = [_log(text) for text in given.log]
    try:
        key = house.make(given.folder, name=given.name, seed=secrets.token_bytes(32), logs=logs)
    except MalformedError as error:
        raise house.HouseError("bad_name", given=given.name) from error
    return DONE, [str(key)]


def key(given: argparse.Namespace, words: Words) -> Told:
    return DONE, [str(house.key_of(given.folder).verifier)]


def serve(given: argparse.Namespace, words: Words) -> Told:
    logging.basicConfig(level=logging.INFO, format="witness: %(message)s")
    witness = house.open_house(given.folder)
    server = serving(witness, host=given.host, port=given.port, clock=clock.now)
    server.serve_until_told("witness")
    return DONE, []


def evidence(given: argparse.Namespace, words: Words) -> Told:
    folder: Path = given.folder
    memory, watched = house.memory_of(folder), house.watched(folder)
    try:
        lines = list(report(folder / house.EVIDENCE, memory, watched, words))
    except MalformedError as error:
        raise house.HouseError("bad_evidence", detail=error) from error
    return CAUGHT if any(stands for stands, _ in lines) else DONE, [line for _, line in lines]


def _log(text: str) -> VerifierKey:
    try:
        return VerifierKey.parse(text)
    except MalformedError as error:
        raise house.HouseError("bad_log", given=text, detail=error) from error


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
    _verb(verbs, "key", "print the public key, for policies")
    return parser


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, meaning: str
) -> argparse.ArgumentParser:
    one = verbs.add_parser(name, help=meaning, description=meaning)
    one.add_argument("folder", type=Path, metavar="DIR", help="the folder of the witness")
    one.add_argument("--lang", choices=LANGUAGES, help="language (default: from LANG)")
    return one


def _refuse(message: str, code: int) -> int:
    sys.stderr.write(f"arasha witness: {message}\n")
    return code


_VERBS = {"init": init, "serve": serve, "evidence": evidence, "key": key}
