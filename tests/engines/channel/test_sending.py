from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.channel.down import Became, State
from arasha.engines.channel.sending import Sending, bitmap
from arasha.engines.channel.up import FRAMES_BYTES, PIECE_BYTES, Piece, pieces_of
from tests.engines.channel.samples import outgoing

LONG = b"\x01" * (40 * PIECE_BYTES)
SHORT = b"\x02" * 100
OTHER = b"\x03" * (3 * PIECE_BYTES)


class Gateway:
    """Puts pieces together and says what it has."""

    def __init__(self) -> None:
        self.pieces: dict[bytes, dict[int, bytes]] = {}

    def take(self, pieces: list[Piece]) -> None:
        for piece in pieces:
            self.pieces.setdefault(piece.object, {})[piece.number] = piece.data

    def state(self, data: bytes) -> State:
        name = sha256(data).digest()
        here = set(self.pieces.get(name, {}))
        return State(name, Became.PARTLY, bitmap(here, pieces=pieces_of(len(data))))

    def has(self, data: bytes) -> bool:
        here = self.pieces.get(sha256(data).digest(), {})
        return b"".join(here[number] for number in sorted(here)) == data


def offered(*objects: bytes, ranks: tuple[int, ...] = ()) -> Sending:
    sending = Sending()
    for at, data in enumerate(objects):
        sending.offer(outgoing(data, rank=ranks[at] if ranks else 1))
    return sending


def test_a_bundle_takes_no_more_than_it_holds() -> None:
    taken = offered(LONG).take(1, room=FRAMES_BYTES)

    assert sum(piece.to_frame().size for piece in taken) <= FRAMES_BYTES
    assert [piece.number for piece in taken] == list(range(15))


def test_what_is_under_way_is_not_sent_again_before_an_answer() -> None:
    sending = offered(SHORT)

    assert len(sending.take(1, room=FRAMES_BYTES)) == 1
    assert sending.take(2, room=FRAMES_BYTES) == []


def test_what_the_answer_does_not_have_is_sent_again() -> None:
    sending = offered(SHORT)
    sending.take(1, room=FRAMES_BYTES)
    sending.hear(1, State(sha256(SHORT).digest(), Became.UNKNOWN))

    assert len(sending.take(2, room=FRAMES_BYTES)) == 1


def test_a_late_answer_calls_nothing_back_that_went_out_after_it() -> None:
    sending = offered(LONG)
    sending.take(1, room=FRAMES_BYTES)
    sending.take(2, room=FRAMES_BYTES)
    gateway = Gateway()
    sending.hear(1, gateway.state(LONG))

    assert [piece.number for piece in sending.take(3, room=FRAMES_BYTES)] == list(range(15))


def test_what_is_urgent_goes_before_what_was_begun() -> None:
    sending = offered(LONG)
    sending.take(1, room=FRAMES_BYTES)
    sending.offer(outgoing(SHORT, rank=0))

    assert sending.take(2, room=FRAMES_BYTES)[0].object == sha256(SHORT).digest()


def test_objects_of_one_rank_take_turns() -> None:
    taken = offered(LONG, OTHER).take(1, room=FRAMES_BYTES)

    assert [piece.data[0] for piece in taken[:6]] == [1, 3, 1, 3, 1, 3]
    assert {piece.data[0] for piece in taken[6:]} == {1}


def test_what_is_dropped_is_sent_no_more() -> None:
    sending = offered(SHORT)
    sending.drop(sha256(SHORT).digest())

    assert sha256(SHORT).digest() not in sending
    assert sending.take(1, room=FRAMES_BYTES) == []


@given(
    objects=st.lists(st.integers(1, 9 * PIECE_BYTES), min_size=1, max_size=4, unique=True),
    bad_days=st.lists(st.sampled_from(["bundle lost", "answer lost"]), max_size=60),
)
def test_everything_arrives_however_many_bundles_and_answers_are_lost(
    objects: list[int], bad_days: list[str]
) -> None:
    data = [bytes([at + 1]) * size for at, size in enumerate(objects)]
    sending, gateway = offered(*data), Gateway()
    for seq, day in enumerate([*bad_days, *["good"] * 20], start=1):
        pieces = sending.take(seq, room=20_000)
        if day != "bundle lost":
            gateway.take(pieces)
        if day == "good":
            for each in data:
                sending.hear(seq, gateway.state(each))

    assert all(map(gateway.has, data))
    assert sending.take(100, room=20_000) == []
