"""Names as the register folds them, and which parts of a folded name somebody may have meant."""

from itertools import combinations, pairwise

from arasha.access.names import Parts, Wanted
from arasha.engines.names import fold, keys
from arasha.engines.names.folding import DAUGHTER, SON
from arasha.engines.names.similarity import is_initial

FOLDING = 1  # goes up when the engine gives names other keys; `tick` folds what is stored anew
LONG_ENOUGH = (
    5  # letters of a word alone in which a mistake is looked for: shorter ones are too much alike
)
MOST_WORDS = 5  # of a name that are looked for, the longest
SHORTEST = 3  # the index knows no part of fewer characters, a word's beginning and end counted


def folding_of(name: str) -> dict[str, str | int]:
    """The fields of an identity that follow from its name."""
    return {"folded": fold(name), "folded_by": FOLDING}


def wanted(text: str) -> list[Wanted]:
    """What to look for, the strictest first: every word, of three or more all but one; then with mistakes.

    Empty: no word is long enough to be looked for. A word alone must be right here: half of it is in very
    many names; `mistaken` is for when it is in none.
    """
    begun = beginnings(text)
    if len(begun) < 2:
        return [[[(each,)]] for each in begun]
    longest = sorted(begun, key=len)[-MOST_WORDS:]
    whole = list(combinations(longest, max(2, len(longest) - 1)))
    return [[whole], [_halves(each.strip()) for each in longest]]


def mistaken(text: str) -> tuple[str, list[Wanted]]:
    """A word that stands alone, folded, and how to look for it if a letter of it is wrong; else nothing.

    A mistake between two cuts leaves what is before the one and what is after the other. Two letters in each
    other's place may stand on both sides of a cut: the second way leaves one out there.
    """
    begun = beginnings(text)
    word = begun[0].strip() if len(begun) == 1 else ""
    if len(word) < LONG_ENOUGH:
        return "", []
    return word, [[_cuts(f" {word} ", without)] for without in (0, 1)]


def beginnings(text: str) -> list[str]:
    """Of the words that are long enough: as they begin a word of a name with a space on both sides."""
    words = [word for word in keys(text) if word.isalpha() and not is_initial(word)]
    return [f" {word}" if len(word) >= SHORTEST else f" {word} " for word in words]


def _halves(word: str) -> list[Parts]:
    """A word with one mistake keeps its first half or its second."""
    middle = len(word.removesuffix(SON).removesuffix(DAUGHTER)) // 2
    if middle < SHORTEST - 1:
        return [(f" {word} ",)]
    return [(f" {word[:middle]}",), (f"{word[middle:]} ",)]


def _cuts(padded: str, without: int) -> list[Parts]:
    """Before the first cut and after the last one there is only one side to keep."""
    cuts = range(SHORTEST, len(padded) - SHORTEST - without + 1)
    between = [(padded[:cut], padded[following + without :]) for cut, following in pairwise(cuts)]
    return [(padded[cuts[0] + without :],), *between, (padded[: cuts[-1]],)]
