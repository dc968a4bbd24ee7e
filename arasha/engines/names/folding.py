"""One key for a name, however it is spelled: Kazakh or Russian, Cyrillic or Latin, in any order."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from arasha.engines.names import letters

LONGEST = 200  # characters read of a name, and written of its key
MOST_WORDS = 12  # of a name, so that comparing two takes a bounded time
MOST_ROUNDS = 8  # a bound, not a choice: names settle in two
SON, DAUGHTER = "uli", "kizi"

_WORDS = re.compile(r"[^\W_]+")
_MIXED = re.compile(r"(?=\S*[A-Za-zƏə])(?=\S*[\u0400-\u04ff])[^\W_]+")
_MARKED_LATIN = (("s'", "sh"), ("c'", "ch"), ("y'", "u"), ("'", ""))
# Each step shortens or lowers: repeated until nothing changes, they end. S stands for ш, ч and щ.
_SPELLINGS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"shch|sch|shh|ch|sh", "S"),
        (r"d?zh|dj", "j"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"ph", "f"),
        (r"cz|tz|c(?=[eiy])", "ts"),
        (r"ck|[cq]", "k"),
        (r"x", "ks"),
        (r"w", "u"),
        (r"[yi]+", "i"),
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"ou", "u"),  # Kourmangazy, the French way of older passports
        (r"i[eo]", "e"),  # Zhumabayev, Yerlan, Pyotr: the glide that some write and some do not
        (r"(?<=[^aeiou\W])iu|ui", "u"),  # Lyudmila and Ludmila, Bauyrzhan and Baurzhan
        (r"(.)\1+", r"\1"),
    )
)
_PATRONYMICS = (
    (re.compile(r"(?<=..)(?:[eo]viS|uli|ogli|oglu)$"), SON),
    (re.compile(r"(?<=..)(?:[eo]vna|k[iy]zi)$"), DAUGHTER),
)
_ENDING_ALONE = {"uli": SON, "ogli": SON, "oglu": SON, "kizi": DAUGHTER}


def fold(name: str) -> str:
    """One key for all spellings of a name: plain words of a to z, in alphabetical order.

    Folds Kazakh Cyrillic, the Kazakh Latin of 2017, 2018 and 2021, Russian and romanised spellings, case,
    marks, doubled letters, look-alikes of the other script and the order of words. A patronymic keeps its
    ending (`bolatuli`, `bolatkizi`, whether -ұлы or -ович), so that it is never taken for a surname. Other
    scripts stay as they are. Never raises; at most `LONGEST` characters and `MOST_WORDS` words;
    fold(fold(x)) == fold(x). Two
    people may have one key: it suggests, it does not identify.
    """
    return " ".join(keys(name))


def keys(name: str) -> tuple[str, ...]:
    """The folded words of a name, sorted: what a search looks for. Joined by a space they are `fold`."""
    found = _once(name)
    for _ in range(MOST_ROUNDS):
        again = _once(" ".join(found))
        if again == found:
            break
        found = again
    return found


def initials(name: str) -> str:
    """The first letters of the folded words, sorted: `Ахметов С. Б.` and `Сабит Ахметов Болатұлы` agree."""
    return "".join(word[0] for word in keys(name))


def _once(name: str) -> tuple[str, ...]:
    words = " ".join(_WORDS.findall(_plain(name[:LONGEST])))
    with_fathers = " ".join(_with_fathers(_spelled(words, _SPELLINGS).split()))
    folded = sorted(_spelled(with_fathers, _VOWELS).replace("S", "sh").split())
    return tuple(" ".join(folded[:MOST_WORDS])[:LONGEST].split())


def _plain(name: str) -> str:
    """Lower-case Latin without marks, where the letters are known; digits are European."""
    text = name.translate(letters.APOSTROPHES)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)[:LONGEST]
    text = text if text.isprintable() else "".join(_visible(text))
    text = (text if text.isascii() else _MIXED.sub(_in_one_script, text)).casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(letters.CYRILLIC)
        text = text.translate(letters.LATIN)
    for marked, plain in _MARKED_LATIN:
        text = text.replace(marked, plain)
    return text if text.isascii() else "".join(_unmarked(text))


def _unmarked(text: str) -> Iterator[str]:
    for char in unicodedata.normalize("NFKD", text):
        if char.isdecimal():
            yield str(unicodedata.decimal(char))
        elif not unicodedata.combining(char):
            yield char


def _visible(text: str) -> Iterator[str]:
    """Without what cannot be seen (NUL, joiners, lone surrogates); line ends and tabs part words."""
    for char in text:
        if char.isspace():
            yield " "
        elif not unicodedata.category(char).startswith("C"):
            yield char


def _in_one_script(word: re.Match[str]) -> str:
    """Read look-alikes in the script of the letters that have no double; undecided: leave them."""
    in_latin = word[0].translate(letters.TO_LATIN)
    if in_latin.isascii():
        return in_latin
    in_cyrillic = word[0].translate(letters.TO_CYRILLIC)
    return word[0] if re.search("[A-Za-z]", in_cyrillic) else in_cyrillic


def _spelled(text: str, rules: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, instead in rules:
        text = pattern.sub(instead, text)
    return text


def _with_fathers(words: list[str]) -> Iterator[str]:
    """Words with patronymics in one form: an ending that stands alone joins the word before it."""
    joined: list[str] = []
    for word in words:
        ending = _ENDING_ALONE.get(word)
        if ending and joined:
            joined[-1] = f"{joined[-1].rstrip('i')}{ending}"
        elif not ending or len(words) == 1:
            joined.append(word)
    return map(_father, joined)


def _father(word: str) -> str:
    for pattern, ending in _PATRONYMICS:
        stem, found = pattern.subn("", word)
        if found:
            return stem.rstrip("ei") + ending
    return word
