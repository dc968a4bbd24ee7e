"""Writes docs/reference/urls.md from the doors themselves: `.venv/bin/python -m tools.reference`."""

import inspect
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import django
from django.urls import URLPattern, URLResolver

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "urls.md"
DOORS = {
    "desk": "for staff, after a second factor",
    "public": "for everybody, without account or cookie",
    "gateway": "for devices: signed bundles, refusals in JSON",
}
HEAD = """# Addresses

Written by `.venv/bin/python -m tools.reference`; a test says when it is old. The programs' own addresses are theirs alone: only the
machine they run on reaches them.
"""


@dataclass(frozen=True)
class Row:
    address: str
    name: str
    what: str


def page() -> str:
    """The whole page, as it should be now."""
    parts = [HEAD]
    for door, who in DOORS.items():
        found = sorted(rows(door), key=lambda row: row.address)
        table = [f"| `{row.address}` | {row.name} | {row.what} |" for row in found]
        lines = (
            ["| address | name | what |", "|---|---|---|", *table] if table else ["Nothing yet."]
        )
        parts.append("\n".join([f"## The {door} door: {who}", "", *lines, ""]))
    return "\n".join(parts)


def rows(door: str) -> Iterator[Row]:
    """Every address that a door answers."""
    yield from _below(import_module(f"arasha.config.urls.{door}").urlpatterns, "/", "")


def _below(patterns: list[URLPattern | URLResolver], address: str, space: str) -> Iterator[Row]:
    for pattern in patterns:
        here = address + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, (space, pattern.namespace)))
            yield from _below(pattern.url_patterns, here, inner)
        else:
            name = ":".join(filter(None, (space, pattern.name)))
            yield Row(here, name, _what(pattern))


def _what(pattern: URLPattern) -> str:
    """The first line of our own view's docstring."""
    view = inspect.unwrap(pattern.callback)
    ours = view.__module__.startswith("arasha.") and view.__doc__
    return view.__doc__.strip().splitlines()[0].replace("|", "\\|") if ours else ""


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arasha.config.settings.test")
    django.setup()
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
