import secrets
import uuid
from pathlib import Path
from typing import Any

import pytest

from arasha.appeals.models import Appeal, Reply
from arasha.country import local_day
from arasha.wire.ingest import IngestKey
from tests.line import Line
from tests.walk import NOW, Terminal


@pytest.fixture
def line(terminal: Terminal, ingest_key: IngestKey, settings: Any, tmp_path: Path) -> Line:
    """A terminal that is enrolled and has sent nothing yet."""
    settings.ARASHA_LOG_DIR = tmp_path / "log"
    return Line(terminal, ingest_key)


def reply_to(appeal: Appeal) -> Reply:
    """A sealed reply, as it lies here: what is in it is noise for this server."""
    return Reply.objects.create(
        appeal=appeal,
        tag=secrets.token_bytes(16),
        sealed=secrets.token_bytes(8_192),
        shown="safe",
        on_day=local_day(NOW),
        by_key=uuid.uuid4(),
    )
