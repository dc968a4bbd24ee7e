"""Key files: what only their owner may read, and the file that makes a machine a known device."""

import json
import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from arasha.engines.notes import NOTE, MalformedError, SignerKey
from arasha.wire.talk import Texts, read_texts

OTHERS = stat.S_IRWXG | stat.S_IRWXO
DEVICE_PREFIX = "device/"
PINNED_KEYS, VERSION = 1, 2
FIRST_CHAIN, MOST_CHAINS = 1, 2**32 - 1


class KeyFileError(Exception):
    """A key file that cannot be used; the message names the file and says what to do.

    `why` names the same words in `texts`, for programs that speak three languages.
    """

    def __init__(self, message: str, *, why: str = "", file: Path | None = None) -> None:
        super().__init__(message)
        self.why = why
        self.file = file


def texts() -> Texts:
    """What is wrong with a key file, in three languages; each speaks of `file`."""
    return read_texts(Path(__file__).with_suffix(".toml"))


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that only its owner can read, durably and whole.

    Raises KeyFileError if it exists, OSError if the disk does not take it.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        message = f"{path} is there already; choose another name or move it away"
        raise KeyFileError(message, why="key_there", file=path) from error
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
        raise KeyFileError(f"there is no key file {path}", why="key_missing", file=path) from error
    if not stat.S_ISREG(mode):
        raise KeyFileError(f"{path} is not a file", why="key_no_file", file=path)
    if mode & OTHERS:
        message = f"others may read {path}; write: chmod 600 {path}"
        raise KeyFileError(message, why="key_shown", file=path)
    return path.read_bytes()


@dataclass(frozen=True, slots=True)
class Device:
    """A machine that speaks at the gateway, and whom it believes.

    `root` is the root of trust (TUF root metadata) that the people who enrol the device pin: all
    other keys follow from it, and the network cannot change it. `chain` counts its enrolments: after
    a re-imaging two people open the next one on the desk.
    """

    signer: SignerKey
    root: bytes = b""
    chain: int = FIRST_CHAIN

    @property
    def key(self) -> str:
        """The UUID under which the device is enrolled."""
        return self.signer.name.removeprefix(DEVICE_PREFIX)

    @property
    def is_enrolled(self) -> bool:
        return bool(self.root)

    def enrolled_as(self, key: str) -> "Device":
        """The same keys under the UUID that the desk gave when two people enrolled it."""
        return replace(self, signer=SignerKey(DEVICE_PREFIX + key, NOTE, self.signer.seed))

    def trusting(self, *, root: bytes) -> "Device":
        return replace(self, root=root)

    def in_chain(self, number: int) -> "Device":
        """Raises MalformedError for a number that no chain has, or one that has been before this."""
        if not self.chain <= number <= MOST_CHAINS:
            raise MalformedError(
                f"chain {number} cannot follow chain {self.chain}: write the number that the desk shows"
            )
        return replace(self, chain=number)

    def to_json(self) -> bytes:
        """Return the device file's content: it holds the private key."""
        content = {
            "v": VERSION,
            "key": self.signer.reveal(),
            "root": self.root.decode(),
            "chain": self.chain,
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


def _device(content: dict[str, Any]) -> Device:
    if content["v"] not in (PINNED_KEYS, VERSION):
        raise MalformedError(f"version {content['v']!r} is not known here, only {VERSION}")
    signer = SignerKey.parse(str(content["key"]))
    if not signer.name.startswith(DEVICE_PREFIX):
        raise MalformedError(f"its key is named {signer.name}, not {DEVICE_PREFIX}<uuid>")
    # Version 1 pinned keys one by one: it keeps its own key, and has to be told the root.
    device = Device(signer, str(content.get("root", "")).encode())
    return device.in_chain(int(content.get("chain", FIRST_CHAIN)))
