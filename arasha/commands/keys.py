"""`arasha secrets`: the keys of a server, made once. It runs before Django, which needs one of them."""

import argparse
import secrets
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

# The settings themselves cannot be read yet: they ask for the key that is made here.
from arasha.config import environment  # noqa: TID251
from arasha.engines.notes import NOTE, SignerKey
from arasha.wire.keyfile import write_private

PACKAGE = Path(__file__).parents[1]
DJANGO, LOG, ACK = "django", "log", "ack"


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="arasha secrets", description=__doc__)
    parser.parse_args(argv)
    var = environment.folder("ARASHA_VAR", PACKAGE.parent / "var")
    folder = environment.folder("ARASHA_KEYS_DIR", var / "keys")
    origin = environment.text("ARASHA_LOG_ORIGIN", "arasha.example/log")
    for path in make_keys(folder, origin):
        sys.stdout.write(f"{path} is made. Keep a copy where the server's backups are not.\n")
    return 0


def make_keys(folder: Path, origin: str) -> list[Path]:
    """Make the keys that are missing, readable by their owner only. Returns the new files."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    missing = {name: make for name, make in _makers(origin).items() if not (folder / name).exists()}
    for name, make in missing.items():
        write_private(folder / name, f"{make}\n".encode())
    folder.chmod(0o700)
    return [folder / name for name in missing]


def _makers(origin: str) -> Mapping[str, str]:
    return {
        DJANGO: secrets.token_urlsafe(64),
        LOG: SignerKey(origin, NOTE, secrets.token_bytes(32)).reveal(),
        ACK: SignerKey(f"{origin}/ack", NOTE, secrets.token_bytes(32)).reveal(),
    }
