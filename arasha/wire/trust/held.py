"""What a client of the root of trust holds: verified metadata and targets, byte for byte."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import DelegatedRole, Metadata, Root, Snapshot, Targets, Timestamp

from arasha.engines.notes import MalformedError, VerifierKey, b64
from arasha.engines.sealing import RecipientSet, parse_text
from arasha.engines.translog import PolicyError, parse_policy
from arasha.wire.image import Manifest
from arasha.wire.ingest import IngestKey
from arasha.wire.trust import names
from arasha.wire.trust.terminals import TerminalKey


@dataclass(frozen=True, slots=True)
class SignedSet:
    """A recipient set that enough keys of its body signed, and the bytes that they signed."""

    recipients: RecipientSet
    text: str


@dataclass(frozen=True, slots=True)
class Held:
    """Everything in it was verified when it was taken, so it is used without asking the clock.

    `roles` are the metadata of `targets` and of the bodies; `files` the targets by their paths.
    """

    root: bytes
    timestamp: bytes = b""
    snapshot: bytes = b""
    roles: Mapping[str, bytes] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> "Held":
        """Read what `to_json` wrote: only ever a client's own store, never the network's."""
        content = json.loads(text)
        root, timestamp, snapshot = (
            b64.decode(content[name], name) for name in ("root", "timestamp", "snapshot")
        )
        return cls(root, timestamp, snapshot, _bytes(content["roles"]), _bytes(content["files"]))

    @classmethod
    def parse_whole(cls, text: str) -> "Held":
        """The same, and every piece of it is read once. Raises MalformedError if one is spoilt."""
        try:
            held = cls.parse(text)
            _read_all(held)
        except (KeyError, TypeError, AttributeError, RepositoryError, RecursionError) as error:
            raise MalformedError(f"what was held is spoilt: {error!r}") from error
        return held

    def to_json(self) -> str:
        content: dict[str, Any] = {
            "root": b64.encode(self.root),
            "timestamp": b64.encode(self.timestamp),
            "snapshot": b64.encode(self.snapshot),
            "roles": {name: b64.encode(data) for name, data in self.roles.items()},
            "files": {name: b64.encode(data) for name, data in self.files.items()},
        }
        return json.dumps(content)

    @property
    def root_metadata(self) -> Root:
        return Metadata[Root].from_bytes(self.root).signed

    @property
    def timestamp_metadata(self) -> Timestamp | None:
        return Metadata[Timestamp].from_bytes(self.timestamp).signed if self.timestamp else None

    @property
    def snapshot_metadata(self) -> Snapshot | None:
        return Metadata[Snapshot].from_bytes(self.snapshot).signed if self.snapshot else None

    def role(self, name: str) -> Targets | None:
        data = self.roles.get(name)
        return Metadata[Targets].from_bytes(data).signed if data else None

    def sets(self) -> Iterator[SignedSet]:
        """The newest genuine recipient set of each body, in the order of their paths."""
        for path in sorted(self.files):
            if path.startswith(names.SETS):
                text = self.files[path].decode()
                yield SignedSet(parse_text(text), text)

    def log_keys(self) -> list[VerifierKey]:
        """The keys of the log: two while it passes from one to the next."""
        lines = self.files.get(names.LOG_KEY, b"").decode().split("\n")
        return [VerifierKey.parse(line) for line in lines if line]

    def terminal_keys(self) -> list[TerminalKey]:
        """The keys with which enrolled devices promise, the revoked ones too."""
        found = sorted(self.files.items())
        return [TerminalKey.parse(data) for path, data in found if path.startswith(names.TERMINALS)]

    def images(self) -> dict[int, Manifest]:
        """The builds of the terminal that enough image keys signed, by their versions."""
        found = [Manifest.parse(m) for p, m in self.files.items() if p.startswith(names.KIOSK)]
        return {manifest.version: manifest for manifest in found}

    def acknowledging_keys(self) -> list[VerifierKey]:
        """The keys with which gateways sign that they took something."""
        contents = (json.loads(data) for data in self._ingest_files())
        return [VerifierKey.parse(content["ack"]) for content in contents if "ack" in content]

    def ingest_keys(self) -> list[IngestKey]:
        """The keys that bundles are sealed to, past ones and those signed ahead."""
        return [
            IngestKey.parse(data) for data in self._ingest_files() if "ack" not in json.loads(data)
        ]

    def _ingest_files(self) -> list[bytes]:
        return [data for path, data in sorted(self.files.items()) if path.startswith(names.INGEST)]

    def is_fresh_at(self, at: dt.datetime) -> bool:
        """Whether somebody has said lately that nothing newer exists. A mark, never a refusal."""
        timestamp = self.timestamp_metadata
        return timestamp is not None and not timestamp.is_expired(at)

    def said_on(self) -> dt.date | None:
        """The day on which the freshness key last spoke: a terminal's clock is not asked for it."""
        timestamp = self.timestamp_metadata
        about = timestamp.unrecognized_fields.get("arasha") if timestamp else None
        try:
            return dt.date.fromisoformat(about["said_on"]) if about else None
        except (KeyError, TypeError, ValueError):
            # The freshness key lies on a server: whoever has it must not silence a terminal.
            return None

    def is_demo(self) -> bool:
        return is_demo(self.root_metadata)


def _read_all(held: Held) -> tuple[object, ...]:
    """Every piece of it, read."""
    top = (held.root_metadata, held.timestamp_metadata, held.snapshot_metadata)
    keys = (*held.log_keys(), *_gateway_keys(held), *held.terminal_keys(), *held.images())
    return (*top, *map(held.role, held.roles), *held.sets(), *keys)


def _gateway_keys(held: Held) -> tuple[object, ...]:
    return (*held.acknowledging_keys(), *held.ingest_keys())


def delegations(targets: Targets | None) -> Iterator[DelegatedRole]:
    """The delegations to bodies and to those who sign images, in our form or not."""
    if targets and targets.delegations:
        yield from (targets.delegations.roles or {}).values()


def is_demo(root: Root) -> bool:
    """Whether a root says of itself that its keys are everybody's."""
    about = root.unrecognized_fields.get("arasha", {})
    return not isinstance(about, dict) or about.get("demo") is not False


def check_target(path: str, data: bytes) -> None:
    """Raise MalformedError unless a target is what its name promises."""
    try:
        if path == names.LOG_KEY:
            if not [VerifierKey.parse(line) for line in data.decode().split("\n") if line]:
                raise MalformedError("no key of the log")
        elif path == names.LOG_POLICY:
            parse_policy(data)
        elif path.startswith(names.INGEST):
            content = json.loads(data)
            VerifierKey.parse(content["ack"]) if "ack" in content else IngestKey.parse(data)
        elif path.startswith(names.TERMINALS):
            TerminalKey.parse(data)
        elif path.startswith(names.KIOSK) and path != names.image_path(
            Manifest.parse(data).version
        ):
            raise MalformedError("its manifest has another version")
    except (KeyError, TypeError, ValueError, RecursionError, PolicyError) as error:
        raise MalformedError(f"{path}: {error!r}") from error


def _bytes(content: Mapping[str, str]) -> dict[str, bytes]:
    return {name: b64.decode(text, name) for name, text in content.items()}
