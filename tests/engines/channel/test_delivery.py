import json
from dataclasses import replace
from hashlib import sha256

import pytest

from arasha.engines.channel.delivery import Delivery, ProvedDelivery
from arasha.engines.channel.errors import ChannelError
from tests.engines.channel import samples

DAY = Delivery(samples.TERMINAL, 1, samples.DAY, 1440, 7, 1446, bytes(32))
PROVED = ProvedDelivery(DAY, bytes(range(32)), "c2sp.org/tlog-proof@v1\n")


@pytest.mark.parametrize("changes", [{"count": 0}, {"last_seq": 6}, {"chain": 0}, {"head": b""}])
def test_a_delivery_out_of_form_is_not_written(changes: dict[str, object]) -> None:
    with pytest.raises(ChannelError):
        replace(DAY, **changes).to_bytes()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [{"count": True}, {"count": "1440"}, {"leaf": "00"}, {"more": 1}, {"terminal": 7}, {"day": ""}],
)
def test_an_answer_in_another_form_is_refused(changes: dict[str, object]) -> None:
    content = {**json.loads(PROVED.to_json()), **changes}

    with pytest.raises(ChannelError):
        ProvedDelivery.parse(json.dumps(content, separators=(",", ":")).encode())


def test_an_answer_without_an_end_is_refused_before_it_is_read() -> None:
    with pytest.raises(ChannelError, match="at most 16,384"):
        ProvedDelivery.parse(b"[" * 20_000)


def test_a_delivery_is_read_as_it_was_written() -> None:
    assert ProvedDelivery.parse(PROVED.to_json()) == PROVED


def test_the_leaf_commits_to_every_field() -> None:
    written = (
        b'{"chain":1,"count":1440,"day":"2026-11-20","first_seq":7,"head":"'
        + b"00" * 32
        + b'","last_seq":1446,"terminal":"7e4f33d8-1111-4222-8333-444455556666"}'
    )

    assert DAY.to_bytes() == written
    assert DAY.commitment() == sha256(b"arasha delivery v1\n" + written).digest()
