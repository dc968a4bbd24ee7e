"""Names of roles, files and targets in the repository of trust."""

import re

from tuf.api.metadata import DelegatedRole, TargetFile

ROOT, TIMESTAMP, SNAPSHOT, TARGETS = "root", "timestamp", "snapshot", "targets"
STAMP = "timestamp.json"  # the one file without a version in its name
TOP = (ROOT, TARGETS, SNAPSHOT, TIMESTAMP)
BODY = "body-"  # the role of a body that signs its own recipient sets
IMAGES = "images"  # the role of those who sign what runs on a terminal
SETS = "sets/"
LOG_KEY, LOG_POLICY = "log/vkey", "log/policy"
INGEST, TERMINALS, KIOSK = "ingest/", "terminals/", "kiosk/"

# One thief, one bribe or one order must not be able to say what runs on a terminal.
FEWEST_IMAGE_KEYS, FEWEST_IMAGE_SIGNATURES = 3, 2

# No dot: it parts the version and the role in the name of a file.
_CODE = re.compile(r"[a-z0-9]+([_-][a-z0-9]+){0,15}")
_TARGET = re.compile(
    rf"{LOG_KEY}|{LOG_POLICY}|{INGEST}[\w.-]+\.json|{TERMINALS}[\w.-]+\.json",
    re.ASCII,
)
_SERVED = re.compile(
    r"timestamp\.json|[1-9][0-9]{0,9}\.[a-z0-9._-]+\.json|targets/(?:[\w-]+/){1,2}[0-9a-f]{64}\.[\w.-]+",
    re.ASCII,
)


def role_of_body(code: str) -> str:
    return BODY + code


def body_of_role(role: str) -> str | None:
    """The code of the body whose role this is; None for another role."""
    code = role.removeprefix(BODY)
    return code if role.startswith(BODY) and _CODE.fullmatch(code) else None


def own_folder(role: str) -> str | None:
    """Where lies what a delegated role may sign; None for a role that is not in our form."""
    body = body_of_role(role)
    if body is not None:
        return f"{SETS}{body}/"
    return KIOSK if role == IMAGES else None


def own_paths(role: str) -> list[str]:
    """What a delegated role may sign: what lies in its own folder, nothing else."""
    return [f"{own_folder(role)}*"]


def set_path(body: str, set_id: str) -> str:
    return f"{SETS}{body}/{set_id}.txt"


def image_path(version: int) -> str:
    return f"{KIOSK}{version}.json"


def is_own_delegation(role: DelegatedRole) -> bool:
    """Whether a delegation is in our form: one body and its own sets, or enough keys and images."""
    if role.name == IMAGES and not has_enough_image_keys(len(role.keyids), role.threshold):
        return False
    return own_folder(role.name) is not None and role.paths == own_paths(role.name)


def has_enough_image_keys(keys: int, threshold: int) -> bool:
    return keys >= FEWEST_IMAGE_KEYS and threshold >= FEWEST_IMAGE_SIGNATURES


def is_target(path: str) -> bool:
    """Whether the keepers themselves may sign a target of this name. Sets and images are others'."""
    return _TARGET.fullmatch(path) is not None


def metadata_name(role: str, version: int) -> str:
    return f"{version}.{role}.json"


def target_name(path: str, target: TargetFile) -> str:
    """The file of a target, found by its hash (TUF consistent snapshots)."""
    folder, _, name = path.rpartition("/")
    return f"targets/{folder}/{target.hashes['sha256']}.{name}"


def is_served(name: str) -> bool:
    """Whether a repository can have a file of this name: no path leads out of it."""
    return _SERVED.fullmatch(name) is not None
