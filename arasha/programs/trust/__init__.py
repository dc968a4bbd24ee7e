"""`arasha trust`: ceremonies of the root of trust, on a machine without a network."""

from arasha.programs.trust.command import main

__all__ = ["main"]
