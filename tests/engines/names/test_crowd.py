"""The measures of bench/names.py hold on a small crowd: people are found, and hardly anybody else."""

from itertools import combinations

from arasha.engines.names import fold, same_event, similarity
from tests.engines.names.crowd import SCRIPTS, Crowd
from tests.engines.names.register import tellings
from tests.engines.names.vectors import PUBLIC_FIGURES


def test_one_key_finds_nearly_everybody_written_without_typos() -> None:
    crowd = Crowd(3)
    people = crowd.people(500)
    keys = [{fold(crowd.written(person, script)) for script in SCRIPTS} for person in people]

    assert sum(len(spellings) == 1 for spellings in keys) > 0.8 * len(people)
    assert len(set.union(*keys)) >= len(people)


def test_every_public_figure_is_found_in_another_language_and_nobody_else() -> None:
    figures = [spellings.split(" | ") for spellings in PUBLIC_FIGURES]

    for spellings in figures:
        assert all(similarity(one, other) >= 0.95 for one, other in combinations(spellings, 2))
    for figure, stranger in combinations(figures, 2):
        assert max(similarity(one, other) for one in figure for other in stranger) < 0.5


def test_two_thirds_of_the_spellings_of_public_figures_have_one_key() -> None:
    pairs = [pair for figure in PUBLIC_FIGURES for pair in combinations(figure.split(" | "), 2)]

    assert sum(fold(one) == fold(other) for one, other in pairs) >= len(pairs) * 2 / 3


def test_a_suggestion_is_nearly_always_right() -> None:
    told = list(tellings(80, seed=5))
    suggested = [
        one == other
        for at, (one, a) in enumerate(told)
        for other, b in told[:at]
        if same_event(a, b).is_suggested
    ]

    assert len(suggested) > 10
    assert sum(suggested) >= 0.9 * len(suggested)
