"""What a page on this machine loads: the files of its own program, and those that all programs share."""

from pathlib import Path

PROGRAMS = Path(__file__).parent
LOOK = PROGRAMS.parent / "static" / "arasha"


def files_beside(own: Path) -> dict[str, Path]:
    """Return each address under which a folder of files is served, for a program's `own` folder.

    Nothing else is loaded: whoever copies these folders to another machine has the whole page.
    """
    return {"/static/": own, "/shared/": PROGRAMS / "static", "/look/": LOOK}
