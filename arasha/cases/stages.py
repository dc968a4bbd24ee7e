"""Which decision may follow which stage, and where it leads."""

from typing import NamedTuple

from arasha.cases.models import Stage


class Move(NamedTuple):
    """`meets`: the clocks this decision stops. `counts_persons`: it concerns a number of people."""

    after: frozenset[Stage]
    leads_to: Stage
    meets: tuple[str, ...] = ()
    counts_persons: bool = False


BEFORE_COURT = frozenset({Stage.REGISTERED, Stage.INVESTIGATION})

MOVES: dict[str, Move] = {
    "investigation_opened": Move(frozenset({Stage.REGISTERED}), Stage.INVESTIGATION),
    "sent_to_court": Move(BEFORE_COURT, Stage.COURT, ("investigation",), counts_persons=True),
    "terminated": Move(BEFORE_COURT, Stage.CLOSED, ("investigation",)),
    "convicted": Move(frozenset({Stage.COURT}), Stage.DECIDED, counts_persons=True),
    "acquitted": Move(frozenset({Stage.COURT}), Stage.DECIDED, counts_persons=True),
}


def moves_from(stage: str) -> tuple[str, ...]:
    return tuple(kind for kind, move in MOVES.items() if stage in move.after)
