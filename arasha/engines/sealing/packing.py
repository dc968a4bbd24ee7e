"""How every plaintext is written: exactly its fields in canonical JSON, padded with zero bytes.

age shows the exact length of what it seals, so all plaintexts of a kind have one of a few sizes.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from arasha.engines.notes import canonical_json
from arasha.engines.sealing.errors import PayloadError

Check = Callable[[object], bool]

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LONGEST_LANGUAGE = 35  # RFC 5646, section 4.4.1
DIGEST = re.compile(r"[0-9a-f]{64}")
RECIPIENT = re.compile(r"age1(pq1[02-9ac-hj-np-z]{1952}|[02-9ac-hj-np-z]{58})")
WRITTEN = re.compile(r"[^ \t\r\n]")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Form:
    """A plaintext's name for messages, its version, its padded sizes in bytes, its other fields."""

    what: str
    version: str
    sizes: tuple[int, ...]
    fields: Mapping[str, Check]

    def pack(self, content: Mapping[str, object]) -> bytes:
        """Return the padded plaintext of all fields but the version. Raises PayloadError."""
        whole = {"v": self.version, **content}
        self._check(whole)
        return self._pad(self._canonical(whole))

    def unpack(self, plaintext: bytes) -> dict[str, Any]:
        """Return all fields but the version of a plaintext that is exactly what `pack` writes.

        Raises PayloadError for another version, another spelling, unknown fields, wrong padding.
        """
        packed = self._unpad(plaintext)
        try:
            content = json.loads(packed)
        except (ValueError, RecursionError) as error:
            raise PayloadError(f"the {self.what} is not JSON: {error}") from error
        self._check(content)
        if self._canonical(content) != packed:
            raise PayloadError(f"the {self.what} is not in canonical JSON")
        del content["v"]
        fields: dict[str, Any] = content
        return fields

    def _check(self, content: object) -> None:
        if not isinstance(content, dict) or content.get("v") != self.version:
            raise PayloadError(f"the {self.what} is not of the version {self.version}")
        if differing := content.keys() ^ {"v", *self.fields}:
            raise PayloadError(f"the {self.what}'s fields differ by {sorted(differing)}")
        for name, has_form in self.fields.items():
            if not has_form(content[name]):
                raise PayloadError(
                    f"the {self.what}'s field {name} is not in the form of {self.version}"
                )

    def _canonical(self, content: object) -> bytes:
        try:
            return canonical_json(content)
        except (TypeError, ValueError) as error:
            raise PayloadError(f"the {self.what} has no canonical JSON form: {error}") from error

    def _pad(self, packed: bytes) -> bytes:
        for size in self.sizes:
            if len(packed) <= size:
                return packed.ljust(size, b"\0")
        raise PayloadError(
            f"the {self.what} takes {len(packed):,} bytes, at most {self.sizes[-1]:,} fit"
        )

    def _unpad(self, plaintext: bytes) -> bytes:
        packed = plaintext.rstrip(b"\0")
        if len(packed) > self.sizes[-1] or len(self._pad(packed)) != len(plaintext):
            raise PayloadError(
                f"{len(plaintext):,} bytes are not the padded size of this {self.what}"
            )
        return packed


def is_text(value: object) -> bool:
    return isinstance(value, str)


def is_written(value: object) -> bool:
    return isinstance(value, str) and WRITTEN.search(value) is not None


def is_line(most: int) -> Check:
    """A text of at most so many characters, with no control character among them."""
    return lambda value: (
        isinstance(value, str) and len(value) <= most and CONTROL.search(value) is None
    )


def matches(pattern: re.Pattern[str]) -> Check:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def is_language(value: object) -> bool:
    return is_line(LONGEST_LANGUAGE)(value) and matches(LANGUAGE)(value)


def is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(is_text(each) for each in value.values())


def one_of(*words: str) -> Check:
    return lambda value: isinstance(value, str) and value in words


def or_none(has_form: Check) -> Check:
    return lambda value: value is None or has_form(value)
