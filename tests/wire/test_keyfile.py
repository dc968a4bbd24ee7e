"""Key files: who may read them, and what a device file holds."""

import json
from pathlib import Path

import pytest

from arasha.engines.notes import NOTE, MalformedError, SignerKey
from arasha.wire import keyfile
from arasha.wire.keyfile import KeyFileError

UUID = "5a0c8f9e-3f0c-4d57-9f3e-0b8d5c6f7a10"
LOG = SignerKey("arasha.example/log", NOTE, bytes([1] * 32)).verifier
DEVICE = keyfile.new_device(key=UUID, seed=bytes([3] * 32))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o777, 0o610])
def test_a_key_that_others_can_touch_is_refused_and_the_command_is_told(
    tmp_path: Path, mode: int
) -> None:
    path = tmp_path / "device.json"
    keyfile.write_private(path, DEVICE.to_json())
    path.chmod(mode)

    with pytest.raises(KeyFileError, match=f"chmod 600 {path}"):
        keyfile.read_device(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="there is no key file"):
        keyfile.read_private(tmp_path / "none")
    tmp_path.chmod(0o700)
    with pytest.raises(KeyFileError, match="is not a file"):
        keyfile.read_private(tmp_path)


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    keyfile.write_private(tmp_path / "key", b"old")

    with pytest.raises(KeyFileError, match="is there already"):
        keyfile.write_private(tmp_path / "key", b"new")
    assert (tmp_path / "key").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("v", 3),
        ("key", "nonsense"),
        ("key", LOG.name),
        ("key", 7),
        ("chain", 0),
        ("chain", 2**32),
        ("chain", "one"),
        ("chain", None),
    ],
)
def test_a_device_file_with_a_wrong_field_is_named(
    tmp_path: Path, field: str, value: object
) -> None:
    path = tmp_path / "device.json"
    content = json.loads(DEVICE.to_json()) | {field: value}
    keyfile.write_private(path, json.dumps(content).encode())

    with pytest.raises(KeyFileError, match=r"device\.json is not a device file"):
        keyfile.read_device(path)


def test_a_device_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    trusting = DEVICE.trusting(root=b'{"signed": {}}')
    keyfile.write_private(tmp_path / "device.json", trusting.to_json())

    assert keyfile.read_device(tmp_path / "device.json") == trusting
    assert (trusting.key, trusting.is_enrolled, DEVICE.is_enrolled) == (UUID, True, False)
    assert (tmp_path / "device.json").stat().st_mode & 0o777 == 0o600


def test_a_device_file_that_pinned_single_keys_keeps_its_own_and_has_to_be_told_the_root(
    tmp_path: Path,
) -> None:
    before = {"v": 1, "key": DEVICE.signer.reveal(), "ack": "", "log": str(LOG), "roots": []}
    keyfile.write_private(tmp_path / "device.json", json.dumps(before).encode())

    assert keyfile.read_device(tmp_path / "device.json") == DEVICE


def test_a_chain_is_never_begun_twice(tmp_path: Path) -> None:
    second = DEVICE.in_chain(2)
    keyfile.write_private(tmp_path / "device.json", second.to_json())

    assert keyfile.read_device(tmp_path / "device.json").chain == 2
    with pytest.raises(MalformedError, match="chain 1 cannot follow chain 2"):
        second.in_chain(1)


def test_a_private_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    keyfile.write_private(tmp_path / "key", b"old")
    (tmp_path / "key.new").write_bytes(b"left by a power cut")

    keyfile.replace_private(tmp_path / "key", b"new")

    assert keyfile.read_private(tmp_path / "key") == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
