"""One byte string for one value, so that it can be hashed and signed."""

import json
from collections.abc import Mapping

LARGEST = 2**53 - 1  # beyond it, JavaScript would read another number (RFC 7493, 2.2)


def canonical_json(value: object) -> bytes:
    """Return the RFC 8785 form of `value`: sorted keys, no whitespace, UTF-8.

    Takes None, bool, int up to 2^53 - 1, str, list, tuple, and mappings with str keys. A float has
    no place in what is signed: raises TypeError for it and every other type, ValueError for a
    number too large or a text that is not Unicode.
    """
    text = json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def _plain(value: object) -> object:
    match value:
        case None | bool() | str():
            return value
        case int():
            return _checked_number(value)
        case list() | tuple():
            return [_plain(item) for item in value]
        case Mapping():
            return {key: _plain(value[key]) for key in sorted(value, key=_utf16)}
    raise TypeError(f"{type(value).__name__} has no canonical JSON form: {value!r}")


def _checked_number(number: int) -> int:
    if abs(number) > LARGEST:
        raise ValueError(f"a number in canonical JSON is at most 2^53 - 1, got {number}")
    return number


def _utf16(key: object) -> bytes:
    # RFC 8785 sorts by UTF-16 code units, which differs from code points beyond U+FFFF.
    if not isinstance(key, str):
        raise TypeError(f"a key in canonical JSON is a text, got {key!r}")
    return key.encode("utf-16-be")
