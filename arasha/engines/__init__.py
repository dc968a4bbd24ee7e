"""Pure functions: no I/O, no clock, no randomness. Time and random bytes are arguments."""
