"""kill -9 of an import leaves the old trust whole, and the import can be done again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from arasha.engines.notes import NOTE, SignerKey
from arasha.worlds.ceremony import Ceremony
from tests.migrated import begin_in
from tests.walk import NOW

RUNNER = Path(__file__).with_name("killing.py")


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """The data of a server of its own, on disk."""
    begin_in(tmp_path / "var")
    assert run(tmp_path / "var", "-m", "django", "migrate", "--verbosity=0").returncode == 0
    return tmp_path / "var"


def test_a_killed_import_leaves_the_old_trust_whole(var: Path, tmp_path: Path) -> None:
    ceremony = Ceremony.begin(tmp_path / "trust", at=NOW, demo=False)
    ceremony.freshen(NOW)
    folder = ceremony.folder.path
    assert run(var, RUNNER, folder).stdout.split() == ["1", "4"]  # root, targets, two stamps
    ceremony.add(
        "log/vkey", f"{SignerKey('arasha.example/log', NOTE, bytes(32)).verifier}\n".encode()
    )
    ceremony.freshen(NOW)

    for leaf in (1, 2, 3, 4):
        assert run(var, RUNNER, folder, leaf).returncode == -signal.SIGKILL

    assert run(var, RUNNER, folder).stdout.split() == ["2", "4"]  # targets, a file, two stamps


def run(var: Path, *words: object) -> "subprocess.CompletedProcess[str]":
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "arasha.config.settings.test",
        "ARASHA_VAR": str(var),
        "PYTHONPATH": str(RUNNER.parents[2]),
    }
    command = [sys.executable, *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
