"""How fast the log grows and proves, beside pymerkle in the same run."""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pymerkle

from arasha.engines import translog

LEAVES = 1_000_000
THEIR_LEAVES = 100_000  # pymerkle needs much memory for each leaf
PROOFS = 500


class Nodes(dict[tuple[int, int], bytes]):
    """A node store in memory."""

    def get(self, level: int, index: int) -> bytes:  # type: ignore[override]
        return self[level, index]

    def put(self, level: int, index: int, node: bytes) -> None:
        self[level, index] = node


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds for a batch append and for one proof (median), in a tree of `size`."""

    name: str
    size: int
    append: float
    proof: float

    @property
    def leaves_a_second(self) -> float:
        return self.size / self.append


def main() -> int:
    ours, same_size = measure_ours(LEAVES), measure_ours(THEIR_LEAVES)
    theirs = measure_pymerkle(THEIR_LEAVES)
    rows = [row(each) for each in (ours, same_size, theirs)]
    faster = same_size.leaves_a_second / theirs.leaves_a_second
    sys.stdout.write(
        f"{'tree':<24}{'leaves':>12}{'append/s':>14}{'proof, µs':>12}\n"
        f"{''.join(rows)}"
        f"beside pymerkle at {THEIR_LEAVES:,} leaves: appends {faster:.1f} times its rate, "
        f"a proof takes {same_size.proof / theirs.proof:.2f} of its time\n"
    )
    return 0


def row(each: Measured) -> str:
    rate, proof = each.leaves_a_second, each.proof * 1e6
    return f"{each.name:<24}{each.size:>12,}{rate:>14,.0f}{proof:>12,.1f}\n"


def measure_ours(size: int) -> Measured:
    entries, nodes = made(size), Nodes()
    append = seconds(
        lambda: translog.append(nodes, 0, (translog.leaf_hash(entry) for entry in entries))
    )
    proof = median(size, lambda index: translog.inclusion_proof(nodes, index, size))
    return Measured("arasha, in memory", size, append, proof)


def measure_pymerkle(size: int) -> Measured:
    entries, tree = made(size), pymerkle.InmemoryTree(algorithm="sha256")
    append = seconds(lambda: tree.append_entries(entries))
    proof = median(size, lambda index: tree.prove_inclusion(index + 1))
    return Measured("pymerkle, in memory", size, append, proof)


def made(size: int) -> list[bytes]:
    return [translog.leaf(translog.DUMMY, index.to_bytes(32)) for index in range(size)]


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def median(size: int, prove: Callable[[int], object]) -> float:
    places = range(0, size, size // PROOFS)
    return statistics.median(seconds(partial(prove, place)) for place in places)


if __name__ == "__main__":
    sys.exit(main())
