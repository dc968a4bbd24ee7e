"""Any order of decisions that the procedure allows: no impossible stage, nobody judged who was not sent."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from arasha.cases.deciding.court import BeforeCourt, comes_again, stage_after
from arasha.packs import load
from arasha.packs.procedure import DecisionKind, Procedure
from tests.packs.breaking import QAMAR


def most(kind: DecisionKind, stands: BeforeCourt) -> int:
    """How many a decision of this kind can concern."""
    if kind.court == "leaves":
        return stands.waiting
    return stands.judged if comes_again(kind) else 5


def machine(procedure: Procedure) -> type[RuleBasedStateMachine]:
    class Decided(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.begin()

        @precondition(lambda self: not self.possible())
        @rule()
        def begin(self) -> None:
            """The next case, where nothing may follow."""
            self.stage, self.stands = "registered", BeforeCourt()
            self.sent = self.returned = 0

        def possible(self) -> list[DecisionKind]:
            kinds = procedure.kinds_after(self.stage)
            return [k for k in kinds if not k.counts_persons or most(k, self.stands) > 0]

        @precondition(lambda self: self.possible())
        @rule(data=st.data())
        def decide(self, data: st.DataObject) -> None:
            kind = data.draw(st.sampled_from(self.possible()))
            most_persons = most(kind, self.stands)
            persons = data.draw(st.integers(1, most_persons)) if kind.counts_persons else 0
            if kind.court == "enters" and not comes_again(kind):
                self.sent += persons
            if kind.court == "leaves" and not kind.judges:
                self.returned += persons
            self.stands = self.stands.after(kind, persons)
            self.stage = stage_after(self.stage, kind, self.stands)

        @invariant()
        def the_stage_is_one_of_the_country_s(self) -> None:
            assert self.stage in procedure.stages

        @invariant()
        def nobody_is_judged_who_was_not_sent(self) -> None:
            assert self.stands.waiting >= 0
            assert self.stands.judged >= 0
            assert self.stands.sent == self.sent - self.returned

        @invariant()
        def a_case_is_with_the_court_as_long_as_somebody_is(self) -> None:
            assert (self.stage == "court") == (self.stands.waiting > 0)

        @invariant()
        def every_open_stage_has_a_way_on(self) -> None:
            moving = [k for k in self.possible() if k.leads_to and k.leads_to != self.stage]
            assert moving or procedure.stages[self.stage].is_final

    return Decided


@pytest.mark.parametrize("where", ["kz", QAMAR], ids=["kz", "qamar"])
def test_no_order_of_decisions_reaches_an_impossible_case(where: str | Path) -> None:
    decided = machine(load(where).procedure).TestCase
    decided.settings = settings(
        max_examples=100,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )

    decided().runTest()
