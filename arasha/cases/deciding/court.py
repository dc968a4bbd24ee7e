"""Who of a case is before the court: counted from its decisions, and by person where they are named."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from arasha.cases.models import Case, Ruling
from arasha.country import country
from arasha.packs.procedure import DecisionKind


@dataclass(frozen=True, slots=True)
class BeforeCourt:
    """`returned`: the kind by which somebody left the court unjudged since it was last empty."""

    waiting: int = 0
    judged: int = 0
    returned: DecisionKind | None = None

    @property
    def sent(self) -> int:
        return self.waiting + self.judged

    def after(self, kind: DecisionKind, persons: int) -> "BeforeCourt":
        """How it stands once a decision of this kind concerned so many."""
        match kind.court, kind.judges:
            case "enters", _:
                left = self.judged - persons if comes_again(kind) else self.judged
                returned = self.returned if self.waiting else None
                return BeforeCourt(self.waiting + persons, max(left, 0), returned)
            case "leaves", True:
                return replace(self, waiting=self.waiting - persons, judged=self.judged + persons)
            case "leaves", False:
                return BeforeCourt(self.waiting - persons, self.judged, kind)
        return self


def comes_again(kind: DecisionKind) -> bool:
    """A court sends before the court only whom a court has judged."""
    return kind.court == "enters" and kind.who == "court"


def before_court(case: Case) -> BeforeCourt:
    made = case.decisions.order_by("base_version").values_list("kind", "persons")
    return replay(made)


def replay(decisions: Iterable[tuple[str, int]]) -> BeforeCourt:
    """How it stands after these decisions, each with how many it concerned."""
    kinds, stands = country().procedure.kinds, BeforeCourt()
    for code, persons in decisions:
        if code in kinds:
            stands = stands.after(kinds[code], persons)
    return stands


def named_before_court(case: Case) -> set[uuid.UUID]:
    """Those who came before the court by name and have not left it."""
    kinds = country().procedure.kinds
    rulings = Ruling.objects.filter(case=case).order_by("decision__base_version")
    inside: set[uuid.UUID] = set()
    for code, person in rulings.values_list("decision__kind", "person_id"):
        door = kinds[code].court if code in kinds else None
        if door == "enters":
            inside.add(person)
        elif door == "leaves":
            inside.discard(person)
    return inside


def stage_after(stage: str, kind: DecisionKind, stands: BeforeCourt) -> str:
    """Where a case stands after a decision; `stands`: before the court, after it.

    It stays with the court until nobody is left there. Whoever was returned from there without a judgment
    is waited for: the case goes on with them, even if the last to leave was judged.
    """
    if kind.court == "leaves":
        if stands.waiting > 0:
            return stage
        return (stands.returned or kind).leads_to or stage
    return kind.leads_to or stage
