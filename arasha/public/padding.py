"""Pages whose size says nothing."""

BLOCK = 16_384
CERTIFICATE = 8 * BLOCK  # its two drawn codes take up to 100,000 bytes


def padded(page: bytes, to: int = BLOCK) -> bytes:
    """Return an HTML page filled up with a comment of spaces to a multiple of `to` bytes."""
    empty = b"<!---->\n"
    missing = -(len(page) + len(empty)) % to
    return page + b"<!--" + b" " * missing + b"-->\n"
