"""Follows the root of trust from what is held to what a repository offers (TUF 1.0, section 5).

Every check is python-tuf's or compares versions, and none asks the clock: an old signature counts
until a newer one replaces it, because a line that is cut, a clock that is wrong or a freshness key
that rests must not keep anybody from writing. What is expired is marked by whoever uses it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tuf.api.metadata import (
    DelegatedRole,
    Root,
    Snapshot,
    Targets,
    Timestamp,
)

from arasha.engines.sealing import SealingError, check_set, parse_text
from arasha.wire.image import Manifest
from arasha.wire.trust import names
from arasha.wire.trust.checking import (
    Fetch,
    expect_version,
    fetched,
    files_of,
    read,
    refuse_older,
    still_counts,
    verify,
)
from arasha.wire.trust.errors import FileMissingError, TrustRefusedError, Why
from arasha.wire.trust.held import Held, delegations, is_demo

DELEGATED = (names.SETS, names.KIOSK)
MOST_ROTATIONS = 64  # at once; the rest comes the next time


@dataclass(frozen=True, slots=True)
class Followed:
    """What to hold from now on, and what was offered and not believed."""

    held: Held
    refused: tuple[TrustRefusedError, ...]


def first(root: bytes, *, demo: bool) -> Held:
    """Begin with the root that people pinned. Raises TrustRefusedError if it is not signed by itself.

    `demo`: whether this build may believe a demo's root.
    """
    signed = read(root, Root, names.ROOT)
    verify(signed, by=signed.signed, role=names.ROOT)
    _refuse_demo(signed.signed, demo=demo)
    return Held(root)


def follow(held: Held, fetch: Fetch, *, demo: bool) -> Followed:
    """Take all that is newer and genuine from a repository; the rest is refused and named.

    Goes as far as it can: a root that was verified stays even if what comes after it is refused,
    and one body's broken set keeps nobody from the sets of the others. What `fetch` raises passes.
    """
    for step in (_follow_roots, _follow_timestamp, _follow_snapshot, _follow_targets):
        try:
            held = step(held, fetch, demo=demo)
        except _StoppedError as stopped:
            return Followed(stopped.held, (stopped.reason,))
        except TrustRefusedError as error:
            return Followed(held, (error,))
    refused: list[TrustRefusedError] = []
    for role in delegations(held.role(names.TARGETS)):
        try:
            held = _follow_delegated(held, role, fetch)
        except TrustRefusedError as error:
            refused.append(error)
    return Followed(held, tuple(refused))


class _StoppedError(Exception):
    """The way ends here, and what was verified before stays."""

    def __init__(self, held: Held, reason: TrustRefusedError) -> None:
        super().__init__(str(reason))
        self.held = held
        self.reason = reason


def _follow_roots(held: Held, fetch: Fetch, *, demo: bool) -> Held:
    for _ in range(MOST_ROTATIONS):
        version = held.root_metadata.version + 1
        data = fetch(names.metadata_name(names.ROOT, version))
        if data is None:
            break
        try:
            held = _next_root(held, data, version, demo=demo)
        except TrustRefusedError as error:
            raise _StoppedError(held, error) from error
    return held


def _next_root(held: Held, data: bytes, version: int, *, demo: bool) -> Held:
    """n to n+1 only, signed by the threshold of both."""
    old, offered = held.root_metadata, read(data, Root, names.ROOT)
    new = offered.signed
    if new.version != version:
        raise TrustRefusedError(
            Why.SKIPPED, names.ROOT, f"expected version {version}, got {new.version}"
        )
    verify(offered, by=old, role=names.ROOT)
    verify(offered, by=new, role=names.ROOT)
    _refuse_demo(new, demo=demo)
    if all(_keeps_keys(old, new, role) for role in (names.TIMESTAMP, names.SNAPSHOT)):
        return replace(held, root=data)
    # Whoever stole the old freshness key could have counted its versions up to the end.
    return replace(held, root=data, timestamp=b"", snapshot=b"")


def _follow_timestamp(held: Held, fetch: Fetch, *, demo: bool) -> Held:
    data = fetch(names.STAMP)
    if data is None:
        raise FileMissingError(names.TIMESTAMP, names.STAMP)
    offered = read(data, Timestamp, names.TIMESTAMP)
    verify(offered, by=held.root_metadata, role=names.TIMESTAMP)
    old, new = held.timestamp_metadata, offered.signed
    if old is not None:
        refuse_older(names.TIMESTAMP, old.version, new.version)
        refuse_older(names.SNAPSHOT, old.snapshot_meta.version, new.snapshot_meta.version)
        if old.version == new.version:
            return held
    return replace(held, timestamp=data)


def _follow_snapshot(held: Held, fetch: Fetch, *, demo: bool) -> Held:
    timestamp, old = held.timestamp_metadata, held.snapshot_metadata
    assert timestamp is not None  # noqa: S101 (the step before took one, or stopped)
    wanted = timestamp.snapshot_meta
    data = fetched(fetch, names.SNAPSHOT, wanted, known=held.snapshot)
    offered = read(data, Snapshot, names.SNAPSHOT)
    verify(offered, by=held.root_metadata, role=names.SNAPSHOT)
    expect_version(names.SNAPSHOT, wanted.version, offered.signed.version)
    for name, known in old.meta.items() if old else ():
        new = offered.signed.meta.get(name)
        if new is None:
            raise TrustRefusedError(Why.ROLLED_BACK, names.SNAPSHOT, f"it no longer names {name}")
        refuse_older(name, known.version, new.version)
    return replace(held, snapshot=data)


def _follow_targets(held: Held, fetch: Fetch, *, demo: bool) -> Held:
    data, targets = _newer_role(held, names.TARGETS, held.root_metadata, fetch)
    for path in targets.targets:
        if not names.is_target(path):
            raise TrustRefusedError(Why.OTHERS_PATH, path, "the keepers may not sign for this name")
    files = {path: data for path, data in held.files.items() if path.startswith(DELEGATED)}
    files |= files_of(targets, held.files, fetch)
    roles = {names.TARGETS: data, **{k: v for k, v in held.roles.items() if k != names.TARGETS}}
    return _without_dissolved(replace(held, roles=roles, files=files), targets)


def _without_dissolved(held: Held, targets: Targets) -> Held:
    """A body that is no longer delegated to receives nothing more."""
    known = {role.name for role in delegations(targets)}
    own = tuple(filter(None, map(names.own_folder, known)))
    return replace(
        held,
        roles={k: v for k, v in held.roles.items() if k == names.TARGETS or k in known},
        files={
            path: data
            for path, data in held.files.items()
            if not path.startswith(DELEGATED) or path.startswith(own)
        },
    )


def _follow_delegated(held: Held, role: DelegatedRole, fetch: Fetch) -> Held:
    """Take a body's newer set, or newer images. What is held stays if anything new is wrong."""
    own = names.own_folder(role.name)
    if own is None or not names.is_own_delegation(role):
        raise TrustRefusedError(Why.OTHERS_PATH, role.name, "not what one may delegate, or to few")
    targets, snapshot = held.role(names.TARGETS), held.snapshot_metadata
    assert targets is not None and snapshot is not None  # noqa: S101 (the steps before)
    if f"{role.name}.json" not in snapshot.meta:
        return held  # its keys are entered, and it has signed nothing yet
    data, signed = _newer_role(held, role.name, targets, fetch)
    for path in signed.targets:
        if not role.is_delegated_path(path):
            raise TrustRefusedError(
                Why.OTHERS_PATH, path, f"{role.name} may not sign for this name"
            )
    files = files_of(signed, held.files, fetch)
    known = {path: text for path, text in held.files.items() if path.startswith(own)}
    body = names.body_of_role(role.name)
    _check_images(known, files) if body is None else _check_sets(body, known, files)
    others = {path: text for path, text in held.files.items() if not path.startswith(own)}
    return replace(held, roles={**held.roles, role.name: data}, files=others | files)


def _check_sets(body: str, known: Mapping[str, bytes], offered: Mapping[str, bytes]) -> None:
    newest = max((parse_text(text.decode()).version for text in known.values()), default=0)
    for path, text in offered.items():
        try:
            recipients = check_set(text.decode(), commanding=())
        except (SealingError, UnicodeDecodeError) as error:
            raise TrustRefusedError(Why.UNFIT, path, str(error)) from error
        if path != names.set_path(recipients.body, recipients.set_id) or recipients.body != body:
            raise TrustRefusedError(Why.UNFIT, path, "its text names another set or body")
        refuse_older(path, newest, recipients.version)
        if recipients.version == newest and known.get(path) != text:
            raise TrustRefusedError(Why.ROLLED_BACK, path, f"version {newest} is another set")
    if len(offered) > 1:
        raise TrustRefusedError(Why.UNFIT, body, "two sets at once: which one is in force?")


def _check_images(known: Mapping[str, bytes], offered: Mapping[str, bytes]) -> None:
    """No build is taken back in silence, and none is another one under the same number."""
    refuse_older(names.IMAGES, _newest_image(known), _newest_image(offered))
    for path in known.keys() & offered.keys():
        if known[path] != offered[path]:
            raise TrustRefusedError(Why.ROLLED_BACK, path, "this version is another build")


def _newest_image(files: Mapping[str, bytes]) -> int:
    return max((Manifest.parse(data).version for data in files.values()), default=0)


def _newer_role(
    held: Held, name: str, delegator: Root | Targets, fetch: Fetch
) -> tuple[bytes, Targets]:
    """The metadata of a role that the snapshot names, never older than what is held."""
    snapshot = held.snapshot_metadata
    meta = snapshot.meta.get(f"{name}.json") if snapshot else None
    if meta is None:
        raise TrustRefusedError(Why.MISSING, name, "the snapshot does not name it")
    data = fetched(fetch, name, meta, known=held.roles.get(name, b""))
    offered = read(data, Targets, name)
    verify(offered, by=delegator, role=name)
    expect_version(name, meta.version, offered.signed.version)
    if (old := held.roles.get(name)) and still_counts(old, delegator, name):
        refuse_older(name, read(old, Targets, name).signed.version, offered.signed.version)
    return data, offered.signed


def _refuse_demo(root: Root, *, demo: bool) -> None:
    if is_demo(root) and not demo:
        raise TrustRefusedError(
            Why.DEMO, names.ROOT, "this is a demo's root: everybody has its keys"
        )


def _keeps_keys(old: Root, new: Root, role: str) -> bool:
    return set(old.roles[role].keyids) <= set(new.roles[role].keyids)
