import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.channel.errors import ChannelError
from arasha.engines.channel.window import Window
from tests.engines.channel.samples import bundle, chained

TWELVE = chained(12)


def of(*numbers: int) -> Window:
    window = Window()
    for number in numbers:
        window = window.add(TWELVE[number - 1])
    return window


def test_the_same_bundle_does_not_arrive_twice() -> None:
    with pytest.raises(ChannelError, match="bundle 3 has arrived before"):
        of(1, 2, 3, 4).add(TWELVE[2])


@given(st.permutations(range(1, 13)))
def test_any_order_ends_in_the_same_window(numbers: list[int]) -> None:
    assert of(*numbers) == of(*range(1, 13))
    assert (of(*numbers).count, of(*numbers).head) == (12, TWELVE[-1].sha256())


@given(st.sets(st.integers(1, 12)))
def test_gaps_are_what_has_not_arrived_below_the_newest(numbers: set[int]) -> None:
    window = of(*numbers)
    missing = {each for first, last in window.gaps() for each in range(first, last + 1)}

    assert missing == set(range(1, window.newest)) - numbers
    assert window.count == len(numbers)


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (1, 3, 2), (2, 1, 3)])
def test_a_chain_that_was_forked_is_found_in_any_order(order: tuple[int, ...]) -> None:
    first = TWELVE[0]
    of_another = bundle(2, first.sha256(), fill=b"\x09")
    bundles = {1: first, 2: of_another, 3: TWELVE[2]}
    window = Window()
    for number in order:
        window = window.add(bundles[number])

    assert window.breaks == {3}


@given(st.sets(st.integers(1, 12)))
def test_what_is_kept_is_read_the_same(numbers: set[int]) -> None:
    assert Window.parse(of(*numbers).to_content()) == of(*numbers)


@pytest.mark.parametrize(
    "content",
    [{}, {"runs": 7, "breaks": []}, {"runs": [[1, 2, "zz", ""]], "breaks": []}, {"runs": [[1]]}],
)
def test_a_spoilt_window_is_refused(content: dict[str, object]) -> None:
    with pytest.raises(ChannelError, match="no window"):
        Window.parse(content)
