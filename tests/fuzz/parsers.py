"""Everything that reads bytes of strangers: how it is called, what it may refuse with, where to begin.

Whatever else comes out of a parser than its answer or its own refusal is a fault: a crash of the
door, a half-kept record, a message that nobody can read.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from arasha.engines import notes, sealing, translog
from arasha.engines.channel import delivery, stick
from arasha.engines.channel.errors import ChannelError
from arasha.engines.notes import VerifierKey, parse_note
from arasha.engines.sealing import Card, Note, Reply
from arasha.programs.witness.asking import read_request
from tests.engines.channel import samples
from tests.engines.sealing.samples import APPEALS, RECIPIENTS, appeal_of, kit_file, sealed
from tests.engines.translog.small_log import Log, seed

Refusals = tuple[type[Exception], ...]
SEALING: Refusals = (sealing.SealingError,)
MALFORMED: Refusals = (notes.MalformedError,)
CHANNEL: Refusals = (ChannelError,)
COUNT = len(RECIPIENTS)


@dataclass(frozen=True, slots=True)
class Parser:
    """`read` is given bytes; `again` writes what was read, where only one spelling is taken."""

    read: Callable[[bytes], object]
    refusals: Refusals
    seeds: tuple[bytes, ...]
    again: Callable[[object], bytes] | None = None


def text(read: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda data: read(data.decode("utf-8", "replace"))


def a_log() -> Log:
    log = Log()
    log.append([translog.leaf_hash(seed(f"leaf {each}")) for each in range(300)])
    return log


def a_filing() -> bytes:
    card = sealed(bytes(1024))
    filing = sealing.Filing("ombudsperson-2026-1", APPEALS[0]["leaf"], sealed(), card)
    return sealing.build_filing(filing)


def a_set() -> str:
    officers = [
        sealing.Member(sealing.Role.OFFICER, key, f"Officer {number}", "ombudsperson")
        for number, key in enumerate(RECIPIENTS[:-1])
    ]
    office = sealing.Member(sealing.Role.OFFICE, RECIPIENTS[-1], "Office key")
    first, last = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    named = sealing.RecipientSet(
        "ombudsperson-2026-1", "ombudsperson", 1, first, last, (*officers, office)
    )
    return sealing.build_text(named)


LOG = a_log()
CHECKPOINT = LOG.checkpoint("court", "ngo")
PROOF = LOG.proof(17, "court")
APPEAL = appeal_of(APPEALS[0]["fields"])
CARD = Card(bytes(32), "Камерада суық", "kk", "conditions")
REPLY = Reply("Жауап", "safe", "kk")
NOTE = Note("risk", "Moved to another cell", "A. Officer", dt.date(2026, 11, 22))
KIT = tuple(kit_file(name) for name in ("x25519", "x25519_grease", "x25519_bad_tag"))

DAY = delivery.Delivery(samples.TERMINAL, 1, samples.DAY, 1440, 7, 1446, bytes(32))
DELIVERY = delivery.ProvedDelivery(DAY, bytes(32), str(PROOF))
STICK = stick.Head(stick.Way.UP, stick.label_of("a token"), 3)
RECORD = stick.end_record(7).to_bytes()  # read with whatever hash fits: nobody else would get in

PARSERS: dict[str, Parser] = {
    "filing": Parser(
        sealing.parse_filing,
        SEALING,
        (a_filing(),),
        lambda read: sealing.build_filing(read),  # type: ignore[arg-type]
    ),
    "envelope": Parser(
        lambda data: sealing.check_envelope(data, recipients=COUNT), SEALING, (sealed(), *KIT)
    ),
    "card": Parser(
        lambda data: sealing.check_card(data, recipients=COUNT), SEALING, (sealed(bytes(1024)),)
    ),
    "added header": Parser(
        lambda data: sealing.check_added_header(data, recipients=COUNT),
        SEALING,
        (sealing.split(sealed())[0],),
    ),
    "payload": Parser(
        sealing.unpack_payload,
        SEALING,
        (sealing.pack_payload(APPEAL),),
        lambda read: sealing.pack_payload(read),  # type: ignore[arg-type]
    ),
    "title card": Parser(
        sealing.unpack_card,
        SEALING,
        (sealing.pack_card(CARD),),
        lambda read: sealing.pack_card(read),  # type: ignore[arg-type]
    ),
    "reply": Parser(
        sealing.unpack_reply,
        SEALING,
        (sealing.pack_reply(REPLY),),
        lambda read: sealing.pack_reply(read),  # type: ignore[arg-type]
    ),
    "note": Parser(
        sealing.unpack_note,
        SEALING,
        (sealing.pack_note(NOTE),),
        lambda read: sealing.pack_note(read),  # type: ignore[arg-type]
    ),
    "recipient set": Parser(
        text(sealing.parse_text),
        SEALING,
        (a_set().encode(),),
        lambda read: sealing.build_text(read).encode(),  # type: ignore[arg-type]
    ),
    "signed note": Parser(parse_note, MALFORMED, (str(CHECKPOINT).encode(),)),
    "checkpoint": Parser(text(translog.Checkpoint.parse), MALFORMED, (CHECKPOINT.text.encode(),)),
    "proof": Parser(translog.parse_proof, MALFORMED, (str(PROOF).encode(),)),
    "policy": Parser(
        translog.parse_policy, (translog.PolicyError,), (LOG.policy_text("2").encode(),)
    ),
    "verifier key": Parser(text(VerifierKey.parse), MALFORMED, (str(LOG.key.verifier).encode(),)),
    "filing code": Parser(
        text(notes.read_code), (notes.BadCodeError,), (notes.filing_code(seed("leaf")).encode(),)
    ),
    "request to a witness": Parser(
        read_request,
        MALFORMED,
        (translog.add_checkpoint_request(0, [], CHECKPOINT),),
    ),
    "cosignatures": Parser(
        translog.read_cosignatures,
        MALFORMED,
        (str(CHECKPOINT).partition("\n\n")[2].encode(),),
    ),
    "head of a stick": Parser(stick.Head.parse, CHANNEL, (STICK.to_bytes(),)),
    "record of a stick": Parser(
        lambda data: stick.Record.parse(sha256(data[32:]).digest() + data[32:]), CHANNEL, (RECORD,)
    ),
    "delivery of a day": Parser(
        delivery.ProvedDelivery.parse,
        CHANNEL,
        (DELIVERY.to_json(),),
        lambda read: read.to_json(),  # type: ignore[attr-defined]
    ),
    "bundle of entries": Parser(
        translog.read_entry_bundle, MALFORMED, (translog.entry_bundle([b"a" * 90] * 20),)
    ),
}


def read_or_refused(parser: Parser, data: bytes) -> None:
    """Raise whatever is neither an answer nor the parser's own refusal."""
    try:
        read = parser.read(data)
    except parser.refusals as refusal:
        assert str(refusal)
        return
    if parser.again is not None:
        assert parser.again(read) == data.decode("utf-8", "replace").encode()
