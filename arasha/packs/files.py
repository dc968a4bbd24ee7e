"""The folder of a pack: which files it has, their tables, their faults."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from arasha.packs.faults import Fault
from arasha.packs.lines import Lines
from arasha.packs.tables import Table

JURISDICTIONS = Path(__file__).parents[1] / "jurisdictions"
FOLDERS = ("law", "cases", "vocabularies", "texts", "forms")
FILES = (
    *("pack.toml", "places.toml", "recipients.toml", "deadlines.toml"),
    *("procedure.toml", "statistics.toml"),
)


@dataclass
class Folder:
    """The pack's files as they are read. `raw` keeps every parsed file for the hash."""

    root: Path
    faults: list[Fault] = field(default_factory=list)
    languages: tuple[str, ...] = ()
    raw: dict[str, dict[str, Any]] = field(default_factory=dict)

    def file(self, name: str) -> Table:
        """The whole file as one table; a missing or unreadable one is a fault and an empty table."""
        try:
            text = (self.root / name).read_text(encoding="utf-8")
            self.raw[name] = tomllib.loads(text)
        except FileNotFoundError:
            self._fault(name, "the file is missing")
        except UnicodeDecodeError as error:
            self._fault(name, f"is not UTF-8: {error}")
        except tomllib.TOMLDecodeError as error:
            self._fault(name, f"is not TOML: {error}")
        else:
            return Table(self.raw[name], name, Lines(text), self.faults, self.languages)
        return Table({}, name, Lines(""), [], self.languages)

    def files_in(self, folder: str) -> list[Table]:
        names = sorted(path.name for path in (self.root / folder).glob("*.toml"))
        if not names:
            self._fault(folder, "the folder holds no .toml file")
        return [self.file(f"{folder}/{name}") for name in names]

    def strangers(self) -> None:
        """A file that nobody reads is a typing mistake in its name: a rule would silently not hold."""
        for path in self.root.rglob("*.toml"):
            name = path.relative_to(self.root).as_posix()
            if name not in FILES and (
                path.parent.parent != self.root or path.parent.name not in FOLDERS
            ):
                self._fault(
                    name,
                    f"no such file in a pack; known: {', '.join(FILES)}, {'/, '.join(FOLDERS)}/",
                )

    def _fault(self, name: str, message: str) -> None:
        self.faults.append(Fault(name, 0, "", message))


def folder_of(where: str | Path) -> Path:
    """The folder of a pack named by its code ("kz") or by a path. Raises FileNotFoundError."""
    for candidate in (JURISDICTIONS / str(where), Path(where)):
        if _is_pack(candidate):
            return candidate
    known = sorted(path.parent.name for path in JURISDICTIONS.glob("*/pack.toml"))
    raise FileNotFoundError(
        f"no country pack {str(where)!r}: write a code ({', '.join(known)}) "
        "or the path of a folder with a pack.toml"
    )


def _is_pack(folder: Path) -> bool:
    try:
        return (folder / "pack.toml").is_file()
    except OSError:  # a name longer than any folder's
        return False
