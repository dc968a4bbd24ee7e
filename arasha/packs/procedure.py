"""The way of a case, as a country's pack tells it: its stages, and the decisions that move it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from arasha.packs.basis import Basis
from arasha.packs.text import Text

Who = Literal["investigator", "prosecutor", "head_of_office", "court", "enforcement"]
Need = Literal[
    "persons", "ground", "reason", "court", "body", "number", "case", "sentence", "reverses"
]
Ending = Literal[
    "pending",
    "with_court",
    "passed_on",
    "joined",
    "interrupted",
    "terminated",
    "plea",
    "court_terminated",
    "acquitted",
    "convicted",
]
Door = Literal["enters", "leaves"]


@dataclass(frozen=True, slots=True)
class StageKind:
    """Where a case can stand. `is_open`: somebody works on it; `is_final`: it may stay there for ever."""

    code: str
    name: Text
    is_open: bool
    is_final: bool


@dataclass(frozen=True, slots=True)
class DecisionKind:
    """A kind of decision: after which stages it may come, and what it does to the case.

    `leads_to` None: the case stays where it is. `needs`: what must be said with it; `takes`: what may be;
    `grounds`: the vocabulary of its `ground`. `meets`, `starts`, `suspends`, `resumes`: clocks, by their
    deadlines' codes, in this order. `court`: its persons come before the court or leave it; whoever
    leaves by a judgment is judged (`judges`), and the case leads on when nobody is left there. `ends`:
    how the case now counts in its cohort; None: as before. `approves`: kinds that wait for this one. `closes`, `opens`: proceedings, by the kinds
    of the country's list, when the case moves to the stage that it leads to.
    """

    code: str
    name: Text
    after: frozenset[str]
    leads_to: str | None
    who: Who
    needs: tuple[Need, ...]
    takes: tuple[Need, ...]
    grounds: str | None
    meets: tuple[str, ...]
    starts: tuple[str, ...]
    suspends: tuple[str, ...]
    resumes: tuple[str, ...]
    court: Door | None
    judges: bool
    ends: Ending | None
    closes: tuple[str, ...]
    opens: str | None
    tells_victim: bool
    approves: tuple[str, ...]
    basis: Basis | None

    @property
    def counts_persons(self) -> bool:
        return "persons" in self.needs

    def asks(self, what: Need) -> bool:
        """Whether this may be said with it, or must be."""
        return what in self.needs or what in self.takes


@dataclass(frozen=True, slots=True)
class Gravity:
    """How grave an offence is by its longest imprisonment. `up_to_months` None: whatever is longer."""

    code: str
    name: Text
    up_to_months: int | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Form:
    """Another form of the pre-trial proceedings: `runs` is its term, in place of `instead_of`.

    A case has it by what it is in law and by the kind of body that investigates.
    """

    code: str
    conduct: str
    provisions: tuple[str, ...]
    body_kind: str
    runs: str
    instead_of: str
    basis: Basis

    def is_of(self, conduct: str, provision: str, body_kind: str) -> bool:
        return (conduct, body_kind) == (self.conduct, self.body_kind) and (
            provision in self.provisions
        )


@dataclass(frozen=True, slots=True)
class Procedure:
    """Stages and kinds in the pack's order. `begins`: the stage before anything was decided.

    `gravities`: from the least grave. `forms`: besides the usual one.
    """

    begins: str
    stages: Mapping[str, StageKind]
    kinds: Mapping[str, DecisionKind]
    gravities: tuple[Gravity, ...]
    forms: tuple[Form, ...]

    def kinds_after(self, stage: str) -> tuple[DecisionKind, ...]:
        """What may be decided of a case that stands at `stage`."""
        return tuple(kind for kind in self.kinds.values() if stage in kind.after)

    def approval_of(self, code: str) -> DecisionKind | None:
        """The decision that one of this kind waits for, if it waits for any."""
        return next((kind for kind in self.kinds.values() if code in kind.approves), None)

    def gravity_of(self, max_imprisonment_months: int) -> Gravity:
        return next(
            gravity
            for gravity in self.gravities
            if gravity.up_to_months is None or max_imprisonment_months <= gravity.up_to_months
        )

    @property
    def open_stages(self) -> tuple[str, ...]:
        return tuple(stage.code for stage in self.stages.values() if stage.is_open)
