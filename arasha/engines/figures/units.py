"""Numbers that know what they count: persons, cases and facts never meet in a sum or on an axis."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Unit = Literal["appeal", "case", "person", "fact"]


class MixedUnitsError(TypeError):
    """Two units were added, compared or drawn together."""

    def __init__(self, *units: str) -> None:
        self.units = tuple(sorted(set(units)))
        super().__init__(f"these are different units and never meet: {', '.join(self.units)}")


@dataclass(frozen=True, slots=True)
class Count:
    """So many of a unit. Adding, subtracting and comparing another unit raises MixedUnitsError."""

    number: int
    unit: Unit

    def __add__(self, other: "Count") -> "Count":
        return Count(self.number + _of(self, other), self.unit)

    def __sub__(self, other: "Count") -> "Count":
        return Count(self.number - _of(self, other), self.unit)

    def __lt__(self, other: "Count") -> bool:
        return self.number < _of(self, other)

    def __le__(self, other: "Count") -> bool:
        return self.number <= _of(self, other)


@dataclass(frozen=True, slots=True)
class Axis:
    """What one axis measures: the unit, and the largest count on it (at least 1)."""

    unit: Unit
    most: int

    @classmethod
    def over(cls, counts: Iterable[Count]) -> "Axis":
        """The axis on which all of these can stand. Raises MixedUnitsError, and ValueError for none."""
        found = list(counts)
        if not found:
            raise ValueError("an axis needs at least one count, to know its unit")
        whole = summed(found, found[0].unit)
        return cls(whole.unit, max(1, *(each.number for each in found)))

    def place(self, count: Count, length: float) -> float:
        """How far a count reaches on an axis that is `length` long. Raises MixedUnitsError."""
        return length * _of(Count(0, self.unit), count) / self.most


def summed(counts: Iterable[Count], unit: Unit) -> Count:
    """The sum, in `unit` also where nothing was counted. Raises MixedUnitsError."""
    return sum(counts, start=Count(0, unit))


def _of(mine: Count, other: Count) -> int:
    """The other's number, if it counts the same."""
    if other.unit != mine.unit:
        raise MixedUnitsError(mine.unit, other.unit)
    return other.number
