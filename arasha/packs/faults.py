"""What is wrong in a pack: file, line, table, and what to write instead."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    file: str
    line: int
    table: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place} [{self.table}] {self.message}" if self.table else f"{place} {self.message}"


class PackError(Exception):
    """A pack that cannot be used. `faults` lists everything that was found, not only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))
