"""`arasha kiosk`: what runs on a terminal, as one folder: built, signed for, applied, verified."""

from arasha.programs.kiosk.command import main

__all__ = ["main"]
