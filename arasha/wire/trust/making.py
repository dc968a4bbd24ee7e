"""Makes the metadata that keepers sign: each function lays one proposal into the folder."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from securesystemslib.signer import Key, Signer
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    Targets,
    Timestamp,
)

from arasha.engines.notes import MalformedError
from arasha.engines.sealing import check_set, parse_text
from arasha.wire.image import Manifest
from arasha.wire.trust import names
from arasha.wire.trust.errors import BodyCodeError, RepositoryDamagedError, SetVersionError
from arasha.wire.trust.folder import TrustFolder
from arasha.wire.trust.held import check_target, delegations

# How long a signature counts as fresh. What is older is marked, never refused.
ROOT_LASTS = dt.timedelta(days=2 * 365)
KEEPERS_LAST = dt.timedelta(days=365)
FRESH = dt.timedelta(days=3)
ONLINE = (names.SNAPSHOT, names.TIMESTAMP)


def begin(
    folder: TrustFolder,
    *,
    country: str,
    keepers: Sequence[Key],
    threshold: int,
    freshness: Key,
    demo: bool,
    at: dt.datetime,
) -> None:
    """Propose the first root and an empty list of targets. Raises RepositoryDamagedError."""
    if folder.newest(names.ROOT) or folder.proposed(names.ROOT):
        raise RepositoryDamagedError(f"{folder.path} holds a root already: arasha trust rotate")
    root = Root(
        expires=at + ROOT_LASTS,
        consistent_snapshot=True,
        unrecognized_fields={"arasha": {"country": country, "demo": demo}},
    )
    set_keys(root, names.ROOT, keepers, threshold)
    set_keys(root, names.TARGETS, keepers, threshold)
    for role in ONLINE:
        set_keys(root, role, [freshness], 1)
    folder.propose(names.ROOT, root)
    folder.propose(names.TARGETS, Targets(expires=at + KEEPERS_LAST))


def rotate(
    folder: TrustFolder,
    *,
    keepers: Sequence[Key] = (),
    threshold: int | None = None,
    freshness: Key | None = None,
    at: dt.datetime,
) -> None:
    """Propose the next root. New keepers sign the list of targets anew, too."""
    root = _next(folder, names.ROOT, at + ROOT_LASTS)
    if keepers or threshold:
        kept = list(keepers) or [root.get_key(k) for k in root.roles[names.ROOT].keyids]
        for role in (names.ROOT, names.TARGETS):
            set_keys(root, role, kept, threshold or root.roles[role].threshold)
        folder.propose(names.TARGETS, _next(folder, names.TARGETS, at + KEEPERS_LAST))
    for role in ONLINE if freshness else ():
        assert freshness is not None  # noqa: S101 (said by the line above)
        set_keys(root, role, [freshness], 1)
    folder.propose(names.ROOT, root)


def trust_body(
    folder: TrustFolder, *, body: str, keys: Sequence[Key], threshold: int, at: dt.datetime
) -> None:
    """Propose that a body's own keys sign its recipient sets; what it signed is signed anew."""
    role = names.role_of_body(body)
    if names.body_of_role(role) is None:
        raise BodyCodeError(body)
    _delegate(folder, role, keys, threshold, at=at)


def trust_images(
    folder: TrustFolder, *, keys: Sequence[Key], threshold: int, at: dt.datetime
) -> None:
    """Propose who signs what runs on terminals. Raises MalformedError for fewer than 2 of 3."""
    if not names.has_enough_image_keys(len(keys), threshold):
        raise MalformedError(
            f"images need at least {names.FEWEST_IMAGE_SIGNATURES} signatures of"
            f" {names.FEWEST_IMAGE_KEYS} keys, got {threshold} of {len(keys)}"
        )
    _delegate(folder, names.IMAGES, keys, threshold, at=at)


def _delegate(
    folder: TrustFolder, role: str, keys: Sequence[Key], threshold: int, *, at: dt.datetime
) -> None:
    _check_keys(keys, threshold)
    targets = _next(folder, names.TARGETS, at + KEEPERS_LAST)
    delegations = targets.delegations or Delegations({}, {})
    roles = delegations.roles if delegations.roles is not None else {}
    roles[role] = DelegatedRole(
        role, [key.keyid for key in keys], threshold, terminating=True, paths=names.own_paths(role)
    )
    used = {keyid for each in roles.values() for keyid in each.keyids}
    known = delegations.keys | {key.keyid: key for key in keys}
    targets.delegations = Delegations({k: v for k, v in known.items() if k in used}, roles)
    folder.propose(names.TARGETS, targets)
    if folder.newest(role):
        folder.propose(role, _next(folder, role, at + KEEPERS_LAST))


def dissolve_body(folder: TrustFolder, *, body: str, at: dt.datetime) -> None:
    """Propose that a body receives nothing more: a law dissolved it."""
    role = names.role_of_body(body)
    targets = _next(folder, names.TARGETS, at + KEEPERS_LAST)
    roles = targets.delegations.roles if targets.delegations else None
    if targets.delegations is None or not roles or role not in roles:
        raise RepositoryDamagedError(f"{body} is not among the bodies")
    del roles[role]
    used = {keyid for each in roles.values() for keyid in each.keyids}
    kept = {k: v for k, v in targets.delegations.keys.items() if k in used}
    targets.delegations = Delegations(kept, roles) if roles else None
    folder.propose(names.TARGETS, targets)
    (folder.path / "proposed" / f"{role}.json").unlink(missing_ok=True)


def propose_set(folder: TrustFolder, *, text: str, at: dt.datetime) -> str:
    """Propose a body's next recipient set; returns the body.

    Raises RecipientSetError for an unfit one, SetVersionError if it does not follow the one in force.
    """
    recipients = check_set(text, commanding=())
    role = names.role_of_body(recipients.body)
    expected = _version_in_force(folder, role) + 1
    if recipients.version != expected:
        raise SetVersionError(version=recipients.version, expected=expected)
    known = folder.open_copy(role)
    signed = _next(folder, role, at + KEEPERS_LAST) if known else Targets(expires=at + KEEPERS_LAST)
    path = names.set_path(recipients.body, recipients.set_id)
    # One set is in force: the newest. Older ones stay known to whoever took them.
    signed.targets = {path: folder.put_target(path, text.encode())}
    folder.propose(role, signed)
    return recipients.body


def _version_in_force(folder: TrustFolder, role: str) -> int:
    """The version of the set that a body has signed; 0 before its first."""
    found = folder.newest(role)
    targets = found.signed.targets if found else {}
    texts = [folder.fetch(names.target_name(path, target)) for path, target in targets.items()]
    return max((parse_text(text.decode()).version for text in texts if text), default=0)


def propose_image(folder: TrustFolder, *, manifest: bytes, at: dt.datetime) -> int:
    """Propose the next build of the terminal; returns its version. Raises MalformedError.

    The newest of those in force stays beside it: a terminal that cannot start the new one goes back.
    """
    version = Manifest.parse(manifest).version
    found = folder.newest(names.IMAGES)
    before = found.signed.targets if found else {}
    newest = max((int(path[len(names.KIOSK) : -len(".json")]) for path in before), default=0)
    if version <= newest:
        raise MalformedError(f"build {newest} is in force, and {version} does not come after it")
    known = folder.open_copy(names.IMAGES)
    expires = at + KEEPERS_LAST
    signed = _next(folder, names.IMAGES, expires) if known else Targets(expires=expires)
    path = names.image_path(version)
    kept = names.image_path(newest)
    signed.targets = {path: folder.put_target(path, manifest)}
    signed.targets |= {kept: before[kept]} if kept in before else {}
    folder.propose(names.IMAGES, signed)
    return version


def add_target(folder: TrustFolder, *, path: str, data: bytes, at: dt.datetime) -> None:
    """Propose a target of the keepers: log key, policy, ingest or terminal file."""
    if not names.is_target(path):
        raise MalformedError(
            f"{path!r} is no target: log/vkey, log/policy, ingest/ID.json, terminals/ID.json"
        )
    check_target(path, data)
    targets = _next(folder, names.TARGETS, at + KEEPERS_LAST)
    targets.targets[path] = folder.put_target(path, data)
    folder.propose(names.TARGETS, targets)


@dataclass(frozen=True, slots=True)
class Stamped:
    """What the freshness key signed. `snapshot` is empty if the one before still says it."""

    timestamp: bytes
    snapshot: bytes
    snapshot_version: int


def stamp(
    roles: Mapping[str, int],
    *,
    snapshot: Snapshot | None,
    timestamp: Timestamp | None,
    signer: Signer,
    at: dt.datetime,
    lasts: dt.timedelta = FRESH,
) -> Stamped:
    """Say that nothing newer than `roles` (their versions) exists, after the stamps before."""
    # A role that was once named stays named, or clients would refuse the snapshot (TUF 5.5.5).
    known = {name: meta.version for name, meta in snapshot.meta.items()} if snapshot else {}
    named = known | {f"{role}.json": version for role, version in roles.items()}
    version = snapshot.version if snapshot else 0
    said = b""
    if named != known:
        version += 1
        meta = {name: MetaFile(number) for name, number in sorted(named.items())}
        said = _signed(Snapshot(version, expires=at + KEEPERS_LAST, meta=meta), signer)
    number = timestamp.version + 1 if timestamp else 1
    fresh = Timestamp(
        number,
        expires=at + lasts,
        snapshot_meta=MetaFile(version),
        unrecognized_fields={"arasha": {"said_on": at.date().isoformat()}},
    )
    return Stamped(_signed(fresh, signer), said, version)


def freshen(
    folder: TrustFolder, *, signer: Signer, at: dt.datetime, lasts: dt.timedelta = FRESH
) -> None:
    """Stamp a folder. A new freshness key begins its snapshots anew."""
    roles = versions(folder)
    if names.TARGETS not in roles:
        raise RepositoryDamagedError("the list of targets is not signed yet: arasha trust sign")
    before, stamped = folder.newest(names.SNAPSHOT), folder.newest(names.TIMESTAMP)
    if before and not _still_counts(folder, before):
        before.signed.meta = {}
    found = stamp(
        roles,
        snapshot=before.signed if before else None,
        timestamp=stamped.signed if stamped else None,
        signer=signer,
        at=at,
        lasts=lasts,
    )
    if found.snapshot:
        folder.write(names.metadata_name(names.SNAPSHOT, found.snapshot_version), found.snapshot)
    folder.write(names.STAMP, found.timestamp)


def versions(folder: TrustFolder) -> dict[str, int]:
    """The version in force of the list of targets and of each body."""
    targets = folder.targets()
    bodies = [role.name for role in delegations(targets.signed if targets else None)]
    found = {role: folder.newest(role) for role in (names.TARGETS, *bodies)}
    return {role: metadata.signed.version for role, metadata in found.items() if metadata}


def set_keys(root: Root, role: str, keys: Sequence[Key], threshold: int) -> None:
    """Let exactly these keys sign a role. Raises MalformedError for a threshold nobody could meet."""
    _check_keys(keys, threshold)
    for keyid in list(root.roles[role].keyids):
        root.revoke_key(keyid, role)
    for key in keys:
        root.add_key(key, role)
    root.roles[role].threshold = threshold


def _check_keys(keys: Sequence[Key], threshold: int) -> None:
    different = {key.keyid for key in keys}
    if len(different) != len(keys):
        raise MalformedError("the same key was handed in twice")
    if not 1 <= threshold <= len(different):
        raise MalformedError(f"{threshold} of {len(different)} keys cannot sign")


def _next(folder: TrustFolder, role: str, expires: dt.datetime) -> Any:
    """A copy to change: of the open proposal, or one version after what is in force."""
    found, current = folder.open_copy(role), folder.newest(role)
    if found is None:
        raise RepositoryDamagedError(f"there is no {role} yet: begin with arasha trust init")
    found.signed.version = current.signed.version + 1 if current else 1
    found.signed.expires = expires
    return found.signed


def _still_counts(folder: TrustFolder, snapshot: Metadata[Any]) -> bool:
    result = folder.root().signed.get_verification_result(
        names.SNAPSHOT, snapshot.signed_bytes, snapshot.signatures
    )
    return bool(result)


def _signed(signed: Any, signer: Signer) -> bytes:
    metadata: Metadata[Any] = Metadata(signed)
    metadata.sign(signer)
    return metadata.to_bytes()
