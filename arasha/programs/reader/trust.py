"""Whose keys are genuine: the pinned root of trust says it, never the desk that hands them over.

A desk that named keys of its own as readers would get every note and every re-wrapped appeal in the clear.
"""

import json
import logging
import time
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from arasha.engines.sealing import RecipientSet
from arasha.wire.client import AnswerTooLongError, Client, UnreachableError
from arasha.wire.keyfile import KeyFileError, read_private, replace_private
from arasha.wire.trust import Held, first, follow

log = logging.getLogger(__name__)
REFRESH_AFTER = 600  # seconds
MOST_BYTES = 4 * 1024 * 1024


class PinnedRoot:
    """Follows the root of trust with what the public door serves, and keeps what it believes."""

    def __init__(
        self,
        root: bytes,
        *,
        public: Client,
        store: Path,
        demo: bool,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """Raises TrustRefusedError if the root does not sign itself, or is a demo's in a real build."""
        pinned = first(root, demo=demo)
        self._pin = sha256(root).hexdigest()
        self._public, self._store, self._demo = public, store, demo
        self._seconds = seconds
        self._asked: float | None = None
        # Whoever pins another root begins anew.
        self._held = self._kept() or pinned

    def genuine(self, recipients: Iterable[str]) -> RecipientSet | None:
        """Return the newest set of the body whose keys are exactly these, or None if no body has it."""
        self._refresh()
        wanted = sorted(recipients)
        sets = (each.recipients for each in self._held.sets())
        return next((each for each in sets if sorted(each.keys) == wanted), None)

    def _refresh(self) -> None:
        """Ask at most every ten minutes; without a line what was believed before stands."""
        now = self._seconds()
        if self._asked is not None and now - self._asked < REFRESH_AFTER:
            return
        try:
            followed = follow(self._held, self._fetch, demo=self._demo)
        except (UnreachableError, AnswerTooLongError) as error:
            log.info("the root of trust was not asked: %s", error)
            return
        self._asked = now
        for refusal in followed.refused:
            log.warning("not believed: %s", refusal)
        if followed.held != self._held:
            self._held = followed.held
            self._keep()

    def _fetch(self, name: str) -> bytes | None:
        answer = self._public.ask("GET", f"/trust/{name}", most_bytes=MOST_BYTES)
        if answer.status == 404:
            return None
        if answer.status != 200:
            raise UnreachableError(f"the public door answered {answer.status}")
        return answer.body

    def _keep(self) -> None:
        content = {"pin": self._pin, "held": self._held.to_json()}
        try:
            replace_private(self._store, json.dumps(content).encode())
        except (OSError, KeyFileError) as error:
            log.warning("what the root of trust says is not kept: %s", error)

    def _kept(self) -> Held | None:
        try:
            content = json.loads(read_private(self._store))
            return Held.parse(content["held"]) if content["pin"] == self._pin else None
        except (KeyFileError, KeyError, TypeError, ValueError):
            return None


def checked_appeal(content: dict[str, Any], root: PinnedRoot | None) -> dict[str, Any]:
    """Say whose keys an appeal's `recipients` are; of strangers' keys the page gets none.

    Adds `readers`: null without a pinned root, else {"set", "members"}, both empty for strangers.
    """
    if root is None:
        return content | {"readers": None}
    found = root.genuine(content["recipients"])
    if found is None:
        return content | {"recipients": [], "readers": {"set": "", "members": []}}
    members = [
        {"recipient": each.key, "label": each.label, "role": each.role.value, "office": each.office}
        for each in found.members
    ]
    return content | {"readers": {"set": found.set_id, "members": members}}


def checked_receivers(content: dict[str, Any], root: PinnedRoot | None) -> dict[str, Any]:
    """Say of each body whose keys its `recipients` are, as `checked_appeal` does.

    Left out are strangers, and a list that the desk calls by the code of another.
    """
    checked = [checked_appeal(each, root) for each in content["receivers"]]
    genuine = [each for each in checked if root is None or each["readers"]["set"] == each["set"]]
    return content | {"receivers": genuine}


def checked_entry(content: dict[str, Any], root: PinnedRoot | None) -> dict[str, Any]:
    """Leave out the sets whose keys no body signed for."""
    if root is None:
        return content
    return content | {
        "sets": [each for each in content["sets"] if root.genuine(each["recipients"])]
    }
