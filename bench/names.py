"""How well one key finds the same person, how fast, and how well tellings of one event are suggested.

Run: python -m bench.names [PEOPLE …]     by default 10000 and 100000
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import combinations, pairwise
from time import process_time

from anyascii import anyascii

from arasha.engines.names import fold, same_event, similarity
from arasha.engines.names.events import ALIKE, SUGGEST_FROM
from tests.engines.names.crowd import SCRIPTS, Crowd
from tests.engines.names.register import tellings
from tests.engines.names.vectors import PUBLIC_FIGURES

Writings = list[tuple[str, str]]
TYPOS = 0.05
EVENTS = 500
THRESHOLDS = (0.4, 0.5, SUGGEST_FROM, 0.6, 0.7)


def main(sizes: list[int]) -> None:
    for number in sizes:
        written = two_writings_each(number)
        for title, key in (("anyascii, lower case, words sorted", naive), ("fold", fold)):
            compare(f"{number} people, {title}", written, key)
    public_figures()
    alike(two_writings_each(2_000))
    suggestions()


def two_writings_each(number: int) -> Writings:
    """Each person in two of the four scripts; a letter wrong in one writing of twenty."""
    crowd = Crowd(7)
    return [
        (crowd.written(person, one, typos=TYPOS), crowd.written(person, other, typos=TYPOS))
        for person in crowd.people(number)
        for one, other in [crowd.chance.sample(SCRIPTS, 2)]
    ]


def naive(name: str) -> str:
    return " ".join(sorted(anyascii(name).lower().split()))


def compare(title: str, written: Writings, key: Callable[[str], str]) -> None:
    started = process_time()
    folded = [(key(one), key(other)) for one, other in written]
    microseconds = (process_time() - started) / len(written) / 2 * 1e6
    right = sum(one == other for one, other in folded)
    sharing = Counter(name for pair in folded for name in pair)
    found = sum(many * (many - 1) // 2 for many in sharing.values())
    say(
        f"{title}: recall {right / len(written):.3f}, precision {right / max(found, 1):.3f}, "
        f"{microseconds:.1f} µs a name"
    )


def public_figures() -> None:
    """Spellings that no table of ours wrote."""
    pairs = [pair for figure in PUBLIC_FIGURES for pair in combinations(figure.split(" | "), 2)]
    for title, key in (("anyascii", naive), ("fold", fold)):
        found = sum(key(one) == key(other) for one, other in pairs)
        say(f"public figures, {title}: {found} of {len(pairs)} pairs have one key")
    found = sum(similarity(one, other) >= ALIKE for one, other in pairs)
    say(f"public figures, similarity from {ALIKE}: {found} of {len(pairs)}")


def alike(written: Writings) -> None:
    """Pairs of one person, and as many of neighbours in the list of keys: those most easily confused."""
    by_key = sorted(written, key=lambda pair: fold(pair[0]))
    strangers = [(one[0], other[1]) for one, other in pairwise(by_key)]
    started = process_time()
    same = [similarity(*pair) for pair in written]
    microseconds = (process_time() - started) / len(written) * 1e6
    others = [similarity(*pair) for pair in strangers]
    for threshold in (0.8, 0.85, 0.9, 0.95):
        say(
            f"similarity from {threshold}: finds {share(same, threshold):.3f} of the same, "
            f"{share(others, threshold):.3f} of neighbours, {microseconds:.0f} µs a pair of names"
        )


def suggestions() -> None:
    told = list(tellings(EVENTS, seed=11))
    started = process_time()
    scores = [
        (one == other, same_event(a, b).score) for (one, a), (other, b) in combinations(told, 2)
    ]
    microseconds = (process_time() - started) / len(scores) * 1e6
    say(
        f"{len(told)} tellings of {EVENTS} events, {len(scores)} pairs, {microseconds:.0f} µs a pair"
    )
    twice = sum(is_same for is_same, _ in scores)
    for threshold in THRESHOLDS:
        suggested = [is_same for is_same, score in scores if score >= threshold]
        say(
            f"suggested from {threshold}: {len(suggested)}, recall {sum(suggested) / twice:.3f}, "
            f"precision {sum(suggested) / max(len(suggested), 1):.3f}"
        )


def share(scores: Iterable[float], threshold: float) -> float:
    found = [score >= threshold for score in scores]
    return sum(found) / len(found)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 100_000])
