"""Commands and loops: tick, worker, sequencer, worlds. No door."""

from arasha.config.settings.desk import *

ARASHA_DOOR = "jobs"
