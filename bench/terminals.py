"""Prints the bundles that the terminals of a country send: for the load of bench.channel and bench.filing.

    python -m bench.terminals TERMINALS ROUNDS [EVERY]

Each terminal is enrolled in the demo's prison and sends a bundle a round. Every so many of them (20) hold an
appeal and ask what became of it; the others are dummies. A line each: the bundle and the key of its answer
in base 64, and the code of the appeal, or a dash.
"""

import base64
import os
import secrets
import sys
from dataclasses import dataclass
from hashlib import sha256

import django
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arasha.config.settings.jobs")
django.setup()

from django.utils import timezone  # noqa: E402

from arasha.actors import WORLD, Actor  # noqa: E402
from arasha.country import local_day  # noqa: E402
from arasha.engines import sealing  # noqa: E402
from arasha.engines.channel import up  # noqa: E402
from arasha.engines.channel.bundle import NONE_BEFORE, Head  # noqa: E402
from arasha.engines.channel.objects import APPEAL, FilingObject  # noqa: E402
from arasha.engines.notes import filing_code  # noqa: E402
from arasha.engines.translog import leaf_hash  # noqa: E402
from arasha.places import services as places  # noqa: E402
from arasha.places.models import Device, Place  # noqa: E402
from arasha.trust.models import RecipientSet  # noqa: E402
from arasha.trust.selectors import held  # noqa: E402
from arasha.wire.ingest import IngestKey, key_of  # noqa: E402
from arasha.worlds.sealing import sealed_filing  # noqa: E402

TEXT = "Өтініш. Обращение. " * 40
REAL_EVERY = 20


@dataclass
class Sender:
    device: Device
    key: Ed25519PrivateKey
    seq: int = 1
    before: bytes = NONE_BEFORE

    def bundle(self, ingest: IngestKey, said: up.Said) -> bytes:
        head = Head(self.device.pk, 1, self.seq, self.before, ingest.key_id)
        made = ingest.seal(head, said, sign=self.key.sign)
        self.seq, self.before = self.seq + 1, made.sha256()
        return made.to_bytes()


def main(count: int, rounds: int, every: int) -> None:
    key = ingest_key()
    senders = [new_terminal() for _ in range(count)]
    for number in range(count * rounds):
        posted = b"" if number % every else _appeal()
        said = with_filing(posted, key) if posted else up.Said(secrets.token_bytes(32))
        bundle = senders[number % count].bundle(key, said)
        in_base64 = (base64.b64encode(each).decode() for each in (bundle, said.answer_key))
        code = filing_code(_leaf_of(posted)) if posted else "-"
        sys.stdout.write(" ".join([*in_base64, code]) + "\n")


def ingest_key() -> IngestKey:
    """The key that the demo's terminals seal to today."""
    believed = held(viewer=WORLD)
    found = key_of(believed.ingest_keys(), day=local_day(timezone.now())) if believed else None
    if found is None:
        raise SystemExit("the demo has no key for terminals")
    return found


def new_terminal() -> Sender:
    """A terminal that two people enrolled."""
    key, now = Ed25519PrivateKey.generate(), timezone.now()
    offer = places.offer_device(
        place=Place.objects.get(code="DEMO-1"),
        kind="terminal",
        public_key=key.public_key().public_bytes_raw(),
        by=Actor.job("bench"),
        at=now,
    )
    return Sender(places.enrol_device(offer=offer, by=WORLD, at=now), key)


def with_filing(posted: bytes, key: IngestKey) -> up.Said:
    """What a bundle says that brings a filing and asks what became of it."""
    hashed = _leaf_of(posted)
    data = FilingObject(key.seal_mark(APPEAL, leaf_hash=hashed), posted).to_bytes()
    name = sha256(data).digest()
    parts = range(up.pieces_of(len(data)))
    pieces = (
        up.Piece(
            name,
            up.Kind.FILING,
            len(data),
            number,
            data[number * up.PIECE_BYTES : (number + 1) * up.PIECE_BYTES],
        )
        for number in parts
    )
    return up.Said(secrets.token_bytes(32), tuple(pieces), (up.Look(hashed, name),))


def _appeal() -> bytes:
    recipients = sealing.parse_text(RecipientSet.objects.get(institution__code="ombudsperson").text)
    return sealed_filing(
        text=TEXT,
        language="kk",
        place="DEMO-1",
        written_on=local_day(timezone.now()),
        recipients=recipients,
    )


def _leaf_of(posted: bytes) -> bytes:
    return leaf_hash(sealing.parse_filing(posted).leaf.encode())


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else REAL_EVERY)
