"""Whom a terminal believes about what it runs: the root of trust, followed from what is pinned."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tuf.api.metadata import Metadata, Targets

from arasha.engines.notes import MalformedError
from arasha.engines.translog import (
    NotProvedError,
    PolicyError,
    Proved,
    leaf_hash,
    parse_policy,
    parse_proof,
    verify_proof,
)
from arasha.programs.kiosk.refusals import KioskRefusedError
from arasha.wire.image import Manifest
from arasha.wire.keyfile import read_device
from arasha.wire.trust import Held, first, follow, names
from arasha.wire.trust.folder import TrustFolder, keys_of
from arasha.wire.trust.keys import holder_of
from arasha.wire.trust.leaves import leaf_of


@dataclass(frozen=True, slots=True)
class Signed:
    """A build that enough image keys signed, and who they are."""

    manifest: Manifest
    name: str  # of the file in the root of trust, as the log knows it
    holders: tuple[str, ...]


def pinned(*, root: Path | None, device: Path | None, demo: bool) -> Held:
    """What people pinned. Raises TrustRefusedError, KeyFileError."""
    if device is not None:
        return first(read_device(device).root, demo=demo)
    if root is None:
        raise KioskRefusedError("pin_what")
    return first(root.read_bytes(), demo=demo)


def followed(held: Held, where: Path, *, demo: bool) -> Held:
    """What is to be believed after a folder of the root of trust. Raises TrustRefusedError.

    What is wrong with a body's set is not asked here; what is wrong with the images is refused.
    """
    found = follow(held, TrustFolder(where).fetch, demo=demo)
    for refusal in found.refused:
        if not refusal.subject.startswith((names.SETS, names.BODY)):
            raise refusal
    return found.held


def remembered(text: str) -> Held:
    """What `apply` kept. Raises KioskRefusedError."""
    try:
        return Held.parse_whole(text)
    except (MalformedError, ValueError) as error:
        raise KioskRefusedError("state_spoilt", why=error) from error


def signed(manifest: bytes, held: Held) -> Signed:
    """The build, if two of the image keys signed exactly this manifest. Raises KioskRefusedError."""
    parsed = Manifest.parse(manifest)
    role, targets = held.role(names.IMAGES), held.role(names.TARGETS)
    path = names.image_path(parsed.version)
    if role is None or targets is None or held.files.get(path) != manifest:
        raise KioskRefusedError("unsigned", version=parsed.version)
    found = Metadata[Targets].from_bytes(held.roles[names.IMAGES])
    result = targets.get_verification_result(names.IMAGES, found.signed_bytes, found.signatures)
    holders = tuple(sorted(holder_of(key) for key in result.signed.values()))
    return Signed(parsed, names.target_name(path, role.targets[path]), holders)


def image_keys(held: Held) -> list[str]:
    """Who may sign builds."""
    targets = held.role(names.TARGETS)
    return [holder_of(key) for key in keys_of(targets, names.IMAGES)] if targets else []


def logged(build: Signed, manifest: bytes, proof: Path, held: Held, policy: Path | None) -> Proved:
    """Where the manifest is in the log. Raises KioskRefusedError."""
    rules = policy.read_bytes() if policy else held.files.get(names.LOG_POLICY)
    if rules is None:
        raise KioskRefusedError("no_policy")
    leaf = leaf_hash(leaf_of(name=build.name, content=manifest))
    try:
        return verify_proof(parse_proof(proof.read_bytes()), parse_policy(rules), leaf=leaf)
    except (NotProvedError, PolicyError, MalformedError) as error:
        raise KioskRefusedError("not_logged", why=error) from error


def digest(manifest: bytes) -> str:
    """The manifest's SHA-256 in groups of eight, to be read aloud and compared."""
    text = sha256(manifest).hexdigest()
    return " ".join(text[i : i + 8] for i in range(0, 64, 8))
