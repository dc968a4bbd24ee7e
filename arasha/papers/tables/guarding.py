"""Cells that a spreadsheet would run as a formula are written as texts, and read back as they were."""

# OWASP, CSV Injection; the wide forms are taken for the narrow ones by East Asian versions.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
GUARD = "'"


def guarded(text: str) -> str:
    """With an apostrophe before it if the text would be run; also if it looks guarded already."""
    return GUARD + text if _runs(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith(GUARD) and _runs(text) else text


def _runs(text: str) -> bool:
    return text.lstrip(GUARD).startswith(DANGEROUS)
