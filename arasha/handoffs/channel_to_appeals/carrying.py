"""A stick is read in as if its bundles had come on the line, and what belongs to them goes back on it."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from arasha.actors import ANONYMOUS, Actor
from arasha.channel import services as channel
from arasha.channel.errors.carrying import UnknownTokenError
from arasha.channel.evidence import delivery_of
from arasha.channel.selectors import arriving
from arasha.country import local_day
from arasha.engines.channel.delivery import ProvedDelivery
from arasha.engines.channel.down import Receipt
from arasha.engines.channel.pages import page_at, sent_to
from arasha.engines.channel.stick import (
    NO_LABEL,
    Head,
    Kind,
    Record,
    Way,
    answer_records,
    delivery_record,
    page_record,
)
from arasha.handoffs.channel_to_appeals import services
from arasha.handoffs.channel_to_appeals.selectors import proof_of
from arasha.problems import Problem
from arasha.wire.stick import FilesRead, StickFile, files_on, write_files

Chains = dict[tuple[uuid.UUID, int], Receipt]  # a receipt of each, to know them by
EVIDENCE_OF = dt.timedelta(days=60)


@dataclass
class Carried(FilesRead):
    """What came of a stick; `refused`: bundles of terminals that are not known or were revoked."""

    bundles: int = 0
    refused: int = 0
    tokens: int = 0


def carry(*, stick: Path, out: Path, by: Actor, at: dt.datetime) -> Carried:
    """Take in all that a stick brings and write what goes back to `out`. Again is harmless.

    Raises OSError if `out` does not take it: what was taken in stays.
    """
    carried = Carried()
    for file in list(files_on(stick, Way.UP)):
        # A label that is not known or was used stops nothing: the bundles are signed themselves.
        with suppress(UnknownTokenError):
            if file.head.label != NO_LABEL:
                channel.redeem_token(label=file.head.label, by=by, at=at)
                carried.tokens += 1
        write_files(out, Head(Way.DOWN, file.head.label), _back(file, carried, at=at))
        carried.count(file)
    return carried


def _back(file: StickFile, carried: Carried, *, at: dt.datetime) -> Iterator[Record]:
    """The answers to the bundles of a file, then the pages and the evidence that its relay lacks."""
    chains: Chains = {}
    yield from answer_records(_answers(file, carried, chains, at=at))
    yield from _pages(file.head.page)
    yield from _evidence(chains.values(), since=local_day(at) - EVIDENCE_OF)


def _pages(number: int) -> Iterator[Record]:
    """From this one to the last; first a signpost if the stream does not have it."""
    page = arriving.page(viewer=ANONYMOUS, number=number)
    first = sent_to(page)
    if first is not None:
        yield page_record(number, page)
        number = first
    last = page_at(arriving.length(viewer=ANONYMOUS))
    for each in range(number, last + 1):
        yield page_record(each, arriving.page(viewer=ANONYMOUS, number=each))


def _answers(
    file: StickFile,
    carried: Carried,
    chains: Chains,
    *,
    at: dt.datetime,
) -> Iterator[bytes]:
    for record in file.records():
        if record.kind is not Kind.BUNDLE:
            continue
        try:
            answer = services.receive(posted=record.body, at=at, carried=True)
        except Problem:
            carried.refused += 1
            continue
        carried.bundles += 1
        chains[answer.receipt.terminal, answer.receipt.chain] = answer.receipt
        yield answer.to_bytes()


def _evidence(receipts: Iterable[Receipt], *, since: dt.date) -> Iterator[Record]:
    for each in receipts:
        days = arriving.deliveries(
            viewer=ANONYMOUS, terminal=each.terminal, chain=each.chain, since=since
        )
        for row in days:
            leaf = bytes(row.leaf_hash or b"")
            proof = proof_of(viewer=ANONYMOUS, leaf_hash=leaf) or ""
            yield delivery_record(ProvedDelivery(delivery_of(row), leaf, proof).to_json())
