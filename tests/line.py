"""A terminal at the end of its line: it forms bundles as a real one does, and reads what comes back."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from arasha.engines.channel import up
from arasha.engines.channel.bundle import NONE_BEFORE, Head
from arasha.engines.channel.down import Answer, Became, State
from arasha.engines.channel.objects import APPEAL, COVER, AttachmentObject, FilingObject
from arasha.engines.sealing.filing import parse_filing
from arasha.engines.translog import leaf_hash
from arasha.handoffs.channel_to_appeals import services
from arasha.wire.ingest import IngestKey
from tests.walk import NOW, Terminal


@dataclass
class Line:
    """What a terminal keeps of its chain. `seq` and `before` are those of the next bundle."""

    terminal: Terminal
    key: IngestKey
    chain: int = 1
    seq: int = 1
    before: bytes = NONE_BEFORE
    answer_keys: dict[int, bytes] = field(default_factory=dict)

    def bundle(self, *, pieces: Iterable[up.Piece] = (), looks: Iterable[up.Look] = ()) -> bytes:
        """Form the next bundle; a dummy one says nothing."""
        head = Head(self.terminal.device.pk, self.chain, self.seq, self.before, self.key.key_id)
        said = up.Said(secrets.token_bytes(32), tuple(pieces), tuple(looks))
        made = self.key.seal(head, said, sign=self._sign)
        self.answer_keys[self.seq] = said.answer_key
        self.seq, self.before = self.seq + 1, made.sha256()
        return made.to_bytes()

    def send(
        self, *, pieces: Iterable[up.Piece] = (), looks: Iterable[up.Look] = ()
    ) -> list[State]:
        """Form a bundle, have it taken in, and return what the answer tells."""
        return self.read(take(self.bundle(pieces=pieces, looks=looks)))

    def read(self, answer: Answer) -> list[State]:
        return answer.open(self.answer_keys[answer.receipt.seq])

    def send_whole(self, thing: "Thing") -> State:
        """Send an object in as many bundles as it takes, and ask what became of it."""
        for some in batches(thing.pieces()):
            self.send(pieces=some)
        return self.ask(thing)

    def ask(self, thing: "Thing") -> State:
        (state,) = self.send(looks=[thing.look])
        return state

    def _sign(self, message: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.terminal.seed).sign(message)


@dataclass(frozen=True)
class Thing:
    """An object as a terminal holds it; `leaf` names it if it is a filing."""

    kind: up.Kind
    data: bytes
    leaf: bytes = up.NO_LEAF

    @property
    def name(self) -> bytes:
        return sha256(self.data).digest()

    @property
    def look(self) -> up.Look:
        return up.Look(self.leaf, self.name)

    def pieces(self) -> list[up.Piece]:
        total = len(self.data)
        return [
            up.Piece(self.name, self.kind, total, number, self._part(number))
            for number in range(up.pieces_of(total))
        ]

    def _part(self, number: int) -> bytes:
        start = number * up.PIECE_BYTES
        return self.data[start : start + up.PIECE_BYTES]


def filing(posted: bytes, key: IngestKey, *, mark: bytes = APPEAL) -> Thing:
    """What a terminal sends of an appeal, or with another mark of the cover of another use."""
    hashed = hash_of(posted)
    sealed = key.seal_mark(mark, leaf_hash=hashed)
    return Thing(up.Kind.FILING, FilingObject(sealed, posted).to_bytes(), hashed)


def cover(posted: bytes, key: IngestKey) -> Thing:
    return filing(posted, key, mark=COVER)


def attachment(posted: bytes, sealed: bytes) -> Thing:
    """A sealed file that belongs to what was posted."""
    envelope = sha256(parse_filing(posted).envelope).digest()
    data = AttachmentObject(hash_of(posted), envelope, sealed).to_bytes()
    return Thing(up.Kind.ATTACHMENT, data)


def hash_of(posted: bytes) -> bytes:
    return leaf_hash(parse_filing(posted).leaf.encode())


def take(bundle: bytes, *, carried: bool = False) -> Answer:
    return services.receive(posted=bundle, at=NOW, carried=carried)


def batches(pieces: list[up.Piece], *, most: int = 15) -> Iterator[list[up.Piece]]:
    """As many pieces as fit into a bundle, again and again."""
    for start in range(0, len(pieces), most):
        yield pieces[start : start + most]


def became(states: Iterable[State]) -> list[Became]:
    return [each.became for each in states]
