"""Which bundles of a chain have arrived, in whatever order, and whether they hang together."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from arasha.engines.channel.bundle import Bundle
from arasha.engines.channel.errors import ChannelError


@dataclass(frozen=True, slots=True)
class Run:
    """Bundles without a gap. `before` is what its first one names, `end` the hash of its last one."""

    first: int
    last: int
    before: bytes
    end: bytes


@dataclass(frozen=True, slots=True)
class Window:
    """All that has arrived of a chain, as runs in their order. `breaks`: where the chain was broken,
    as numbers of bundles that do not name the one before them."""

    runs: tuple[Run, ...] = ()
    breaks: frozenset[int] = field(default_factory=frozenset)

    def has(self, seq: int) -> bool:
        return any(run.first <= seq <= run.last for run in self.runs)

    @property
    def newest(self) -> int:
        """The highest number that has arrived; 0 if none has."""
        return self.runs[-1].last if self.runs else 0

    @property
    def head(self) -> bytes:
        """The SHA-256 of the newest bundle; empty if none has arrived."""
        return self.runs[-1].end if self.runs else b""

    @property
    def count(self) -> int:
        return sum(run.last - run.first + 1 for run in self.runs)

    def gaps(self) -> list[tuple[int, int]]:
        """The numbers that are missing below the newest, as (first, last)."""
        expected, found = 1, []
        for run in self.runs:
            if run.first > expected:
                found.append((expected, run.first - 1))
            expected = run.last + 1
        return found

    def add(self, bundle: Bundle) -> "Window":
        """Return the window with this bundle. Raises ChannelError if that number has arrived."""
        seq, digest = bundle.head.seq, bundle.sha256()
        if self.has(seq):
            raise ChannelError(f"bundle {seq} has arrived before")
        earlier = [run for run in self.runs if run.last < seq]
        later = [run for run in self.runs if run.first > seq]
        new = Run(seq, seq, bundle.head.before, digest)
        breaks = set(self.breaks)
        if earlier and earlier[-1].last == seq - 1:
            left = earlier.pop()
            breaks |= {seq} if left.end != new.before else set()
            new = replace(left, last=new.last, end=new.end)
        if later and later[0].first == seq + 1:
            right = later.pop(0)
            breaks |= {right.first} if right.before != digest else set()
            new = replace(new, last=right.last, end=right.end)
        return Window((*earlier, new, *later), frozenset(breaks))

    def to_content(self) -> dict[str, Any]:
        """For JSON: what `parse` reads."""
        runs = [[run.first, run.last, run.before.hex(), run.end.hex()] for run in self.runs]
        return {"runs": runs, "breaks": sorted(self.breaks)}

    @classmethod
    def parse(cls, content: Mapping[str, Any]) -> "Window":
        """Read what `to_content` writes. Raises ChannelError."""
        try:
            runs = tuple(
                Run(int(first), int(last), bytes.fromhex(before), bytes.fromhex(end))
                for first, last, before, end in content["runs"]
            )
            return cls(runs, frozenset(map(int, content["breaks"])))
        except (KeyError, TypeError, ValueError) as error:
            raise ChannelError(f"no window: {error!r}") from error
