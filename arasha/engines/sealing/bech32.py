"""Bech32 (BIP 173) without its length limit, as age uses it for its keys."""

from arasha.engines.sealing.errors import RecipientError

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CHECKSUM_LENGTH = 6


def decode(text: str) -> tuple[str, bytes]:
    """Return the prefix and the bytes of a lower-case Bech32 `text`.

    Upper case is refused although BIP 173 allows it: in a signed text a key has one spelling.
    Raises RecipientError for foreign characters, a wrong checksum and left-over bits.
    """
    prefix, separator, data = text.rpartition("1")
    if not separator or not prefix or len(data) < CHECKSUM_LENGTH:
        raise RecipientError(f"{shown(text)} is not Bech32: it has no prefix, or it is too short")
    if any(not 33 <= ord(letter) <= 126 or letter.isupper() for letter in prefix):
        raise RecipientError(f"{shown(text)} is not Bech32 in lower case")
    if foreign := set(data) - set(ALPHABET):
        raise RecipientError(f"{shown(text)} has characters that Bech32 lacks: {sorted(foreign)}")
    words = [ALPHABET.index(letter) for letter in data]
    if checksum(prefix, words) != 1:
        raise RecipientError(f"{shown(text)} has a wrong checksum: look for a typing mistake")
    return prefix, to_bytes(words[:-CHECKSUM_LENGTH], text)


def encode(prefix: str, data: bytes) -> str:
    """Return `data` as lower-case Bech32 under a lower-case prefix."""
    words = to_words(data)
    closing = checksum(prefix, [*words, *[0] * CHECKSUM_LENGTH]) ^ 1
    words += [closing >> 5 * (CHECKSUM_LENGTH - 1 - place) & 31 for place in range(CHECKSUM_LENGTH)]
    return f"{prefix}1" + "".join(ALPHABET[word] for word in words)


def checksum(prefix: str, words: list[int]) -> int:
    """Return BIP 173's polymod over the expanded prefix and the words; 1 is a valid checksum."""
    high_bits = [ord(letter) >> 5 for letter in prefix]
    low_bits = [ord(letter) & 31 for letter in prefix]
    value = 1
    for word in (*high_bits, 0, *low_bits, *words):
        top = value >> 25
        value = (value & 0x1FFFFFF) << 5 ^ word
        for bit, generator in enumerate(GENERATORS):
            value ^= generator if top >> bit & 1 else 0
    return value


def to_bytes(words: list[int], text: str) -> bytes:
    """Join groups of five bits into bytes; what is left over must be short and zero."""
    joined = 0
    for word in words:
        joined = joined << 5 | word
    length, spare_bits = divmod(len(words) * 5, 8)
    if spare_bits > 4 or joined & ((1 << spare_bits) - 1):
        raise RecipientError(f"{shown(text)} has left-over bits")
    return (joined >> spare_bits).to_bytes(length, "big")


def to_words(data: bytes) -> list[int]:
    """Split bytes into groups of five bits, the last filled with zeros."""
    count = -(-len(data) * 8 // 5)
    joined = int.from_bytes(data, "big") << (count * 5 - len(data) * 8)
    return [joined >> 5 * (count - 1 - place) & 31 for place in range(count)]


def shown(text: str) -> str:
    """Return `text` short enough for a message: a post-quantum key has 1,959 characters."""
    return repr(text if len(text) <= 70 else f"{text[:64]}…")
