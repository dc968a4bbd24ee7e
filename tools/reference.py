"""Writes the pages of addresses in docs/reference from the doors themselves: `.venv/bin/python -m tools.reference`."""

import inspect
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import django
from django.urls import URLPattern, URLResolver

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
DOORS = {
    "desk": "for staff, after a second factor",
    "public": "for everybody, without account or cookie",
    "gateway": "for devices: signed bundles, refusals in JSON",
}
# A page that people still read to its end: the register of cases has one of its own.
CASES = "/cases/"
PAGES = {"urls.md": "Addresses", "urls-of-cases.md": "Addresses of the register of cases"}
HEAD = """# {title}

Written by `.venv/bin/python -m tools.reference`; a test says when it is old. The programs' own addresses are theirs alone: only the
machine they run on reaches them.
"""


@dataclass(frozen=True)
class Row:
    address: str
    name: str
    what: str

    @property
    def page(self) -> str:
        return "urls-of-cases.md" if self.address.startswith(CASES) else "urls.md"


def page(name: str) -> str:
    """A whole page of PAGES, as it should be now."""
    parts = [HEAD.format(title=PAGES[name])]
    for door, who in DOORS.items():
        found = sorted((row for row in rows(door) if row.page == name), key=lambda row: row.address)
        if found:
            lines = [f"| `{row.address}` | {row.name} | {row.what} |" for row in found]
            table = ["| address | name | what |", "|---|---|---|", *lines, ""]
            parts.append("\n".join([f"## The {door} door: {who}", "", *table]))
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
    for name in PAGES:
        (REFERENCE / name).write_text(page(name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
