"""Management commands and the loops: tick, worker, sequencer."""
