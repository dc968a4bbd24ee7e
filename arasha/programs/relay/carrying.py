"""Where the line does not reach: bundles go out on a stick, answers and pages come back on it.

Nothing leaves the relay by going onto a stick: a bundle goes when its receipt comes.
"""

from dataclasses import dataclass
from pathlib import Path

from arasha.engines.channel.down import parse_answer
from arasha.engines.channel.errors import ChannelError
from arasha.engines.channel.stick import NO_LABEL, Head, Kind, Record, Way, bundle_record, label_of
from arasha.programs.relay.house import Relay
from arasha.wire.stick import FilesRead, files_on, write_files


@dataclass(slots=True)
class CarriedIn(FilesRead):
    """`strange`: answers to bundles that do not wait here, as when a stick is read twice."""

    delivered: int = 0
    strange: int = 0
    forged: int = 0
    pages: int = 0
    days: int = 0


def carry_out(relay: Relay, stick: Path, *, token: str) -> int:
    """Write all that waits onto a stick; returns how many bundles. Raises OSError, ShutError."""
    label = label_of(token) if token else NO_LABEL
    count = relay.rack.counts()[0]
    records = (bundle_record(each) for each in relay.rack.waiting())
    write_files(stick, Head(Way.UP, label, relay.pages.wanted), records)
    return count


def carry_in(relay: Relay, stick: Path) -> CarriedIn:
    """Take in what came back. The pages first: they may name the keys that the answers are signed with.

    Raises OSError, FullError, ShutError.
    """
    carried, files = CarriedIn(), list(files_on(stick, Way.DOWN))
    for file in files:
        for record in file.records():
            if record.kind is Kind.PAGE and record.number == relay.pages.wanted:
                relay.pages.take(record.number, record.body)
                carried.pages += 1
    for file in files:
        for record in file.records():
            _take(record, relay, carried)
        carried.count(file)
    return carried


def _take(record: Record, relay: Relay, carried: CarriedIn) -> None:
    if record.kind is Kind.DELIVERY:
        carried.days += relay.prove(record.body)
    for data in record.answers() if record.kind is Kind.ANSWERS else ():
        try:
            answer = parse_answer(data)
            relay.believing.check(answer)
        except ChannelError:
            carried.forged += 1
            continue
        if relay.rack.deliver(answer):
            carried.delivered += 1
        else:
            carried.strange += 1
