"""`arasha reader`: opens sealed appeals on an officer's own machine, and nowhere else."""

import argparse
import os
import sys
from pathlib import Path

from arasha.programs.reader.demo import SETTING as DEMO_SETTING
from arasha.programs.reader.demo import NotADemoError, read_identities
from arasha.programs.reader.keyring import Keyring
from arasha.programs.reader.room import Room
from arasha.programs.reader.trust import PinnedRoot
from arasha.wire.client import Client
from arasha.wire.serving import PortTakenError, Server
from arasha.wire.trust import TrustRefusedError

BAD_USE = 2
ATTACHMENT_WITHIN = 600  # seconds, also on a slow line


def main(argv: list[str]) -> int:
    """Return 0 when ended by the officer, 1 if it could not run, 2 for a wrong command."""
    given = _arguments().parse_args(argv)
    try:
        demo = read_identities(given.demo_identities, os.environ) if given.demo_identities else []
        desk = Client(given.desk, within=ATTACHMENT_WITHIN, pinned=given.pin)
        keyring = Keyring(given.keys)
        room = Room(desk=desk, keyring=keyring, demo=demo, root=_root(given))
        server = Server(room.site(), port=given.port)
    except NotADemoError as error:
        return _refuse(str(error), BAD_USE)
    except (PortTakenError, TrustRefusedError, OSError) as error:
        return _refuse(str(error), 1)
    server.serve_until_told("reader")
    return 0


def _root(given: argparse.Namespace) -> PinnedRoot | None:
    if given.root is None:
        return None
    return PinnedRoot(
        given.root.read_bytes(),
        public=Client(given.public_url),
        store=given.keys / "trust.json",
        demo=os.environ.get(DEMO_SETTING) == "True",
    )


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("arasha reader", description=__doc__)
    parser.add_argument("--desk", default="http://localhost:8000", metavar="URL")
    parser.add_argument("--port", type=int, default=8004, metavar="N")
    parser.add_argument("--keys", required=True, type=Path, metavar="DIR", help="locked keys")
    parser.add_argument("--root", type=Path, metavar="FILE", help="1.root.json, checked in person")
    parser.add_argument("--public-url", default="http://localhost:8001", metavar="URL")
    parser.add_argument("--pin", metavar="SHA256", help="fingerprint of the desk's certificate")
    parser.add_argument("--demo-identities", type=Path, metavar="FILE", help="demo only")
    return parser


def _refuse(message: str, code: int) -> int:
    sys.stderr.write(f"arasha reader: {message}\n")
    return code
