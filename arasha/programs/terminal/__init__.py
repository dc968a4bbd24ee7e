"""`arasha terminal`: the kiosk in a place of detention. What is written is sealed on its screen."""

import argparse
import logging
import os
import secrets
import sys
import threading
import uuid
from collections.abc import Mapping
from pathlib import Path

from arasha.engines.notes import MalformedError, b64
from arasha.packs import Pack, PackError, load
from arasha.programs.terminal.chain import Chain
from arasha.programs.terminal.delivery import Delivery
from arasha.programs.terminal.exchange import Exchange, Line, Rhythm
from arasha.programs.terminal.health import Health, version_of
from arasha.programs.terminal.kiosk import Kiosk
from arasha.programs.terminal.knowledge import Knowledge
from arasha.programs.terminal.texts import SHOWN, MissingTextsError
from arasha.programs.words import word_lists
from arasha.wire import clock, keyfile
from arasha.wire.client import Client
from arasha.wire.serving import PortTakenError, Server
from arasha.wire.spool import Spool, SpoolFullError
from arasha.wire.trust import TrustRefusedError, first
from arasha.wire.trust.folder import keys_of
from arasha.wire.trust.keys import fingerprint, holder_of
from arasha.wire.trust.names import ROOT

BAD_USE = 2
PATIENCE, WITHIN = 5, 30  # seconds for a read, and for a whole exchange on a slow line
RHYTHM, SHORTEST_RHYTHM, MOST_RHYTHM = 60.0, 30.0, 3600.0  # seconds; a demo may be faster
SHORTEST_IN_A_DEMO = 0.1
CHAIN, AUDIO = "chain", "audio"


def main(argv: list[str]) -> int:
    """Return 0 when ended by the operator, 1 if it could not run, 2 for a wrong command."""
    verbs = {"new-key": new_key, "trust": trust}
    try:
        if argv and argv[0] in verbs:
            return verbs[argv[0]](argv[1:])
        return serve(argv)
    except (keyfile.KeyFileError, PackError, FileNotFoundError, MalformedError) as error:
        return _refuse(str(error), BAD_USE)
    except TrustRefusedError as error:
        return _refuse(f"it cannot believe what it should pin: {error}", BAD_USE)
    except (PortTakenError, SpoolFullError, MissingTextsError) as error:
        return _refuse(str(error), 1)


def new_key(argv: list[str]) -> int:
    """Make a device key file and print the public key, which two people enrol on the desk."""
    parser = argparse.ArgumentParser("arasha terminal new-key", description=new_key.__doc__)
    parser.add_argument("file", type=Path)
    path: Path = parser.parse_args(argv).file
    device = keyfile.new_device(key=str(uuid.uuid4()), seed=secrets.token_bytes(32))
    keyfile.write_private(path, device.to_json())
    sys.stdout.write(f"{b64.encode(device.signer.verifier.public)}\n")
    return 0


def trust(argv: list[str]) -> int:
    """Tell the device as what it is enrolled, and pin the root of trust: all other keys follow from it."""
    parser = argparse.ArgumentParser("arasha terminal trust", description=trust.__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--device", required=True, type=uuid.UUID, help="as the desk shows it")
    parser.add_argument("--root", required=True, type=Path, metavar="FILE", help="1.root.json")
    parser.add_argument(
        "--chain", type=int, metavar="N", help="after a re-imaging: the desk's number"
    )
    given = parser.parse_args(argv)
    root = given.root.read_bytes()
    held = first(root, demo=_is_demo())
    enrolled = keyfile.read_device(given.file).enrolled_as(str(given.device)).trusting(root=root)
    enrolled = enrolled.in_chain(given.chain or enrolled.chain)
    keyfile.replace_private(given.file, enrolled.to_json())
    # Read aloud and compared with what the keepers have published.
    for key in keys_of(held.root_metadata, ROOT):
        sys.stdout.write(f"{fingerprint(key)} {holder_of(key)}\n")
    sys.stdout.write(f"{enrolled.signer.verifier}\n")
    return 0


def serve(argv: list[str]) -> int:
    given = _arguments().parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="terminal: %(message)s")
    logging.getLogger("tuf").setLevel(logging.WARNING)  # it tells of each key that need not sign
    device, pack = keyfile.read_device(given.device), load(given.pack)
    if refused := _unfit(given, device, pack):
        return _refuse(refused, BAD_USE)
    kiosk, exchange = _put_together(given, device, pack)
    return _run(Server(kiosk.site(), port=given.port), exchange, Rhythm(given.rhythm))


def _unfit(given: argparse.Namespace, device: keyfile.Device, pack: Pack) -> str | None:
    """Why no terminal can be started so, and what to do."""
    if not device.is_enrolled:
        line = f"arasha terminal trust {given.device} --device UUID --root FILE"
        return f"{given.device} pins no root of trust yet; write: {line}"
    if drafts := unread_texts(pack, os.environ):
        return (
            f"{len(drafts)} texts of the pack {pack.code} are drafts, {drafts[0]} among them: a real "
            f"terminal shows no word that no native speaker has read. See them all: "
            f"arasha pack check {given.pack} --for-real (a demo has ARASHA_DEMO=True)"
        )
    return unfit_rhythm(given.rhythm)


def _put_together(
    given: argparse.Namespace, device: keyfile.Device, pack: Pack
) -> tuple[Kiosk, Exchange]:
    spool = Spool(given.spool)
    knowledge = Knowledge(spool, device, demo=_is_demo())
    delivery = Delivery(
        spool,
        lambda: knowledge.trust,
        is_urgent=lambda set_id: knowledge.is_duty_line(set_id, pack),
    )
    kiosk = Kiosk(
        device=device,
        pack=pack,
        delivery=delivery,
        knowledge=knowledge,
        public_url=given.public_url,
        clock=clock.now,
        scans=given.scans,
        audio=given.build / AUDIO if given.build else None,
        word_lists=word_lists(also_drafts=_is_demo()),
        can_print=given.build is None,  # the policy of a build forbids it
    )
    exchange = Exchange(
        Line(Client(given.gateway, timeout=PATIENCE, within=WITHIN, pinned=given.pin), device),
        Chain(given.spool / CHAIN, device),
        delivery,
        knowledge,
        health=Health(spool, knowledge, build=version_of(given.build), today=kiosk.today),
        today=kiosk.today,
    )
    return kiosk, exchange


def _run(server: Server, exchange: Exchange, rhythm: Rhythm) -> int:
    """Serve until told to stop. Without the exchange there is no terminal: it ends, to be started anew."""

    def keep_the_rhythm() -> None:
        try:
            exchange.run(rhythm)
        finally:
            server.shutdown()

    keeping = threading.Thread(target=keep_the_rhythm, daemon=True)
    keeping.start()
    server.serve_until_told("terminal")
    exchange.stop()
    if not exchange.has_ended:
        return 0
    keeping.join()  # it still has to say what was wrong
    return 1


def unfit_rhythm(seconds: float) -> str | None:
    """Why this is no rhythm for a terminal; a fast one is only for demos."""
    least = SHORTEST_IN_A_DEMO if _is_demo() else SHORTEST_RHYTHM
    if least <= seconds <= MOST_RHYTHM:
        return None
    return f"--rhythm is {seconds:g}; a terminal sends every {least:g} to {MOST_RHYTHM:g} seconds"


def unread_texts(pack: Pack, environ: Mapping[str, str]) -> list[str]:
    """The keys of drafts that this terminal would show; none count in a demo."""
    if _is_demo(environ):
        return []
    return [text.key for text in pack.drafts() if text.key.startswith(SHOWN)]


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("arasha terminal", description=__doc__)
    parser.add_argument(
        "--gateway", required=True, metavar="URL", help="the gateway, or the relay of the place"
    )
    parser.add_argument("--device", required=True, type=Path, metavar="FILE", help="its key file")
    parser.add_argument("--spool", required=True, type=Path, metavar="DIR", help="sealed filings")
    parser.add_argument("--port", type=int, default=8003, metavar="N")
    parser.add_argument("--pack", default="kz", help="a country's code, or a pack's folder")
    parser.add_argument("--public-url", default="http://localhost:8001", metavar="URL")
    parser.add_argument("--rhythm", type=float, default=RHYTHM, metavar="SECONDS")
    parser.add_argument("--scans", type=Path, metavar="DIR", help="where the scanner writes")
    parser.add_argument("--build", type=Path, metavar="DIR", help="the folder of the kiosk's build")
    parser.add_argument("--pin", metavar="SHA256", help="fingerprint of the gateway's certificate")
    return parser


def _is_demo(environ: Mapping[str, str] = os.environ) -> bool:
    return environ.get("ARASHA_DEMO") == "True"


def _refuse(message: str, code: int) -> int:
    sys.stderr.write(f"arasha terminal: {message}\n")
    return code
