"""The keys with which enrolled devices promise, as the root of trust names them."""

import json
from dataclasses import dataclass

from arasha.engines.notes import MalformedError, VerifierKey

FIELDS = {"vkey", "revoked_at_size"}


@dataclass(frozen=True, slots=True)
class TerminalKey:
    """A device's key. `revoked_at_size`: from this state of the log on it is not believed; None: it is."""

    vkey: VerifierKey
    revoked_at_size: int | None

    @classmethod
    def parse(cls, data: bytes | str) -> "TerminalKey":
        """Read `{"vkey": …, "revoked_at_size": size of the log or null}`. Raises MalformedError."""
        try:
            content = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise MalformedError(f"no JSON: {error}") from error
        if not isinstance(content, dict) or content.keys() != FIELDS:
            raise MalformedError(f"a terminal's file has {' and '.join(sorted(FIELDS))}")
        vkey, size = content["vkey"], content["revoked_at_size"]
        if not isinstance(vkey, str):
            raise MalformedError(f"vkey must be a text, got {vkey!r}")
        if size is not None and (type(size) is not int or size < 0):
            raise MalformedError(f"revoked_at_size must be null or a size of the log, got {size!r}")
        return cls(VerifierKey.parse(vkey), size)
