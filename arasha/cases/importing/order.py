"""Whether the decisions of a line can have been made in that order, by the country's procedure."""

from collections.abc import Sequence
from dataclasses import dataclass

from arasha.cases.importing.lines import Decided
from arasha.country import country


class ImpossibleOrderError(ValueError):
    """`decided` cannot come where its day puts it; `code` is a remark's."""

    def __init__(self, code: str, decided: Decided) -> None:
        self.code, self.decided = code, decided
        super().__init__(f"{code}: {decided.kind}")


@dataclass(slots=True)
class _Court:
    sent: int = 0
    left: int = 0


def in_order(registered: Decided, others: Sequence[Decided]) -> tuple[list[Decided], str]:
    """The decisions as they followed one another, and the stage they lead to. Raises ImpossibleOrderError."""
    procedure, court = country().procedure, _Court()
    made, stage = [registered], procedure.kinds[registered.kind].leads_to or procedure.begins
    waiting = sorted(others, key=lambda decided: decided.day)
    while waiting:
        following = _next(waiting, stage)
        if following.day < made[-1].day:
            raise ImpossibleOrderError("before_registration", following)
        waiting.remove(following)
        stage = _after(following, stage, court)
        made.append(following)
    return made, stage


def _next(waiting: list[Decided], stage: str) -> Decided:
    """The earliest one; of those of one day the first that may come now."""
    today = [each for each in waiting if each.day == waiting[0].day]
    kinds = country().procedure.kinds
    possible = [each for each in today if stage in kinds[each.kind].after]
    if not possible:
        raise ImpossibleOrderError("impossible_order", waiting[0])
    return possible[0]


def _after(decided: Decided, stage: str, court: _Court) -> str:
    """A case stays with the court until everybody who was sent there has left it."""
    kind = country().procedure.kinds[decided.kind]
    if kind.court == "enters":
        court.sent += decided.persons
    if kind.court == "leaves":
        court.left += decided.persons
        if court.left > court.sent:
            raise ImpossibleOrderError("too_many_persons", decided)
        if court.left < court.sent:
            return stage
    return kind.leads_to or stage
