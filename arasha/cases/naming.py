"""Names as the register folds them, and which parts of a folded name somebody may have meant."""

from itertools import combinations

from arasha.access.names import Parts
from arasha.engines.names import fold, keys
from arasha.engines.names.folding import DAUGHTER, SON
from arasha.engines.names.similarity import is_initial

FOLDING = 1  # goes up when the engine gives names other keys; `tick` folds what is stored anew
LONG_ENOUGH = (
    5  # letters of a word alone in which a mistake is looked for: shorter ones are too much alike
)
SHORTEST = 3  # the index knows no part of fewer characters, a word's beginning and end counted


def folding_of(name: str) -> dict[str, str | int]:
    """The fields of an identity that follow from its name."""
    return {"folded": fold(name), "folded_by": FOLDING}


def wanted(text: str) -> list[list[Parts]]:
    """What to look for, the strictest first: every word, of three or more all but one; then with mistakes.

    Empty: no word is long enough to be looked for. A word alone must be right here: half of it is in very
    many names; `mistaken` is for when it is in none.
    """
    begun = beginnings(text)
    if len(begun) < 2:
        return [[(each, each)] for each in begun]
    halves = [_halves(each.strip()) for each in begun]
    if len(begun) == 2:
        return [[(each, each) for each in begun], halves]
    # Of each two one is there: so at most one is missing.
    return [list(combinations(begun, 2)), halves]


def mistaken(text: str) -> tuple[str, list[list[Parts]]]:
    """A word that stands alone, folded, and how to look for it if a letter of it is wrong; else nothing.

    Wherever the word is cut, one mistake leaves what is before the cut or what is after it. Two letters in
    each other's place may stand on both sides of a cut: the second way leaves one out there.
    """
    begun = beginnings(text)
    word = begun[0].strip() if len(begun) == 1 else ""
    if len(word) < LONG_ENOUGH:
        return "", []
    return word, [_cuts(f" {word} ", without) for without in (0, 1)]


def beginnings(text: str) -> list[str]:
    """Of the words that are long enough: as they begin a word of a name with a space on both sides."""
    words = [word for word in keys(text) if len(word) > 1 and not is_initial(word)]
    return [f" {word}" if len(word) >= SHORTEST else f" {word} " for word in words]


def _halves(word: str) -> Parts:
    """A word with one mistake keeps its first half or its second."""
    middle = len(word.removesuffix(SON).removesuffix(DAUGHTER)) // 2
    if middle < SHORTEST - 1:
        return (f" {word} ", f" {word} ")
    return (f" {word[:middle]}", f"{word[middle:]} ")


def _cuts(padded: str, without: int) -> list[Parts]:
    last = len(padded) - SHORTEST - without
    return [(padded[:cut], padded[cut + without :]) for cut in range(SHORTEST, last + 1)]
