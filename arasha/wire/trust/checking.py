"""What is checked of one piece of metadata: signatures, versions, hashes. By python-tuf, and no clock."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from tuf.api.exceptions import RepositoryError, UnsignedMetadataError
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

from arasha.engines.notes import MalformedError
from arasha.wire.trust import names
from arasha.wire.trust.errors import FileMissingError, TrustRefusedError, Why
from arasha.wire.trust.held import check_target

# Bytes of a file by its name, or None if the repository has none of that name.
Fetch = Callable[[str], bytes | None]
Signed = TypeVar("Signed", Root, Timestamp, Snapshot, Targets)


def files_of(targets: Targets, known: Mapping[str, bytes], fetch: Fetch) -> dict[str, bytes]:
    return {path: _file(path, target, known, fetch) for path, target in targets.targets.items()}


def _file(path: str, target: TargetFile, known: Mapping[str, bytes], fetch: Fetch) -> bytes:
    held = known.get(path)
    if held is not None and fits(target, held):
        return held
    if "sha256" not in target.hashes:
        raise TrustRefusedError(Why.DAMAGED, path, "no SHA-256 is signed for it")
    name = names.target_name(path, target)
    data = fetch(name)
    if data is None:
        raise FileMissingError(path, name)
    try:
        target.verify_length_and_hashes(data)
        check_target(path, data)
    except (RepositoryError, MalformedError) as error:
        raise TrustRefusedError(Why.DAMAGED, path, str(error)) from error
    return data


def fetched(fetch: Fetch, role: str, meta: MetaFile, *, known: bytes) -> bytes:
    """The bytes of a role's metadata that were signed for, from what is held or the repository."""
    if known and fits(meta, known) and _version_in(known) == meta.version:
        return known
    name = names.metadata_name(role, meta.version)
    data = fetch(name)
    if data is None:
        raise FileMissingError(role, name)
    try:
        meta.verify_length_and_hashes(data)
    except RepositoryError as error:
        raise TrustRefusedError(Why.DAMAGED, role, str(error)) from error
    return data


def fits(meta: MetaFile | TargetFile, data: bytes) -> bool:
    try:
        meta.verify_length_and_hashes(data)
    except RepositoryError:
        return False
    return True


def _version_in(data: bytes) -> int:
    return Metadata[Targets].from_bytes(data).signed.version


def read(data: bytes, kind: type[Signed], role: str) -> Metadata[Signed]:
    try:
        found = Metadata[Signed].from_bytes(data)
    except RepositoryError as error:
        raise TrustRefusedError(Why.DAMAGED, role, f"no metadata: {error.__cause__}") from error
    if not isinstance(found.signed, kind):
        raise TrustRefusedError(Why.DAMAGED, role, f"it is of the kind {found.signed.type}")
    return found


def verify(offered: Metadata[Signed], *, by: Root | Targets, role: str) -> None:
    try:
        by.verify_delegate(role, offered.signed_bytes, offered.signatures)
    except UnsignedMetadataError as error:
        raise TrustRefusedError(Why.TOO_FEW, role, str(error)) from error
    except (RepositoryError, ValueError) as error:
        raise TrustRefusedError(Why.DAMAGED, role, str(error)) from error


def still_counts(data: bytes, delegator: Root | Targets, role: str) -> bool:
    """Versions signed by keys that were taken away bind nobody: a thief may have counted them up."""
    try:
        verify(read(data, Targets, role), by=delegator, role=role)
    except TrustRefusedError:
        return False
    return True


def refuse_older(subject: str, known: int, offered: int) -> None:
    if offered < known:
        raise TrustRefusedError(
            Why.ROLLED_BACK, subject, f"version {known} is held, {offered} was offered"
        )


def expect_version(role: str, wanted: int, got: int) -> None:
    if got != wanted:
        raise TrustRefusedError(Why.DAMAGED, role, f"version {wanted} was promised, got {got}")
