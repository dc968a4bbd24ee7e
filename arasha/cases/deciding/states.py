"""What a person is to the case after a decision: alleged, suspect, charged, before the court, judged."""

from arasha.cases.models import Person
from arasha.packs.procedure import DecisionKind

ALLEGED, SUSPECT, CHARGED = "alleged", "suspect", "charged"
IN_COURT, CONVICTED, ACQUITTED, TERMINATED = "sent_to_court", "convicted", "acquitted", "terminated"
STATES = (ALLEGED, SUSPECT, CHARGED, IN_COURT, CONVICTED, ACQUITTED, TERMINATED)
NOT_YET_JUDGED = ("", ALLEGED, SUSPECT, CHARGED)

BY_ENDING = {
    "with_court": IN_COURT,
    "convicted": CONVICTED,
    "acquitted": ACQUITTED,
    "court_terminated": TERMINATED,
}


def state_of_named(kind: DecisionKind, person: Person, *, is_charged: bool) -> str:
    """Of a person whom the decision names."""
    if kind.court == "leaves" and not kind.judges:
        return CHARGED if is_charged else SUSPECT
    return BY_ENDING.get(kind.ends or "", person.state)


def state_of_others(kind: DecisionKind, person: Person, *, is_charged: bool, revives: bool) -> str:
    """Of everybody under suspicion, where a decision ends the whole case or brings it back."""
    if kind.ends == TERMINATED and person.state in NOT_YET_JUDGED:
        return TERMINATED
    if revives and person.state == TERMINATED:
        return CHARGED if is_charged else SUSPECT
    return person.state
