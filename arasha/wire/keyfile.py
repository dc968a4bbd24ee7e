"""Key files: what only their owner may read, and the file that makes a machine a known device."""

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from arasha.engines.notes import NOTE, MalformedError, SignerKey, VerifierKey

OTHERS = stat.S_IRWXG | stat.S_IRWXO
DEVICE_PREFIX = "device/"


class KeyFileError(Exception):
    """A key file that cannot be used; the message names the file and says what to do."""


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that only its owner can read, durably and whole.

    Raises KeyFileError if it exists, OSError if the disk does not take it.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise KeyFileError(
            f"{path} is there already; choose another name or move it away"
        ) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
    except OSError:
        path.unlink()
        raise


def replace_private(path: Path, content: bytes) -> None:
    """Put `content` in place of a private file in one step: a power cut leaves the old or the new."""
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    write_private(beside, content)
    beside.replace(path)


def read_private(path: Path) -> bytes:
    """Return the content of a file that nobody but its owner may read. Raises KeyFileError."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        raise KeyFileError(f"there is no key file {path}") from error
    if not stat.S_ISREG(mode):
        raise KeyFileError(f"{path} is not a file")
    if mode & OTHERS:
        raise KeyFileError(f"others may read {path}; write: chmod 600 {path}")
    return path.read_bytes()


@dataclass(frozen=True, slots=True)
class Device:
    """A machine that speaks at the gateway, and whom it believes.

    `ack` checks the gateway's acknowledgements, `log` the log's checkpoints. `roots` are the keys
    that may sign each body's recipient sets: {"body", "name", "vkeys", "threshold"}. All three are
    pinned by the people who enrol the device, so that the network cannot change them.
    """

    signer: SignerKey
    ack: VerifierKey | None = None
    log: VerifierKey | None = None
    roots: tuple[Mapping[str, Any], ...] = ()

    @property
    def key(self) -> str:
        """The UUID under which the device is enrolled."""
        return self.signer.name.removeprefix(DEVICE_PREFIX)

    @property
    def is_enrolled(self) -> bool:
        return self.ack is not None and self.log is not None

    def enrolled_as(self, key: str) -> "Device":
        """The same keys under the UUID that the desk gave when two people enrolled it."""
        return replace(self, signer=SignerKey(DEVICE_PREFIX + key, NOTE, self.signer.seed))

    def trusting(
        self, *, ack: VerifierKey, log: VerifierKey, roots: tuple[Mapping[str, Any], ...]
    ) -> "Device":
        return replace(self, ack=ack, log=log, roots=roots)

    def to_json(self) -> bytes:
        """Return the device file's content: it holds the private key."""
        content = {
            "v": 1,
            "key": self.signer.reveal(),
            "ack": str(self.ack or ""),
            "log": str(self.log or ""),
            "roots": [dict(root) for root in self.roots],
        }
        return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def new_device(*, key: str, seed: bytes) -> Device:
    """Return a device with the UUID `key` and a fresh 32-byte `seed`, not yet trusting anybody."""
    return Device(SignerKey(DEVICE_PREFIX + key, NOTE, seed))


def read_device(path: Path) -> Device:
    """Read a device file. Raises KeyFileError with what is wrong in it."""
    try:
        return _device(json.loads(read_private(path)))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise KeyFileError(f"{path} is not a device file: {error}") from error


def read_roots(path: Path) -> tuple[Mapping[str, Any], ...]:
    """Read the bodies' keys that people pin. Raises KeyFileError, FileNotFoundError."""
    try:
        return _roots(json.loads(path.read_bytes()))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise KeyFileError(f"{path} is not a list of bodies' keys: {error!r}") from error


def _device(content: dict[str, Any]) -> Device:
    if content["v"] != 1:
        raise MalformedError(f"version {content['v']!r} is not known here, only 1")
    signer = SignerKey.parse(str(content["key"]))
    if not signer.name.startswith(DEVICE_PREFIX):
        raise MalformedError(f"its key is named {signer.name}, not {DEVICE_PREFIX}<uuid>")
    ack, log = _verifier(content["ack"]), _verifier(content["log"])
    return Device(signer, ack, log, _roots(content["roots"]))


def _roots(content: Any) -> tuple[Mapping[str, Any], ...]:
    """A body that nobody could sign for would only be missing from the list, and nobody would know why."""
    for root in content:
        keys = {VerifierKey.parse(str(vkey)) for vkey in root["vkeys"]}
        if not 1 <= root["threshold"] <= len(keys):
            raise MalformedError(
                f"{len(keys)} keys of {root['body']}, {root['threshold']} must sign"
            )
    return tuple({**root, "name": dict(root["name"])} for root in content)


def _verifier(text: object) -> VerifierKey | None:
    if not isinstance(text, str):
        raise MalformedError(f"a verifier key is a text, got {text!r}")
    return VerifierKey.parse(text) if text else None
