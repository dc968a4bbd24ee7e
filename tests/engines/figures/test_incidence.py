import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.figures import incidence

# Remission on 6-MP in weeks, + still in remission (Freireich et al., Blood 21, 1963; the table of Gehan 1965).
FREIREICH = [
    *[(6, "relapse")] * 3, (6, None), (7, "relapse"), (9, None), (10, "relapse"), (10, None), (11, None),
    (13, "relapse"), (16, "relapse"), (17, None), (19, None), (20, None), (22, "relapse"), (23, "relapse"),
    (25, None), (32, None), (32, None), (34, None), (35, None),
]  # fmt: skip
# Share still in remission, as it is printed with that table.
PRINTED = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}

observations = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from(["court", "terminated", None])), min_size=1
)


def test_one_ending_alone_is_kaplan_and_meier_as_it_was_published() -> None:
    relapse = incidence(FREIREICH)["relapse"]

    assert {time: round(1 - relapse.at(time), 3) for time in PRINTED} == PRINTED


def test_two_endings_and_one_who_waits_by_hand() -> None:
    """Four cases: one to court on day 1, one open since day 2, one terminated on 3, one to court on 4.

    Day 1: 1/4 to court. Day 3: 3/4 wait, two are observed: 3/4 x 1/2 terminated. Day 4: 3/8 wait, one.
    """
    curves = incidence([(1, "court"), (2, None), (3, "terminated"), (4, "court")])

    assert (curves["court"].times, curves["court"].shares) == ((1, 4), (0.25, 0.625))
    assert (curves["terminated"].times, curves["terminated"].shares) == ((3,), (0.375,))


def test_whoever_ends_on_the_day_of_a_last_look_is_still_waited_with() -> None:
    curves = incidence([(5, "court"), (5, None)])

    assert curves["court"].at(5) == 0.5
    assert curves["court"].at(4) == 0


@given(observations)
def test_shares_rise_and_never_pass_one(observed: list[tuple[int, str | None]]) -> None:
    curves = incidence(observed)

    assert all(list(curve.shares) == sorted(curve.shares) for curve in curves.values())
    assert sum(curve.at(30) for curve in curves.values()) <= 1 + 1e-9


@given(
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["court", "terminated"])), min_size=1)
)
def test_where_nobody_waits_a_share_is_a_plain_share(observed: list[tuple[int, str]]) -> None:
    curves = incidence(observed)

    for ending, curve in curves.items():
        early = sum(time <= 15 and each == ending for time, each in observed)
        assert curve.at(15) == pytest.approx(early / len(observed))


def test_a_time_before_the_beginning_is_refused() -> None:
    with pytest.raises(ValueError, match="must not be negative"):
        incidence([(-1, "court")])
