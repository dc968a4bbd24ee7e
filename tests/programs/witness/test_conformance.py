"""Every status that C2SP tlog-witness asks for, over HTTP."""

import http.client
from hashlib import sha256

import pytest

from arasha.engines.notes import (
    COSIGNATURE,
    NOTE,
    SignerKey,
    b64,
    cosign,
    parse_note,
    verified_signatures,
)
from arasha.engines.translog import EMPTY_ROOT
from arasha.programs.witness.judging import Witness
from arasha.programs.witness.server import MOST_BYTES
from arasha.wire.serving import Server
from tests.engines.translog.small_log import ORIGIN, seed
from tests.programs.witness.watching import NOON, Asker, body, grown, signed

LATEST = f"/{sha256(ORIGIN.encode()).hexdigest()}/checkpoint"
ROOT = b64.encode(b"r" * 32)
STRANGER = SignerKey(ORIGIN, NOTE, seed("stranger"))

# The checkpoint and request of the specification's own example, line for line.
EXAMPLE = """\
old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6265UEjw6QUXTS5Rovnzv++qbSzm9Q=
"""


def test_the_first_checkpoint_gets_a_cosignature_with_the_time(
    asker: Asker, witness: Witness
) -> None:
    log = grown(7)

    answer = asker.add(log.request(0))

    assert answer.status == 200
    both = parse_note(str(log.checkpoint()).encode() + answer.body)
    (cosignature,) = verified_signatures(both, [witness.signer.verifier])
    assert cosignature.timestamp == int(NOON.timestamp())


def test_growth_with_a_proof_is_cosigned(asker: Asker) -> None:
    log = grown(7, 300)

    assert [asker.add(log.request(old, size)).status for old, size in [(0, 7), (7, 300)]] == [
        200
    ] * 2


def test_the_same_checkpoint_is_cosigned_again(asker: Asker) -> None:
    log = grown(7)

    assert [asker.add(log.request(old)).status for old in (0, 7)] == [200, 200]


def test_an_empty_log_can_be_cosigned(asker: Asker) -> None:
    assert asker.add(grown(0).request(0)).status == 200
    assert asker.add(grown(0, 5).request(0)).status == 200


@pytest.mark.parametrize("old", [0, 3, 8, 12])
def test_another_old_size_is_answered_with_the_size_that_was_cosigned(
    asker: Asker, old: int
) -> None:
    log = grown(7, 12)
    asker.add(log.request(0, 7))

    answer = asker.client.ask("POST", "/add-checkpoint", body=log.request(old))

    assert (answer.status, answer.body) == (409, b"7\n")


def test_the_size_has_a_content_type_of_its_own(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.request("POST", "/add-checkpoint", body=grown(7).request(4))

    answer = connection.getresponse()

    assert (answer.status, answer.read()) == (409, b"0\n")
    assert answer.getheader("Content-Type") == "text/x.tlog.size"
    connection.close()


@pytest.mark.parametrize(
    ("request_body", "status"),
    [
        pytest.param(body(8, [], grown(7).checkpoint()), 400, id="old size beyond the checkpoint"),
        pytest.param(EXAMPLE.encode(), 404, id="the specification's log is not watched"),
        pytest.param(EXAMPLE.replace("old 2", "old 02").encode(), 400, id="leading zero"),
        pytest.param(EXAMPLE.replace("old ", "Old ").encode(), 400, id="no old line"),
        pytest.param(EXAMPLE.replace("aw=\n", "aw\n").encode(), 400, id="no padding"),
        pytest.param(EXAMPLE.replace("\n\n", "\n").encode(), 400, id="no empty lines"),
        pytest.param(body(0, [b"h" * 31], grown(7).checkpoint()), 400, id="short hash"),
        pytest.param(body(1, [b"h" * 32] * 64, grown(7).checkpoint()), 400, id="64 hashes"),
        pytest.param(b"", 400, id="nothing"),
        pytest.param(body(0, [], signed(f"{ORIGIN}\n007\n{ROOT}\n")), 400, id="size 007"),
        pytest.param(body(0, [], signed(f"{ORIGIN}\n7\n")), 400, id="no root"),
        pytest.param(body(0, [], signed(f"{ORIGIN}\n7\n{ROOT}\n", STRANGER)), 403, id="stranger"),
        pytest.param(
            str(body(0, [], grown(7).checkpoint()), "utf-8").replace("\n7\n", "\n8\n").encode(),
            403,
            id="altered after signing",
        ),
        pytest.param(body(0, [b"h" * 32], grown(7).checkpoint()), 422, id="a proof from nothing"),
        pytest.param(body(0, [], signed(f"{ORIGIN}\n0\n{ROOT}\n")), 422, id="a wrong empty root"),
    ],
)
def test_a_request_that_breaks_a_rule_is_refused(
    asker: Asker, request_body: bytes, status: int
) -> None:
    assert asker.add(request_body).status == status
    assert asker.client.ask("GET", LATEST).status == 404


def test_a_wrong_proof_is_refused(asker: Asker) -> None:
    log = grown(7, 12)
    asker.add(log.request(0, 7))

    assert asker.add(body(7, [b"h" * 32, *log.proof(7)[1:]], log.checkpoint())).status == 422
    assert asker.add(body(7, [], log.checkpoint())).status == 422
    assert asker.add(log.request(7)).status == 200


def test_another_root_of_the_same_size_is_refused(asker: Asker) -> None:
    asker.add(grown(7).request(0))

    assert asker.add(grown(7, branch="other").request(7)).status == 422


def test_signatures_of_unknown_keys_are_passed_over(asker: Asker) -> None:
    log = grown(7)
    ngo = SignerKey("other.example/w", COSIGNATURE, seed("other"))
    note = log.checkpoint().adding(cosign(log.checkpoint().text, ngo, timestamp=1))

    assert asker.add(body(0, [], note)).status == 200
    assert b"other.example" not in asker.client.ask("GET", LATEST).body


def test_monitors_get_the_newest_checkpoint_with_both_signatures(
    asker: Asker, witness: Witness
) -> None:
    log = grown(7, 12)
    returned = [asker.add(log.request(old, size)).body for old, size in [(0, 7), (7, 12)]]

    shown = asker.client.ask("GET", LATEST).body

    assert shown == str(log.checkpoint()).encode() + returned[1]
    assert (
        len(verified_signatures(parse_note(shown), [log.log.key.verifier, witness.signer.verifier]))
        == 2
    )


@pytest.mark.parametrize(
    "path", ["/", "/checkpoint", LATEST.upper(), "/" + "0" * 64 + "/checkpoint", LATEST]
)
def test_monitors_get_nothing_else(asker: Asker, path: str) -> None:
    assert asker.client.ask("GET", path).status == 404


def test_requests_share_a_connection(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    for old in (0, 7, 7):
        connection.request("POST", "/add-checkpoint", body=grown(7).request(old))
        socket = connection.sock
        assert connection.getresponse().read().startswith("— ngo".encode())
        assert connection.sock is socket
    connection.close()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Length": str(MOST_BYTES + 1)}, 413),
        ({"Content-Length": "-1"}, 411),
        ({"Transfer-Encoding": "chunked"}, 411),
        ({}, 411),
    ],
)
def test_a_body_without_bounds_is_refused_unread(
    server: Server, headers: dict[str, str], status: int
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.putrequest("POST", "/add-checkpoint")
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()

    answer = connection.getresponse()

    assert (answer.status, answer.getheader("Connection")) == (status, "close")
    connection.close()


def test_the_example_of_the_cosignature_specification_is_read() -> None:
    text = EXAMPLE.split("\n\n", 1)[1]
    cosigned = text + (
        "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
    )

    note = parse_note(cosigned.encode())

    assert note.signatures[-1].name == "witness.example.com/w1"
    assert int.from_bytes(note.signatures[-1].blob[:8]) == 1679315147
    assert str(note) == cosigned


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert sha256(b"").digest() == EMPTY_ROOT
