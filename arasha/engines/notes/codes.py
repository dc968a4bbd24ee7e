"""Filing codes: 24 digits that a person can carry, computed from the leaf they stand for."""

import unicodedata
from collections.abc import Iterable
from hashlib import sha256

from arasha.engines.notes.errors import BadCodeError

DIGITS = 24
_DOMAIN = b"arasha code v1\n"
_PAYLOAD = DIGITS - 2
_MODULUS: int = 10**_PAYLOAD


def filing_code(leaf_hash: bytes) -> str:
    """Return the 24 digits of the leaf with this RFC 6962 leaf hash (32 bytes).

    22 digits of SHA-256 (73 bits), then 2 check digits (ISO 7064, MOD 97-10). Nobody needs a table
    to go from a leaf to its code, so nobody can answer a code with another leaf.
    """
    if len(leaf_hash) != 32:
        raise ValueError(f"a leaf hash has 32 bytes, got {len(leaf_hash)}")
    payload = f"{_number(leaf_hash):0{_PAYLOAD}d}"
    return payload + _check_digits(payload)


def first_with_code(code: str, leaf_hashes: Iterable[bytes]) -> int | None:
    """Return the position of the first leaf hash that this code (24 digits) stands for, or None.

    Several times as fast as to write the code of each: a code file has a hundred of them.
    """
    number = int(code[:_PAYLOAD])
    found = (at for at, each in enumerate(leaf_hashes) if _number(each) == number)
    position = next(found, None)
    return position if _check_digits(code[:_PAYLOAD]) == code[_PAYLOAD:] else None


def _number(leaf_hash: bytes) -> int:
    return int.from_bytes(sha256(_DOMAIN + leaf_hash).digest(), "big") % _MODULUS


def _check_digits(payload: str) -> str:
    return f"{98 - int(payload) * 100 % 97:02d}"


def grouped(code: str) -> str:
    """Return the code in fours, as it is printed: "1234 5678 …"."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def read_code(text: str) -> str:
    """Return the 24 ASCII digits that a person typed, in any spacing, dashes or decimal digits.

    Raises BadCodeError: a typing mistake is told here, so that no server has to be asked.
    """
    code = "".join(_digit(sign) for sign in text if not _is_spacing(sign))
    if len(code) != DIGITS:
        raise BadCodeError(
            BadCodeError.LENGTH, f"a filing code has {DIGITS} digits, got {len(code)}"
        )
    if _check_digits(code[:_PAYLOAD]) != code[_PAYLOAD:]:
        raise BadCodeError(
            BadCodeError.CHECK_DIGITS, "the check digits do not fit: a digit is mistyped"
        )
    return code


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    if value is None:
        raise BadCodeError(BadCodeError.CHARACTERS, f"a filing code has only digits, got {sign!r}")
    return str(value)


def _is_spacing(sign: str) -> bool:
    # Cf: the invisible direction marks that come along when a code is copied from Arabic text.
    return sign.isspace() or sign == "\u2212" or unicodedata.category(sign) in {"Pd", "Cf"}
