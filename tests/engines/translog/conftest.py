import pytest

from arasha.engines import translog
from tests.engines.translog.small_log import Log, entries


@pytest.fixture
def log() -> Log:
    """A log of 1,000 events."""
    made = Log()
    made.append([translog.leaf_hash(entry) for entry in entries(1000)])
    return made
