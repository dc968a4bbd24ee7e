"""Requests to witnesses, and what their answers may be."""

import pytest

from arasha.engines import translog
from arasha.engines.notes import MalformedError, parse_note

# The example of C2SP tlog-witness, add-checkpoint; its hashes are 32 bytes, its signatures invented.
REQUEST = """\
old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
"""
ANSWER = """\
— witness.example/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""


def test_a_request_is_written_as_the_example_of_the_specification() -> None:
    head, _, checkpoint = REQUEST.partition("\n\n")
    proof = [translog.parse_proof(_as_proof(line)).hashes[0] for line in head.split("\n")[1:]]

    written = translog.add_checkpoint_request(20852014, proof, parse_note(checkpoint.encode()))
    assert written.decode() == REQUEST


def _as_proof(line: str) -> bytes:
    """A proof file with this one hash, so that a reader of its own decodes it."""
    checkpoint = REQUEST.partition("\n\n")[2]
    return f"c2sp.org/tlog-proof@v1\nindex 0\n{line}\n\n{checkpoint}".encode()


def test_from_nothing_a_request_has_no_proof() -> None:
    note = parse_note(REQUEST.partition("\n\n")[2].encode())

    assert translog.add_checkpoint_request(0, [], note).startswith(b"old 0\n\nexample.com/")


def test_the_lines_of_an_answer_are_read() -> None:
    (signature,) = translog.read_cosignatures(ANSWER.encode())

    assert signature.name == "witness.example/w1"
    assert len(signature.blob) == 8 + 64


@pytest.mark.parametrize("body", ["", "yes", ANSWER + "\n", ANSWER * 101, "\xff"])
def test_an_answer_of_another_form_is_refused(body: str) -> None:
    with pytest.raises(MalformedError):
        translog.read_cosignatures(body.encode("latin-1", "replace"))


def test_a_witness_tells_its_state_under_the_hash_of_the_origin() -> None:
    path = translog.latest_checkpoint_path("go.sum database tree")

    assert path == "/46613be2987d5d316f5ad065e4aa2eee26ccdd3de17a3735cd0da18156a22bdd/checkpoint"
