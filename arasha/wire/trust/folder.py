"""The repository of trust as a folder on a medium: what is in force, and what waits for signatures.

1.root.json 2.root.json 3.targets.json 2.body-npm.json 7.snapshot.json timestamp.json
targets/sets/npm/<hash>.npm-2.txt
proposed/root.json proposed/body-npm.json
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from securesystemslib.signer import Key, Signer
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, TargetFile, Targets, VerificationResult

from arasha.wire.trust import names
from arasha.wire.trust.checking import fits
from arasha.wire.trust.errors import RepositoryDamagedError

PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Metadata that waits. `wanted`: for each threshold that must be met, who signed and who has not."""

    role: str
    metadata: Metadata[Any]
    wanted: tuple[VerificationResult, ...]

    @property
    def is_complete(self) -> bool:
        return all(self.wanted)

    def may_sign(self, keyid: str) -> bool:
        return any(keyid in result.unsigned for result in self.wanted)


class TrustFolder:
    """Reads and writes one repository. A file is there whole or not at all."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fetch(self, name: str) -> bytes | None:
        """What a client would get under this name."""
        where = self.path / name
        return where.read_bytes() if names.is_served(name) and where.is_file() else None

    def content(self, path: str, target: TargetFile) -> bytes | None:
        """The bytes that a signature under this target vouches for; None if they do not lie here."""
        data = self.fetch(names.target_name(path, target)) if "sha256" in target.hashes else None
        return data if data is not None and fits(target, data) else None

    def lacking(self, signed: Any) -> list[str]:
        """Targets of which other bytes lie here than a signature would vouch for, or none."""
        targets = signed.targets if isinstance(signed, Targets) else {}
        return [path for path, target in targets.items() if self.content(path, target) is None]

    def files(self) -> Iterator[str]:
        """Names of all files in force, targets too."""
        for where in sorted(self.path.rglob("*")):
            name = where.relative_to(self.path).as_posix()
            if where.is_file() and names.is_served(name):
                yield name

    def newest(self, role: str) -> Metadata[Any] | None:
        """The metadata of a role that is in force here."""
        if role == names.TIMESTAMP:
            return self._read(self.path / names.STAMP)
        versions = [int(w.name.split(".")[0]) for w in self.path.glob(f"[0-9]*.{role}.json")]
        if not versions:
            return None
        return self._read(self.path / names.metadata_name(role, max(versions)))

    def root(self) -> Metadata[Root]:
        """The root in force, or the first one while it waits. Raises RepositoryDamagedError."""
        found = self.newest(names.ROOT) or self.proposed(names.ROOT)
        if found is None:
            raise RepositoryDamagedError(f"{self.path} holds no root: begin with arasha trust init")
        return found

    def targets(self) -> Metadata[Targets] | None:
        return self.newest(names.TARGETS)

    def proposed(self, role: str) -> Metadata[Any] | None:
        return self._read(self.path / PROPOSED / f"{role}.json")

    def open_copy(self, role: str) -> Metadata[Any] | None:
        """The metadata of a role to go on from: the open proposal, else what is in force."""
        return self.proposed(role) or self.newest(role)

    def propose(self, role: str, signed: Any) -> None:
        """Lay down what is to be signed. A changed proposal has no signatures any more."""
        self.write(f"{PROPOSED}/{role}.json", Metadata(signed).to_bytes())

    def proposals(self) -> Iterator[Proposal]:
        """What waits, in the order in which it can come into force."""
        waiting = {w.name.removesuffix(".json") for w in (self.path / PROPOSED).glob("*.json")}
        top = [role for role in names.TOP if role in waiting]
        for role in [*top, *sorted(waiting - set(top))]:
            metadata = self.proposed(role)
            if metadata is not None:
                yield Proposal(role, metadata, self._wanted(role, metadata))

    def sign(self, role: str, signer: Signer) -> None:
        """Add one signature to a proposal."""
        metadata = self.proposed(role)
        if metadata is None:
            raise RepositoryDamagedError(f"nothing is proposed for {role}")
        metadata.sign(signer, append=True)
        self.write(f"{PROPOSED}/{role}.json", metadata.to_bytes())

    def settle(self) -> list[str]:
        """Bring into force what has all its signatures. Returns the roles."""
        settled = []
        for role in [proposal.role for proposal in self.proposals()]:
            metadata = self.proposed(role)
            if metadata and all(self._wanted(role, metadata)) and self._follows(role, metadata):
                self.write(names.metadata_name(role, metadata.signed.version), metadata.to_bytes())
                (self.path / PROPOSED / f"{role}.json").unlink()
                settled.append(role)
        return settled

    def put_target(self, path: str, data: bytes) -> TargetFile:
        """Lay a target's file down under its hash, and return what is to be signed about it."""
        target = TargetFile(len(data), {"sha256": sha256(data).hexdigest()}, path)
        self.write(names.target_name(path, target), data)
        return target

    def write(self, name: str, data: bytes) -> None:
        where = self.path / name
        where.parent.mkdir(parents=True, exist_ok=True)
        beside = where.with_name(f".{where.name}.new")
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(where)

    def _wanted(self, role: str, metadata: Metadata[Any]) -> tuple[VerificationResult, ...]:
        signed = metadata.signed_bytes, metadata.signatures
        if role == names.ROOT:
            before = self.newest(names.ROOT)
            result = metadata.signed.get_root_verification_result(
                before.signed if before else None, *signed
            )
            return (result.first, result.second) if before else (result.first,)
        try:
            return (self._delegator(role).get_verification_result(role, *signed),)
        except ValueError as error:
            raise RepositoryDamagedError(f"{role} is not delegated to anybody: {error}") from error

    def _delegator(self, role: str) -> Root | Targets:
        """Whose word says who signs a role: what is proposed, if that comes first."""
        if role in names.TOP:
            return cast(Root, (self.proposed(names.ROOT) or self.root()).signed)
        targets = self.open_copy(names.TARGETS)
        if targets is None:
            raise RepositoryDamagedError(f"nobody has delegated {role} yet")
        return cast(Targets, targets.signed)

    def _follows(self, role: str, metadata: Metadata[Any]) -> bool:
        """Whether the delegator, too, is in force, so that clients could believe it."""
        return self.proposed(names.ROOT if role in names.TOP else names.TARGETS) is None or (
            role == names.ROOT
        )

    def _read(self, where: Path) -> Metadata[Any] | None:
        if not where.is_file():
            return None
        try:
            return Metadata.from_bytes(where.read_bytes())
        except RepositoryError as error:
            raise RepositoryDamagedError(f"{where} is no metadata: {error.__cause__}") from error


def keys_of(delegator: Root | Targets, role: str) -> list[Key]:
    """The keys that may sign a role."""
    return [delegator.get_key(keyid) for keyid in delegator.get_delegated_role(role).keyids]
