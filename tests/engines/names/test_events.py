"""Two tellings of one event: what is suggested, and why."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.names import Kind, Telling, same_event

SERIK = ("Серік Ахметов",)
THE_DAY = (dt.date(2021, 3, 5), dt.date(2021, 3, 5))
THE_NEXT_DAY = (dt.date(2021, 3, 6), dt.date(2021, 3, 6))
THE_MONTH = (dt.date(2021, 3, 1), dt.date(2021, 3, 31))
THE_YEAR = (dt.date(2021, 1, 1), dt.date(2021, 12, 31))
MUCH_LATER = (dt.date(2022, 6, 1), dt.date(2022, 6, 1))
UNKNOWN = (None, None)

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2022, 12, 31))
TELLINGS = st.builds(
    Telling,
    people=st.lists(st.sampled_from(["Серік Ахметов", "Akhmetov S", "Дана", ""])).map(tuple),
    place=st.none() | st.sampled_from(["p1", "p2"]),
    region=st.none() | st.sampled_from(["r1", "r2"]),
    first=st.none() | DAYS,
    last=st.none() | DAYS,
)


def telling(
    people: tuple[str, ...] = (),
    place: str | None = None,
    region: str | None = None,
    days: tuple[dt.date | None, dt.date | None] = UNKNOWN,
) -> Telling:
    return Telling(people, place, region, *days)


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        (
            telling(SERIK, "p1", "r1", THE_DAY),
            telling(("AKHMETOV Serik",), "p1", "r1", THE_MONTH),
            (Kind.NAMES_ALIKE, Kind.SAME_PLACE, Kind.DAYS_OVERLAP),
        ),
        (
            telling(SERIK, "p1", "r1"),
            telling(("Ахмедов Серик", "Ким Анна"), "p1", "r1"),
            (Kind.NAMES_ALIKE, Kind.SAME_PLACE, Kind.DAYS_UNKNOWN),
        ),
        (
            telling(SERIK, days=THE_DAY),
            telling(SERIK, days=THE_MONTH),
            (Kind.NAMES_ALIKE, Kind.PLACE_UNKNOWN, Kind.DAYS_OVERLAP),
        ),
        (
            telling(SERIK, "police", "r1", THE_DAY),
            telling(SERIK, "prison", "r1", THE_DAY),
            (Kind.NAMES_ALIKE, Kind.OTHER_PLACE, Kind.DAYS_OVERLAP),
        ),
        (
            telling((), "p1", "r1", THE_DAY),
            telling((), "p1", "r1", THE_DAY),
            (Kind.NAME_UNKNOWN, Kind.SAME_PLACE, Kind.DAYS_OVERLAP),
        ),
        (
            telling(SERIK, "p1", "r1", THE_DAY),
            telling((), "p1", "r1", THE_DAY),
            (Kind.NAME_UNKNOWN, Kind.SAME_PLACE, Kind.DAYS_OVERLAP),
        ),
        (
            telling(("Серик А.",), "p1", "r1", THE_MONTH),
            telling(SERIK, "p1", "r1", THE_DAY),
            (Kind.ONE_WORD_ALIKE, Kind.SAME_PLACE, Kind.DAYS_OVERLAP),
        ),
    ],
)
def test_one_event_told_twice_is_suggested_with_its_reasons(
    one: Telling, other: Telling, kinds: tuple[Kind, ...]
) -> None:
    match = same_event(one, other)

    assert match.is_suggested
    assert tuple(reason.kind for reason in match.reasons) == kinds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Two people with one name, at another place and another time.
        (telling(SERIK, "p1", "r1", THE_DAY), telling(SERIK, "p2", "r2", MUCH_LATER)),
        (telling(SERIK, "p1", "r1", THE_DAY), telling(SERIK, "p2", "r1", MUCH_LATER)),
        (telling(SERIK, "p1", "r1", THE_DAY), telling(SERIK, "p2", "r2", THE_DAY)),
        (telling(SERIK, "p1", "r1", THE_DAY), telling(SERIK, "p2", "r1", THE_NEXT_DAY)),
        # One person at one place, long after: another event.
        (telling(SERIK, "p1", "r1", THE_DAY), telling(SERIK, "p1", "r1", MUCH_LATER)),
        # A name alone.
        (telling(SERIK), telling(SERIK)),
        # Two people at one place on one day.
        (telling(SERIK, "p1", "r1", THE_DAY), telling(("Ким Анна",), "p1", "r1", THE_DAY)),
        # Nobody is named, and only the month, only the day, only the place is known.
        (telling((), "p1", "r1", THE_MONTH), telling((), "p1", "r1", THE_MONTH)),
        (telling((), None, "r1", THE_DAY), telling((), None, "r1", THE_DAY)),
        (telling((), "p1", "r1"), telling((), "p1", "r1")),
        # A given name at one place, days unknown.
        (telling(("Серик",), "p1", "r1"), telling(SERIK, "p1", "r1")),
        (telling(SERIK, "p1", "r1", THE_YEAR), telling(("Serikbay",), "p1", "r1", THE_YEAR)),
        (telling(), telling()),
    ],
)
def test_chance_is_not_suggested(one: Telling, other: Telling) -> None:
    assert not same_event(one, other).is_suggested


def test_a_reason_says_whose_names_it_found_alike() -> None:
    found = same_event(telling(SERIK, "p1"), telling(("Ким Анна", "S. AKHMETOV SERIK"), "p1"))

    assert found.reasons[0].names == ("Серік Ахметов", "S. AKHMETOV SERIK")
    assert found.score == pytest.approx(sum(reason.weight for reason in found.reasons))


@given(TELLINGS, TELLINGS)
def test_the_score_is_the_same_from_both_sides(one: Telling, other: Telling) -> None:
    there, back = same_event(one, other), same_event(other, one)

    assert there.score == back.score
    assert [reason.kind for reason in there.reasons] == [reason.kind for reason in back.reasons]
    assert 0 <= there.score <= 1


def test_whoever_wants_more_suggestions_lowers_the_threshold() -> None:
    one, other = telling(SERIK, "p1", "r1", THE_DAY), telling(SERIK, "p2", "r1", THE_NEXT_DAY)

    assert same_event(one, other, suggest_from=0.4).is_suggested
    assert not same_event(one, other).is_suggested
