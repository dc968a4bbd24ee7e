"""The files that the rules look into."""

from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
PACKAGE = CHECKOUT / "arasha"


def code(under: str = "") -> list[Path]:
    """Our Python files, migrations aside: a tool writes those."""
    files = (PACKAGE / under).rglob("*.py")
    return sorted(path for path in files if "migrations" not in path.parts)


def rooms(name: str) -> Iterator[Path]:
    """`services.py` everywhere, and each file of a `services/` package."""
    for path in code():
        if path.stem == name or path.parent.name == name:
            yield path


def templates() -> list[Path]:
    """Pages that Django renders; the programs' own pages take their texts from the pack."""
    pages = (path for path in PACKAGE.rglob("*.html") if "templates" in path.parts)
    return sorted(path for path in pages if "programs" not in path.parts)


def label(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))
