"""Adding readers to what was sealed before them, checked with another implementation of age."""

import pyrage
import pytest

from arasha.engines.sealing import record_digest, split
from arasha.engines.sealing.errors import EnvelopeError, RecipientError
from arasha.programs.officekey.rewrap import FalseHeaderError, NotOursError, rewrap
from arasha.programs.officekey.sheets import Key
from tests.programs import stand
from tests.programs.officekey.sealed import KEY, sealed_appeal

NEWCOMERS = [pyrage.x25519.Identity.generate() for _ in range(3)]
TO = [str(each.to_public()) for each in NEWCOMERS]


def envelope() -> bytes:
    return sealed_appeal()[1]


def test_a_header_of_others_is_refused() -> None:
    header, _payload = split(envelope())

    with pytest.raises(NotOursError):
        rewrap(header, key=Key(bytes(32)), recipients=TO)


def test_a_changed_header_is_refused() -> None:
    header, _payload = split(envelope())
    lines = header.split(b"\n")
    swapped = b"\n".join([lines[0], *lines[3:5], *lines[1:3], *lines[5:]])

    with pytest.raises(FalseHeaderError):
        rewrap(swapped, key=KEY, recipients=TO)


@pytest.mark.parametrize("rubbish", [b"", b"age-encryption.org/v1\n", b"x" * 500])
def test_what_is_no_header_is_refused(rubbish: bytes) -> None:
    with pytest.raises(EnvelopeError):
        rewrap(rubbish, key=KEY, recipients=TO)


def test_a_whole_envelope_is_not_taken_for_a_header() -> None:
    with pytest.raises(EnvelopeError, match="more than a header"):
        rewrap(envelope(), key=KEY, recipients=TO)


def test_the_same_reader_twice_is_refused() -> None:
    header, _payload = split(envelope())

    with pytest.raises(RecipientError):
        rewrap(header, key=KEY, recipients=[TO[0], TO[0]])


def test_every_new_reader_opens_the_same_payload_and_the_first_header_still_opens() -> None:
    sealed = envelope()
    header, payload = split(sealed)
    fresh = rewrap(header, key=KEY, recipients=TO)
    first = pyrage.decrypt(sealed, [stand.IDENTITIES[0]])

    assert [pyrage.decrypt(fresh + payload, [each]) for each in NEWCOMERS] == [first] * 3
    assert split(fresh + payload) == (fresh, payload)
    assert record_digest(fresh, payload) != record_digest(header, payload)
