import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.migrated import begin_in

ROOT = Path(__file__).parents[2]
PATIENCE = 300  # seconds; only a busy machine and a failure need them


@dataclass
class Server:
    """A server in a folder of its own, driven by the `arasha` command as a person would."""

    var: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("ARASHA_")}
        ours.pop("DJANGO_SETTINGS_MODULE", None)
        told = {"ARASHA_VAR": str(self.var), "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
        return ours | told | self.settings

    def arasha(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words),
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*words),
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @staticmethod
    def command(*words: str) -> list[str]:
        return [sys.executable, "-m", "arasha", *words]


def said(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout + done.stderr


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    server = Server(tmp_path_factory.mktemp("server"))
    begin_in(server.var)
    for verb in ("secrets", "migrate"):
        done = server.arasha(verb)
        assert done.returncode == 0, said(done)
    return server.var


@pytest.fixture
def server(migrated: Path, tmp_path: Path) -> Server:
    """A server with its keys and an empty database."""
    return Server(Path(shutil.copytree(migrated, tmp_path / "var")))
