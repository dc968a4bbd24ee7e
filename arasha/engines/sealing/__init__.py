"""Sealing appeals with age v1: formats both sides compute alike, and encryption only.

Nothing here opens an envelope. The server and the terminals import this package; whoever opens
does it in the reader, with a library that only the reader installs.
"""
