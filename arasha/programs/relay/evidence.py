"""`arasha relay evidence`: what was delivered on each day, checked again, in words."""

import datetime as dt
from collections.abc import Iterator, Mapping

from arasha.programs.relay.house import Relay
from arasha.programs.relay.proving import Verdict, judged


def report(
    relay: Relay, words: Mapping[str, str], *, day: dt.date | None = None
) -> Iterator[tuple[bool, str]]:
    """Yield (whether what is kept is spoilt, a line of words) for each day and chain."""
    found = False
    for each in relay.receipts.days():
        if day is not None and each.day != day:
            continue
        found = True
        what = judged(each, relay.receipts.of(each), relay.believing)
        said = words[what.verdict].format(
            day=each.day.isoformat(),
            terminal=each.terminal,
            chain=each.chain,
            count=what.count,
            first=what.first,
            last=what.last,
            leaf=what.by_leaf,
        )
        yield what.verdict is Verdict.FORGED, said
    if not found:
        yield False, words["none"]
