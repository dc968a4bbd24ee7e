"""Whom the relay believes: the root of trust that it pins, followed in the pages that come by."""

from collections.abc import Iterable

from arasha.engines.channel.down import Answer
from arasha.engines.channel.errors import ForgedError
from arasha.engines.channel.pages import Kind, Record
from arasha.engines.translog import Policy, parse_policy
from arasha.wire.trust import Held, first, follow
from arasha.wire.trust.names import LOG_POLICY, STAMP


class Believing:
    """Knows the gateway's keys and the log's policy once the pages have told it.

    Without a pinned root it believes whoever answers at the gateway's address.
    """

    def __init__(self, root: bytes | None, *, demo: bool) -> None:
        """Raises TrustRefusedError if `root` is no root of trust, or a demo's and this is none."""
        self._held = first(root, demo=demo) if root else None
        self._demo = demo
        self._files: dict[str, bytes] = {}

    def hear(self, records: Iterable[Record]) -> None:
        """Learn from records of the stream, in their order."""
        for name, content in map(_file, (each for each in records if each.kind == Kind.TRUST)):
            if self._held:
                self._files[name] = content
                self._follow(self._held, name)

    @property
    def pins_a_root(self) -> bool:
        return self._held is not None

    @property
    def policy(self) -> Policy | None:
        """Which log and witnesses count: without a signed policy the log's keys alone.

        None while it is not known which log that is.
        """
        if self._held is None:
            return None
        if text := self._held.files.get(LOG_POLICY):
            return parse_policy(text)
        keys = self._held.log_keys()
        return Policy(logs=keys, quorum="none") if keys else None

    def check(self, answer: Answer) -> None:
        """Raises ForgedError unless one of the gateways gave this receipt."""
        keys = self._held.acknowledging_keys() if self._held else []
        if self._held and not any(_is_of(answer, key.public) for key in keys):
            raise ForgedError("no gateway that the root of trust names gave this receipt")

    def _follow(self, held: Held, name: str) -> None:
        if name != STAMP:
            return  # it comes last: what it leads to stands before it in the stream
        followed = follow(held, self._files.get, demo=self._demo)
        self._held = followed.held
        if not followed.refused:
            self._files.clear()


def _file(record: Record) -> tuple[str, bytes]:
    end = 1 + record.body[0]
    return record.body[1:end].decode("utf-8", "replace"), record.body[end:]


def _is_of(answer: Answer, public_key: bytes) -> bool:
    try:
        answer.check(public_key)
    except ForgedError:
        return False
    return True
