"""How alike two names are: each folded word beside the one it fits best, in any order."""

from collections.abc import Iterator, Sequence
from itertools import permutations

from arasha.engines.names.folding import DAUGHTER, SON, keys

# Words of strangers often reach .6: what lies below the floor speaks against the pair, not a little for it.
FLOOR = 0.8
INITIAL_FITS = 0.8  # `С.` beside `Серік`: it may be he
MISSING_WORD = 0.5  # a word that only one telling has, beside 1 for a word that does not fit
MISSING_FATHER = 0.25  # a patronymic is often left out
_INITIALS_OF_TWO_LETTERS = {"sh", "ts", "iu", "ia"}


def similarity(one: str, other: str) -> float:
    """How alike two names are, folded or as written, in any order: 0 to 1; 0 if one is empty.

    Jaro-Winkler over folded words, best pairs first. A patronymic is compared with a patronymic only: a
    missing one costs little, another one costs a whole word. An initial fits every word that begins with
    it, a little less than the word itself.
    """
    return alike(keys(one), keys(other))


def alike(one: Sequence[str], other: Sequence[str]) -> float:
    """`similarity` of two names whose folded words are at hand."""
    left, right = _joined(one, other), _joined(other, one)
    if not left or not right:
        return 0.0
    fits = list(_taken(left, right))
    return sum(fits) / (len(fits) + _against(left, right))


def jaro_winkler(one: str, other: str) -> float:
    """Jaro's similarity, raised by Winkler for up to four equal first letters: 0 to 1.

    M. A. Jaro, JASA 84 (1989); W. E. Winkler, ASA Survey Research Methods (1990): raised from .7 on.
    """
    if one == other:
        return 1.0
    jaro = _jaro(one, other)
    if jaro <= 0.7:
        return jaro
    equal = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 4)
    return jaro + min(equal, 4, len(one), len(other)) * 0.1 * (1 - jaro)


def with_one_mistake(one: str, other: str) -> bool:
    """Whether two words are one but for a letter that is wrong, missing or too many, or two swapped ones.

    F. J. Damerau, CACM 7 (1964): four of five mistakes in typing are one of these.
    """
    pairs = enumerate(zip(one, other, strict=False))
    equal = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    left, right = one[equal:], other[equal:]
    is_swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return is_swapped or left[1:] in (right[1:], right) or left == right[1:]


def is_initial(word: str) -> bool:
    """Whether a folded word is no more than an initial."""
    return len(word) == 1 or word in _INITIALS_OF_TWO_LETTERS


def _jaro(one: str, other: str) -> float:
    reach = max(max(len(one), len(other)) // 2 - 1, 0)
    free = list(other)
    mine = []
    for at, letter in enumerate(one):
        for spot in range(max(at - reach, 0), min(at + reach + 1, len(other))):
            if free[spot] == letter:
                free[spot] = ""
                mine.append(letter)
                break
    if not mine:
        return 0.0
    theirs = [letter for letter, left in zip(other, free, strict=True) if not left]
    moved = sum(a != b for a, b in zip(mine, theirs, strict=True)) // 2
    common = len(mine)
    return (common / len(one) + common / len(other) + (common - moved) / common) / 3


def _joined(words: Sequence[str], other: Sequence[str]) -> list[str]:
    """Али-Султан beside Алисултан: two words that make one of the other's stand as one."""
    alone = [word for word in words if word not in other]
    for first, second in permutations(alone, 2):
        if first + second in other:
            rest = list(words)
            rest.remove(first)
            rest.remove(second)
            return [*rest, first + second]
    return list(words)


def _taken(left: list[str], right: list[str]) -> Iterator[float]:
    """Take the pairs that fit out of both lists, best first, and say how well each fits."""
    pairs = [(_alike(*sorted((a, b))), sorted((a, b)), a, b) for a in left for b in right]
    for fit, _, a, b in sorted(pairs, reverse=True):
        if fit >= FLOOR and a in left and b in right:
            left.remove(a)
            right.remove(b)
            yield fit


def _alike(one: str, other: str) -> float:
    ending = _ending(one)
    if ending != _ending(other):
        return 0.0
    if is_initial(one) or is_initial(other):
        fits = one.startswith(other) or other.startswith(one)
        return (1.0 if one == other else INITIAL_FITS) if fits else 0.0
    return jaro_winkler(one.removesuffix(ending), other.removesuffix(ending))


def _against(left: list[str], right: list[str]) -> float:
    """What the words weigh that found no partner: opposed to one another, or missing on one side."""
    weight = 0.0
    for missing, is_father in ((MISSING_WORD, False), (MISSING_FATHER, True)):
        ours, theirs = (
            sum(bool(_ending(word)) == is_father for word in words) for words in (left, right)
        )
        weight += min(ours, theirs) + missing * abs(ours - theirs)
    return weight


def _ending(word: str) -> str:
    return next((ending for ending in (SON, DAUGHTER) if word.endswith(ending)), "")
