"""A file on its way in, from a reader or from the public door's page: whole, or not at all."""

from hashlib import sha256
from io import BytesIO

import pytest
from django.http.request import UnreadablePostError
from django.test import RequestFactory

from arasha.appeals.errors.filing import TooLargeError, WrongHashError
from arasha.appeals.uploads import MOST_BYTES, arriving
from arasha.engines import sealing

FILE = b"age-encryption.org/v1\n" + b"\x00" * 70_000
DIGEST = sha256(FILE).hexdigest()


def request(body: bytes):
    return RequestFactory().post("/", body, content_type="application/octet-stream")


def test_a_whole_file_is_given_byte_for_byte() -> None:
    with arriving(request(FILE), sha256=DIGEST) as file:
        assert file.read() == FILE


@pytest.mark.parametrize("length", [0, 1, 40_000])
def test_a_file_that_broke_off_is_refused_with_what_to_do(length: int) -> None:
    with (
        pytest.raises(WrongHashError, match="Send the same file again"),
        arriving(request(FILE[:length]), sha256=DIGEST),
    ):
        pass


def test_a_line_that_is_cut_half_way_is_the_same_refusal() -> None:
    class Cut(BytesIO):
        def read(self, _most: int | None = -1, /) -> bytes:
            raise UnreadablePostError("the line is cut")

    cut = request(b"x" * 10)
    cut._stream = Cut()

    with pytest.raises(WrongHashError), arriving(cut, sha256="0" * 64):
        pass


def test_a_giant_file_is_refused_before_it_is_read() -> None:
    giant = RequestFactory().post(
        "/",
        FILE,
        content_type="application/octet-stream",
        headers={"Content-Length": str(MOST_BYTES + 1)},
    )

    with pytest.raises(TooLargeError), arriving(giant, sha256=DIGEST):
        pass
    assert giant.read(len(FILE)) == FILE


def test_the_largest_file_of_the_most_people_is_not_too_large() -> None:
    header = 22 + 64 * 1557 + 48

    assert header + sealing.age.sealed_payload_bytes(10 * 1024 * 1024) <= MOST_BYTES
