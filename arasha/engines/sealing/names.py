"""The names of recipient sets and bodies in wire formats."""

import re

NAME = re.compile(r"[a-z0-9]+([._-][a-z0-9]+){0,15}")
TOLD = "-names"


def names_code(body: str) -> str:
    """Return the code of those in `body` who are told who wrote: a body with a set of its own."""
    return body + TOLD


def body_told(code: str) -> str | None:
    """Return the body whose writers' names are sealed to `code`, or None if it is no such code."""
    return code.removesuffix(TOLD) if code.endswith(TOLD) else None
