"""Demo keys, which everybody knows: taken only from a file that says so, in a demo that says so."""

import json
from collections.abc import Mapping
from pathlib import Path

FIELDS = ("name", "email", "recipient", "identity")
SETTING = "ARASHA_DEMO"


class NotADemoError(Exception):
    """Keys in the clear were offered where they must not be used."""


def read_identities(path: Path, environment: Mapping[str, str]) -> list[dict[str, str]]:
    """Return [{name, email, recipient, identity}] of a demo. Raises NotADemoError."""
    if environment.get(SETTING) != "True":
        raise NotADemoError(f"keys in the clear are for a demo only: {SETTING} is not True")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["demo"] is not True:
            raise NotADemoError(f'{path} does not say "demo": true')
        return [{name: str(each[name]) for name in FIELDS} for each in content["identities"]]
    except OSError as error:
        raise NotADemoError(f"{path} cannot be read: {error.strerror}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise NotADemoError(f"{path} is not a file of demo identities: {error!r}") from error
