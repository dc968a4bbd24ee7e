"""Commands and loops: tick, worker, sequencer, worlds. No door."""

from arasha.config.settings.desk import *  # noqa: F403

ARASHA_DOOR = "jobs"
