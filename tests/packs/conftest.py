import shutil
from pathlib import Path

import pytest

from tests.packs.breaking import QAMAR


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of Qamar that a test may break."""
    return Path(shutil.copytree(QAMAR, tmp_path / "qamar"))
