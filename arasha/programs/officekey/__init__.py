"""`arasha officekey`: the office key, made, checked and used on a machine without a network."""

import importlib
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

NEEDED = ("pyrage", "shamir_mnemonic")
BAD_USE = 2


def main(argv: list[str]) -> int:
    """Return 0 when done, 1 when not (said in words), 2 for a wrong command or a lacking part."""
    if all(find_spec(name) for name in NEEDED):
        command = importlib.import_module("arasha.programs.officekey.command")
        status: int = command.main(argv)
        return status
    texts = tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))
    sys.stderr.write("\n".join(texts["needs_extra"].values()) + "\n")
    return BAD_USE
