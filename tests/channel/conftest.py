from pathlib import Path
from typing import Any

import pytest

from arasha.wire.ingest import IngestKey
from tests.line import Line
from tests.walk import *  # noqa: F403
from tests.walk import Terminal


@pytest.fixture
def line(terminal: Terminal, ingest_key: IngestKey, settings: Any, tmp_path: Path) -> Line:
    """A terminal that is enrolled and has sent nothing yet."""
    settings.ARASHA_LOG_DIR = tmp_path / "log"
    return Line(terminal, ingest_key)
