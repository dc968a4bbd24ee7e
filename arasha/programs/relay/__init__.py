"""`arasha relay`: in the prison's rack, between its terminals and the gateway. It sees noise."""

import argparse
import datetime as dt
import logging
import os
import secrets
import sys
import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from arasha.programs.relay import house
from arasha.programs.relay.carrying import carry_in, carry_out
from arasha.programs.relay.disk import FullError, ShutError
from arasha.programs.relay.door import serving
from arasha.programs.relay.evidence import report
from arasha.programs.relay.forwarding import Forwarding
from arasha.wire.client import Client
from arasha.wire.serving import PortTakenError, Server
from arasha.wire.talk import LANGUAGES, Texts, read_texts, words_in
from arasha.wire.trust import TrustRefusedError

DONE, SPOILT, NOT_RUN, BAD_USE = 0, 1, 1, 2
PATIENCE = 20  # seconds, on a slow line
LEAST_RHYTHM = 1.0
Words = Mapping[str, str]
Told = tuple[int, Iterable[str]]


def main(argv: list[str]) -> int:
    """Return 0 when done, 1 if it could not run or the evidence is spoilt, 2 for a wrong command."""
    given = _arguments().parse_args(argv)
    words = words_in(texts(), given.lang)
    try:
        status, lines = _VERBS[given.verb](given, words)
    except house.HouseError as error:
        return _refuse(words[error.name].format(**error.details), BAD_USE)
    except TrustRefusedError as error:
        return _refuse(words["bad_root"].format(detail=error), BAD_USE)
    except PortTakenError as error:
        return _refuse(words["port_taken"].format(**error.details), NOT_RUN)
    except (FullError, ShutError) as error:
        return _refuse(words["shut"].format(folder=given.folder, detail=error), NOT_RUN)
    except OSError as error:
        return _refuse(words["disk"].format(file=error.filename, detail=error.strerror), NOT_RUN)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return status


def texts() -> Texts:
    return read_texts(Path(__file__).with_name("texts.toml"))


def serve(given: argparse.Namespace, words: Words) -> Told:
    logging.basicConfig(level=logging.INFO, format="relay: %(message)s")
    logging.getLogger("tuf").setLevel(logging.WARNING)  # it tells of each key that need not sign
    if given.root:
        house.pin(given.folder, given.root.read_bytes())
    relay = house.open_relay(given.folder, demo=_is_demo())
    line = Forwarding(
        relay,
        Client(given.gateway, timeout=PATIENCE, pinned=given.pin),
        jitter=lambda: secrets.randbelow(1000) / 1000,
        rhythm=max(given.rhythm, LEAST_RHYTHM),
    )
    server = serving(relay, line, host=given.host, port=given.port)
    return _run(server, line), []


def _run(server: Server, line: Forwarding) -> int:
    """Serve until told to stop. A relay that forwards nothing is none: it ends, to be started anew."""

    def forward() -> None:
        try:
            line.run()
        finally:
            server.shutdown()

    forwarding = threading.Thread(target=forward, daemon=True)
    forwarding.start()
    server.serve_until_told("relay")
    line.stop()
    if not line.has_ended:
        return DONE
    forwarding.join()  # it still has to say what was wrong
    return NOT_RUN


def evidence(given: argparse.Namespace, words: Words) -> Told:
    root = given.root.read_bytes() if given.root else None
    lines = list(report(_relay(given, root=root), words, day=given.day))
    return SPOILT if any(spoilt for spoilt, _ in lines) else DONE, [line for _, line in lines]


def out(given: argparse.Namespace, words: Words) -> Told:
    count = carry_out(_relay(given), given.stick, token=given.token)
    return DONE, [words["carried_out"].format(count=count)]


def back(given: argparse.Namespace, words: Words) -> Told:
    carried = asdict(carry_in(_relay(given), given.stick))
    if not carried["files"]:
        raise house.HouseError("no_file", stick=given.stick)
    lines = [words["carried_in"].format(**carried)]
    told = {"forged": "forged_answers", "spoilt": "spoilt", "cut_off": "cut_off"}
    lines += [words[told[name]].format(count=carried[name]) for name in told if carried[name]]
    return DONE, lines


def _relay(given: argparse.Namespace, *, root: bytes | None = None) -> house.Relay:
    house.refuse_no_relay(given.folder)
    return house.open_relay(given.folder, demo=_is_demo(), root=root)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("arasha relay", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    one = _verb(verbs, "serve", "take bundles in and forward them")
    one.add_argument("--gateway", required=True, metavar="URL")
    one.add_argument(
        "--root", type=Path, metavar="FILE", help="1.root.json; pinned at the first start"
    )
    one.add_argument("--pin", metavar="SHA256", help="fingerprint of the gateway's certificate")
    one.add_argument("--host", default="127.0.0.1", help="address to listen on")
    one.add_argument("--port", type=int, default=8006, metavar="N")
    one.add_argument(
        "--rhythm", type=float, default=60, metavar="SECONDS", help="looks at the last page (60)"
    )
    one = _verb(
        verbs, "evidence", "what was delivered, checked without a line; exit status 1 if spoilt"
    )
    one.add_argument("--day", type=dt.date.fromisoformat, metavar="YYYY-MM-DD")
    one.add_argument("--root", type=Path, metavar="FILE", help="believe this root of trust instead")
    one = _verb(verbs, "carry-out", "write what waits onto a stick; it goes on waiting here")
    one.add_argument("stick", type=Path, metavar="STICK", help="the folder of the stick")
    one.add_argument("--token", default="", metavar="TOKEN", help="the monitor's one-time token")
    one = _verb(verbs, "carry-in", "read answers and pages back from a stick")
    one.add_argument("stick", type=Path, metavar="STICK", help="the folder of the stick")
    return parser


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, meaning: str
) -> argparse.ArgumentParser:
    one = verbs.add_parser(name, help=meaning, description=meaning)
    one.add_argument("folder", type=Path, metavar="DIR", help="the folder of the relay")
    one.add_argument("--lang", choices=LANGUAGES, help="language (default: from LANG)")
    return one


def _is_demo() -> bool:
    return os.environ.get("ARASHA_DEMO") == "True"


def _refuse(message: str, code: int) -> int:
    sys.stderr.write(f"arasha relay: {message}\n")
    return code


_VERBS = {"serve": serve, "evidence": evidence, "carry-out": out, "carry-in": back}
