"""Reading one TOML table strictly: every fault is collected with its line, nothing unknown passes."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from arasha.packs.faults import Fault
from arasha.packs.lines import Lines, Path
from arasha.packs.text import Text

MOST = 1_000_000
_CODE = re.compile(r"^[a-z0-9]+([_.-][a-z0-9]+)*$")


@dataclass
class Table:
    """A table of one file. Ask for each key by its type, then `close()`: what nobody asked for is a fault.

    A missing or wrong value is noted in `faults` and answered with an empty one, so that reading goes on
    and the author sees all faults at once.
    """

    values: dict[str, Any]
    file: str
    lines: Lines
    faults: list[Fault]
    languages: tuple[str, ...] = ()
    path: Path = ()
    _asked: set[str] = field(default_factory=set)

    def fault(self, message: str, key: str | None = None) -> None:
        where = self.path if key is None else (*self.path, key)
        self.faults.append(Fault(self.file, self.lines.of(where), self.title, message))

    @property
    def title(self) -> str:
        names = ".".join(str(part) for part in self.path if isinstance(part, str))
        name = self.values.get("code") or self.values.get("id") or self.values.get("name")
        return f"{names} {name}".strip() if isinstance(name, str) else names

    def close(self) -> None:
        for key in self.values.keys() - self._asked:
            known = ", ".join(sorted(self._asked))
            self.fault(f"unknown key {key!r}; known here: {known}", key)

    def has(self, key: str) -> bool:
        return key in self.values

    def code(self, key: str = "code") -> str:
        value = self.string(key)
        if value and not _CODE.match(value):
            self.fault(f"{key} = {value!r}: write small latin letters, digits and _ . -", key)
        return value

    def string(self, key: str, default: str | None = None) -> str:
        return str(self._value(key, str, "a text in quotes", default, ""))

    def flag(self, key: str, default: bool | None = None) -> bool:
        return bool(self._value(key, bool, "true or false", default, False))

    def number(self, key: str, default: int | None = None) -> int:
        value = self._value(key, int, "a whole number", default, 0)
        if isinstance(value, bool) or abs(value) > MOST:
            self.fault(f"{key} must be a whole number up to {MOST:,}, got {value}", key)
            return 0
        return int(value)

    def day(self, key: str) -> dt.date | None:
        """A calendar day, or None when the key is absent: the day is not known."""
        self._asked.add(key)
        value = self.values.get(key)
        if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
            return value
        self.fault(f"{key} must be a day like 2023-03-29 without quotes, got {value!r}", key)
        return None

    def needed_day(self, key: str) -> dt.date:
        if key not in self.values:
            self.fault(f"{key} is missing: write a day like 2023-03-29")
        return self.day(key) or dt.date.min

    def instant(self, key: str) -> dt.datetime | None:
        """A moment with its offset, or None when the key is absent."""
        self._asked.add(key)
        value = self.values.get(key)
        if value is None or (isinstance(value, dt.datetime) and value.tzinfo is not None):
            return value
        self.fault(
            f"{key} must be like 2024-03-07T17:30:00+05:00 without quotes, got {value!r}", key
        )
        return None

    def choice(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        value = self.string(key, default)
        if value and value not in allowed:
            self.fault(f"{key} = {value!r} is not one of {', '.join(sorted(allowed))}", key)
        return value

    def codes(self, key: str, allowed: Collection[str] | None = None) -> tuple[str, ...]:
        """A list of texts, empty when absent; each one of `allowed`, where given."""
        found = self._value(key, list, 'a list like ["a", "b"]', [], [])
        for value in found:
            if not isinstance(value, str):
                self.fault(f"{key} must hold texts in quotes, got {value!r}", key)
            elif allowed is not None and value not in allowed:
                self.fault(f"{key}: {value!r} is not one of {', '.join(sorted(allowed))}", key)
        return tuple(value for value in found if isinstance(value, str))

    def numbers(self, key: str) -> tuple[int, ...]:
        found = self._value(key, list, "a list like [1, 2]", [], [])
        if any(type(value) is not int for value in found):
            self.fault(f"{key} must hold whole numbers, got {found}", key)
            return ()
        return tuple(found)

    def text(self, key: str) -> Text:
        """Words in every language of the pack."""
        words = self._value(key, dict, f"words in {', '.join(self.languages)}", None, {})
        return self.as_text(words, key)

    def as_text(self, words: dict[str, Any], key: str | None = None) -> Text:
        for language in self.languages:
            word = words.get(language)
            if words and (not isinstance(word, str) or not word.strip()):
                self.fault(f"{key or 'text'}: no words in {language!r}", key)
        for language in words.keys() - set(self.languages):
            self.fault(f"{key or 'text'}: {language!r} is no language of this pack", key)
        return Text({code: str(words.get(code, "")) for code in self.languages})

    def table(self, key: str) -> "Table":
        values = self._value(key, dict, f"a table [{key}]", None, {})
        return self._child(values, (*self.path, key))

    def tables(self, key: str, *, least: int = 0) -> list["Table"]:
        """All [[key]] tables in order; fewer than `least` is a fault."""
        found = self._value(key, list, f"tables [[{key}]]", [], [])
        if not all(isinstance(item, dict) for item in found):
            self.fault(f"{key} must be tables [[{key}]]", key)
            return []
        if len(found) < least:
            self.fault(f"needs at least {least} [[{key}]], has {len(found)}")
        return [self._child(item, (*self.path, key, i)) for i, item in enumerate(found)]

    def _child(self, values: dict[str, Any], path: Path) -> "Table":
        return Table(values, self.file, self.lines, self.faults, self.languages, path)

    def _value(self, key: str, kind: type, meaning: str, default: Any, empty: Any) -> Any:
        self._asked.add(key)
        if key not in self.values:
            if default is None:
                self.fault(f"{key} is missing: write {meaning}")
            return empty if default is None else default
        if not isinstance(self.values[key], kind):
            self.fault(f"{key} must be {meaning}, got {self.values[key]!r}", key)
            return empty
        return self.values[key]


def plain(value: Any) -> Any:
    """TOML's days and instants as ISO texts, fractions and huge numbers as texts, the rest as it is."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float) or (isinstance(value, int) and abs(value) > MOST):
        return str(value)
    return value
