"""What goes first, and what a bundle asks about. On the disk there is no order: it would tell who wrote when."""

from collections.abc import Callable, Collection, Sequence
from itertools import count

from arasha.engines.channel.objects import FilingObject
from arasha.engines.channel.up import MOST_LOOKS, Kind
from arasha.engines.sealing.filing import parse_filing
from arasha.wire.spool import Item, Listed, State

# Rank of an object: a call for help, then filings one after the other, then files in turns.
DANGER, FILINGS, FROM_BEFORE, FILES = 0, 1, 2**30, 2**31
MOST_BYTES_ON_THE_WAY = 16 * 1024 * 1024  # the next ones follow
# Asked about in one bundle, besides all that is on its way.
ASKED_ARRIVED, ASKED_SETTLED, ASKED_ASIDE = 16, 1, 4
MOST_ON_THE_WAY = MOST_LOOKS - ASKED_ARRIVED - ASKED_SETTLED - ASKED_ASIDE


class Order:
    """`is_urgent` tells of a recipient set's name whether it is that of a duty line."""

    def __init__(self, is_urgent: Callable[[str], bool]) -> None:
        self._is_urgent = is_urgent
        self._ranks: dict[bytes, int] = {}
        self._turn = count(FILINGS)
        self._looked = 0

    def put(self, item: Item) -> bool:
        """Let it go behind those that came before it; returns whether it is new."""
        if item.name in self._ranks:
            return False
        self._ranks[item.name] = self._rank(item)
        return True

    def put_from_before(self, item: Item) -> None:
        """Nobody stands here any more for what an earlier start left behind, but a cry is a cry."""
        self._ranks[item.name] = DANGER if self._is_cry(item) else FROM_BEFORE

    def drop(self, name: bytes) -> None:
        self._ranks.pop(name, None)

    def rank(self, name: bytes) -> int:
        return self._ranks.get(name, FILES)

    def on_the_way(self, waiting: Sequence[Listed]) -> list[Listed]:
        """The first of those that wait, as many as memory holds."""
        in_order = sorted(waiting, key=lambda each: (self.rank(each.name), each.size, each.name))
        chosen, room = list[Listed](), MOST_BYTES_ON_THE_WAY
        for each in in_order[:MOST_ON_THE_WAY]:
            room -= each.size
            if room < 0 and chosen:
                break
            chosen.append(each)
        return chosen

    def asked(self, listed: Sequence[Listed], *, aside: Collection[bytes]) -> list[Listed]:
        """Of all others some in turn: is the proof there, is it lost, is it taken now?

        `aside`: what waits and is not sent now.
        """
        self._looked += 1
        arrived = [e for e in listed if e.state is State.ACKNOWLEDGED and e.kind is Kind.FILING]
        settled = [e for e in listed if not e.waits and e not in arrived]
        waiting = [e for e in listed if e.waits and e.name in aside]
        return [
            *_in_turn(arrived, ASKED_ARRIVED, self._looked),
            *_in_turn(waiting, ASKED_ASIDE, self._looked),
            *_in_turn(settled, ASKED_SETTLED, self._looked),
        ]

    def _rank(self, item: Item) -> int:
        if item.kind is not Kind.FILING:
            return FILES
        return DANGER if self._is_cry(item) else next(self._turn)

    def _is_cry(self, item: Item) -> bool:
        return self._is_urgent(parse_filing(FilingObject.parse(item.body).filing).set_id)


def _in_turn(listed: Sequence[Listed], most: int, turn: int) -> Sequence[Listed]:
    """Others each time, until all had their turn."""
    if len(listed) <= most:
        return listed
    start = turn * most % len(listed)
    return [*listed[start:], *listed[:start]][:most]
