"""Which provision names the conduct, and whether it named it then."""

import datetime as dt

from arasha.engines.law import Answer, answer
from arasha.engines.law.questions import AskProvision, Facts
from arasha.engines.law.rules import Capacity, Conduct, Law, Offence, Version
from tests.engines.law.laws import ACT, law, version

Wording = Version[tuple[Offence, ...]]
NEW = dt.date(2015, 1, 1)
OLD_WORDING: Wording = version((Offence("torture", 2, "146.1", ("official",)),), None)
NEW_WORDING: Wording = version(
    (
        Offence("ill_treatment", 1, "146.1", ("official", "instigated")),
        Offence("torture", 2, "146.2", ("official", "instigated")),
    ),
    NEW,
)
LAW = law(offences=[OLD_WORDING, NEW_WORDING])


def asked(
    day: dt.date = ACT,
    *,
    of: Law = LAW,
    conduct: Conduct = "torture",
    capacity: Capacity = "official",
    decision: dt.date | None = None,
) -> Answer:
    part = of.basic_part(conduct)
    ask = AskProvision(Facts(day, day, conduct, part, True, capacity), decision)
    return answer(of, ask, zone=dt.UTC, is_working=lambda day: True)


def test_the_same_number_means_another_conduct_in_another_version() -> None:
    assert asked(ACT).value == "146.1"
    assert asked(NEW).value == "146.2"
    assert asked(NEW, conduct="ill_treatment").value == "146.1"


def test_a_conduct_that_was_not_covered_has_no_provision_and_a_reason() -> None:
    found = asked(ACT, conduct="ill_treatment")

    assert found.value is None
    assert found.steps[0].text["en"] == "classify.not_covered 2010-06-15"
    assert found.steps[-1].text["en"] == "principle.no_retroactive_worsening"


def test_a_person_who_was_not_covered_has_no_provision_and_a_reason() -> None:
    found = asked(ACT, capacity="instigated")

    assert found.value is None
    assert found.steps[0].text["en"] == "classify.person_not_covered 2010-06-15"


def test_two_wordings_need_a_lawyer_until_one_is_marked_the_milder() -> None:
    pair = frozenset({(OLD_WORDING.counts_from, NEW)})

    assert asked(ACT).needs_review is True
    assert (
        asked(ACT, of=law(offences=[OLD_WORDING, NEW_WORDING], milder_pairs=pair)).needs_review
        is False
    )


def test_a_wording_that_came_after_the_decision_is_no_matter() -> None:
    found = asked(ACT, decision=NEW - dt.timedelta(days=1))

    assert (found.value, found.needs_review, len(found.steps)) == ("146.1", False, 1)


def test_before_the_first_known_wording_nothing_is_known() -> None:
    found = asked(dt.date(1999, 1, 1))

    assert (found.value, found.needs_review) == (None, True)


def test_a_wording_that_another_followed_says_its_last_day() -> None:
    old, new = asked(ACT).steps[0], asked(NEW).steps[0]

    assert (old.version_from, old.version_to) == (None, NEW - dt.timedelta(days=1))
    assert (new.version_from, new.version_to) == (NEW, None)
