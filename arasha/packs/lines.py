"""Where in a TOML file a table or key stands: tomllib keeps no line numbers, people need them."""

import re

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[{1,2})\s*([^\[\]]+?)\s*\]{1,2}\s*(#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_.\"'-]+)\s*=")
_MULTILINE = re.compile(r'"""|\'\'\'')


class Lines:
    """The line of every table and key of one TOML text; a path without its own line has its parent's."""

    def __init__(self, text: str) -> None:
        self._line_of: dict[Path, int] = {}
        self._count: dict[Path, int] = {}
        self._table: Path = ()
        inside_string = False
        for number, line in enumerate(text.splitlines(), start=1):
            if not inside_string:
                self._note(line, number)
            if len(_MULTILINE.findall(line)) % 2:
                inside_string = not inside_string

    def of(self, path: Path) -> int:
        while path and path not in self._line_of:
            path = path[:-1]
        return self._line_of.get(path, 0)

    def _note(self, line: str, number: int) -> None:
        if header := _HEADER.match(line):
            self._table = self._opened(_names(header[2]), is_array=header[1] == "[[")
            self._line_of.setdefault(self._table, number)
        elif key := _KEY.match(line):
            self._line_of.setdefault(self._table + _names(key[1]), number)

    def _opened(self, names: tuple[str, ...], *, is_array: bool) -> Path:
        parent = self._inside(names[:-1] if is_array else names)
        if not is_array:
            return parent
        path = (*parent, names[-1])
        index = self._count[path] = self._count.get(path, -1) + 1
        return (*path, index)

    def _inside(self, names: tuple[str, ...]) -> Path:
        """`rule.version` under the third [[rule]] is ("rule", 2, "version")."""
        path: Path = ()
        for name in names:
            path = (*path, name)
            if path in self._count:
                path = (*path, self._count[path])
        return path


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip().strip("\"'") for name in dotted.split("."))
