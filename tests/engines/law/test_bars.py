"""Is a way out barred? The act's law, unless a milder one came later."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.law import Answer, answer
from arasha.engines.law.questions import AskRelief
from arasha.engines.law.rules import Law, Version
from tests.engines.law.laws import ACT, DECISION, amnesty, law, version

DAY = dt.timedelta(days=1)
LATER = dt.date(2015, 1, 1)


def asked(of: Law, ask: AskRelief | None = None) -> Answer:
    return answer(of, ask or amnesty(), zone=dt.UTC, is_working=lambda day: True)


def test_a_bar_of_the_day_of_the_act_holds() -> None:
    assert asked(law(bar=[version(True, None)])).barred is True


def test_a_bar_that_came_after_the_act_does_not_hold_and_says_why() -> None:
    found = asked(law(bar=[version(False, None), version(True, LATER)]))

    assert found.barred is False
    assert [step.text["en"] for step in found.steps] == [
        "bar.open 2010-06-15",
        "bar.later_barred 2015-01-01",
        "principle.no_retroactive_worsening",
    ]


def test_a_bar_lifted_after_the_act_does_not_hold() -> None:
    found = asked(law(bar=[version(True, None), version(False, LATER)]))

    assert found.barred is False
    assert found.steps[-1].text["en"] == "principle.milder_law"


def test_a_bar_that_takes_force_on_the_day_of_the_act_holds() -> None:
    assert asked(law(bar=[version(False, None), version(True, ACT)])).barred is True
    assert asked(law(bar=[version(False, None), version(True, ACT + DAY)])).barred is False


def test_a_bar_lifted_only_after_the_decision_holds() -> None:
    lifted_on = [version(True, None), version(False, DECISION)]
    lifted_after = [version(True, None), version(False, DECISION + DAY)]

    assert asked(law(bar=lifted_on)).barred is False
    assert asked(law(bar=lifted_after)).barred is True


def test_whether_a_milder_law_between_act_and_decision_counts_is_the_countrys_choice() -> None:
    bar = [version(True, None), version(False, LATER), version(True, LATER + DAY)]

    assert asked(law(bar=bar)).barred is False
    assert asked(law(bar=bar, counts_intermediate=False)).barred is True


def test_the_decisions_clock_asks_the_day_of_the_decision_alone() -> None:
    bar = [version(False, None), version(True, LATER)]

    assert asked(law(bar=bar, clock="decision")).barred is True


def test_what_the_pack_does_not_know_is_neither_barred_nor_open() -> None:
    unknown: list[list[Version[bool]]] = [[], [version(None, None)], [version(True, LATER)]]
    for bar in unknown:
        found = asked(law(bar=bar))
        assert (found.barred, found.needs_review) == (None, True)


def test_an_unknown_wording_cannot_close_what_another_one_opened() -> None:
    assert asked(law(bar=[version(False, None), version(None, LATER)])).barred is False


def test_after_the_last_known_day_of_a_bar_nothing_is_known() -> None:
    assert asked(law(bar=[version(True, None, end=LATER)])).barred is None


def test_what_is_not_known_between_act_and_decision_may_have_been_milder() -> None:
    bar = [version(True, None, end=LATER), version(True, LATER + 9 * DAY)]
    found = asked(law(bar=bar))

    assert (found.barred, found.steps[-1].text["en"]) == (None, "bar.unknown 2015-01-02")
    assert asked(law(bar=bar, counts_intermediate=False)).barred is True
    assert asked(law(bar=[*bar, version(False, LATER + 99 * DAY)])).barred is False


def test_a_version_older_than_its_first_known_day_counts_from_its_act() -> None:
    before_the_code = amnesty(dt.date(1999, 12, 31))

    assert asked(law(bar=[version(True, None)]), before_the_code).barred is None


def test_an_act_over_a_border_of_versions_depends_on_its_day() -> None:
    bar = [version(False, None), version(True, LATER)]
    found = asked(law(bar=bar), amnesty(LATER - 9 * DAY, LATER + 9 * DAY))

    assert (found.value, found.barred, found.needs_review) == (None, None, True)
    assert found.depends is not None
    assert [(p.first, p.last, p.barred) for p in found.depends] == [
        (LATER - 9 * DAY, LATER - DAY, False),
        (LATER, LATER + 9 * DAY, True),
    ]


def test_an_act_over_a_border_that_changes_nothing_does_not_depend() -> None:
    bar = [version(True, None), version(True, LATER)]
    found = asked(law(bar=bar), amnesty(LATER - DAY, LATER + DAY))

    assert (found.depends, found.barred) == (None, True)


def test_an_answer_is_as_strong_as_its_weakest_source() -> None:
    weak = Version(True, "2", version(True, None).instrument, LATER, None, "unverified", "")
    found = asked(law(bar=[version(False, None), weak]))

    assert (found.checked, found.needs_review) == ("unverified", True)
    assert asked(law(bar=[version(True, None)])).needs_review is False


days = st.dates(dt.date(2001, 1, 1), dt.date(2030, 1, 1))
histories = st.dictionaries(days, st.booleans(), min_size=1, max_size=6).map(
    lambda values: [version(value, day) for day, value in values.items()]
)
known = version(True, None)  # from the first day of the Code on


@given(histories, days, st.data())
def test_a_later_harsher_version_never_worsens_an_answer(
    history: list[Version[bool]], act: dt.date, data: st.DataObject
) -> None:
    harsher_from = data.draw(st.dates(act + DAY, dt.date(2031, 1, 1)))
    before = asked(law(bar=[known, *history]), amnesty(act, on=dt.date(2031, 1, 1)))
    others = [v for v in history if v.start != harsher_from]
    after = asked(
        law(bar=[known, *others, version(True, harsher_from)]),
        amnesty(act, on=dt.date(2031, 1, 1)),
    )

    replaced_a_milder_one = any(v.start == harsher_from and not v.value for v in history)
    assert after.barred is before.barred or replaced_a_milder_one


@given(histories, days, st.data())
def test_a_later_milder_version_never_worsens_an_answer(
    history: list[Version[bool]], act: dt.date, data: st.DataObject
) -> None:
    milder_from = data.draw(st.dates(act + DAY, dt.date(2031, 1, 1)))
    others = [v for v in history if v.start != milder_from]
    after = asked(
        law(bar=[known, *others, version(False, milder_from)]),
        amnesty(act, on=dt.date(2031, 1, 1)),
    )

    assert after.barred is False


@given(histories, days, days, st.randoms(use_true_random=False))
def test_the_order_in_the_file_is_irrelevant(
    history: list[Version[bool]], one: dt.date, other: dt.date, random: object
) -> None:
    shuffled = [known, *history]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    ask = amnesty(min(one, other), on=max(one, other))

    assert asked(law(bar=shuffled), ask) == asked(law(bar=[known, *history]), ask)


@given(histories, days, days)
def test_the_pieces_of_an_uncertain_act_cover_it_exactly_once(
    history: list[Version[bool]], one: dt.date, other: dt.date
) -> None:
    first, last = min(one, other), max(one, other)
    found = asked(law(bar=[known, *history]), amnesty(first, last, on=dt.date(2031, 1, 1)))

    if found.depends is not None:
        assert (found.depends[0].first, found.depends[-1].last) == (first, last)
        for piece, after in zip(found.depends, found.depends[1:], strict=False):
            assert piece.first <= piece.last == after.first - DAY
            assert piece.barred is not after.barred


@given(histories, days, days, days)
def test_every_day_of_an_uncertain_act_lies_in_one_piece_that_answers_as_that_day_would(
    history: list[Version[bool]], one: dt.date, other: dt.date, day: dt.date
) -> None:
    of, first, last = law(bar=[known, *history]), min(one, other), max(one, other)
    day = min(max(day, first), last)
    found = asked(of, amnesty(first, last, on=dt.date(2031, 1, 1)))
    single = asked(of, amnesty(day, on=dt.date(2031, 1, 1)))

    if found.depends is None:
        assert found.barred is single.barred
    else:
        [piece] = [p for p in found.depends if p.first <= day <= p.last]
        assert piece.barred is single.barred
