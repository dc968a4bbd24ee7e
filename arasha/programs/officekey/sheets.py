"""The office key on three sheets of paper: any two rebuild it, one says nothing (SLIP-39)."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import pyrage
from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from arasha.engines.sealing import bech32

SHEETS, NEEDED = 3, 2
WORDS = 33
SECRET_BYTES = 32
LETTERS = 4  # the first four letters of a word of SLIP-39 are no other word's
BY_LETTERS: dict[str, str] = {word[:LETTERS]: word for word in WORDLIST}
IDENTITY_PREFIX = "age-secret-key-"


class SheetError(Exception):
    """A sheet that cannot be used; `key` names the words that say why and what to do."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(key)
        self.key = key
        self.details = details


@dataclass(frozen=True, slots=True)
class Key:
    """An age identity, in memory only. `secret` is its 32-byte X25519 scalar."""

    secret: bytes

    @property
    def identity(self) -> pyrage.x25519.Identity:
        text = bech32.encode(IDENTITY_PREFIX, self.secret).upper()
        return pyrage.x25519.Identity.from_str(text)

    @property
    def recipient(self) -> str:
        return str(self.identity.to_public())

    def __repr__(self) -> str:
        return f"Key({self.recipient})"


def split(key: Key) -> list[list[str]]:
    """Return three sheets of 33 words, after trying that each two of them give `key` back."""
    (group,) = generate_mnemonics(1, [(NEEDED, SHEETS)], key.secret)
    sheets = [mnemonic.split(" ") for mnemonic in group]
    if any(join(pair) != key for pair in itertools.combinations(sheets, NEEDED)):
        raise SheetError("self_test")
    return sheets


def join(sheets: Sequence[Sequence[str]]) -> Key:
    """Return the key on two sheets. Raises SheetError: what is wrong with which sheet."""
    shares = [read(words, number) for number, words in enumerate(sheets, start=1)]
    if len(shares) < NEEDED:
        raise SheetError("one_sheet")
    if len({share.common_parameters() for share in shares}) > 1:
        raise SheetError("two_keys")
    if len({share.index for share in shares}) < len(shares):
        raise SheetError("same_sheet")
    try:
        return Key(combine_mnemonics([" ".join(words) for words in sheets]))
    except MnemonicError as error:
        raise SheetError("not_together") from error


def read(words: Sequence[str], number: int) -> Share:
    """Return the share on a sheet, if it is one of an office key. Raises SheetError."""
    if len(words) != WORDS:
        raise SheetError("word_count", sheet=number, found=len(words), needed=WORDS)
    try:
        share = Share.from_mnemonic(" ".join(words))
    except MnemonicError as error:
        raise SheetError("checksum", sheet=number) from error
    form = (share.group_threshold, share.group_count, share.member_threshold, len(share.value))
    if form != (1, 1, NEEDED, SECRET_BYTES):
        raise SheetError("other_kind", sheet=number)
    return share


def complete(typed: str, *, place: int) -> str:
    """Return the word that `typed` begins; four letters are enough. Raises SheetError."""
    letters = typed.lower()
    word = BY_LETTERS.get(letters[:LETTERS], "")
    if len(letters) >= LETTERS and word.startswith(letters):
        return word
    near = get_close_matches(letters, WORDLIST, n=3, cutoff=0.5)
    raise SheetError("unknown_word", place=place, typed=typed[:40], near=", ".join(near) or "—")
