"""Secrets that travel in a link: the database keeps only their hash."""

import hashlib
import secrets


def new_token() -> tuple[str, bytes]:
    """A fresh token (256 bits) for the link, and the hash to store."""
    token = secrets.token_urlsafe(32)
    return token, digest(token)


def digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
