"""Which decision may follow which stage, and where it leads."""

from typing import NamedTuple

from arasha.cases.models import Stage


class Move(NamedTuple):
    """`meets`: the clocks this decision stops. `counts_persons`: it concerns a number of people.

    `judges`: these people leave the court; the case leads on when nobody is left there.
    """

    after: frozenset[Stage]
    leads_to: Stage
    meets: tuple[str, ...] = ()
    counts_persons: bool = False
    judges: bool = False


BEFORE_COURT = frozenset({Stage.REGISTERED, Stage.INVESTIGATION})
IN_COURT = frozenset({Stage.COURT})
SENT = "sent_to_court"

MOVES: dict[str, Move] = {
    "investigation_opened": Move(frozenset({Stage.REGISTERED}), Stage.INVESTIGATION),
    SENT: Move(BEFORE_COURT, Stage.COURT, ("investigation",), counts_persons=True),
    "terminated": Move(BEFORE_COURT, Stage.CLOSED, ("investigation",)),
    "convicted": Move(IN_COURT, Stage.DECIDED, counts_persons=True, judges=True),
    "acquitted": Move(IN_COURT, Stage.DECIDED, counts_persons=True, judges=True),
}

JUDGMENTS = tuple(kind for kind, move in MOVES.items() if move.judges)


def moves_from(stage: str) -> tuple[str, ...]:
    return tuple(kind for kind, move in MOVES.items() if stage in move.after)
