"""Policies: who must have seen a checkpoint, and every way to write that wrongly."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines import translog
from arasha.engines.notes import COSIGNATURE, NOTE, SignerKey
from arasha.engines.translog import PolicyError
from tests.engines.translog.small_log import Log, seed

KEYS = {
    name: SignerKey(name, COSIGNATURE, seed(name)).verifier for name in ("x1", "x2", "y1", "y2")
}
LOG = SignerKey("log.example", NOTE, seed("log")).verifier
WITNESSES = "".join(f"witness {name} {key}\n" for name, key in KEYS.items())


def policy(text: str) -> translog.Policy:
    return translog.parse_policy(text.encode())


@pytest.mark.parametrize(
    ("quorum", "needed"), [("any", 1), ("1", 1), ("2", 2), ("3", 3), ("all", 3)]
)
def test_k_of_n_witnesses_are_enough_whoever_they_are(quorum: str, needed: int) -> None:
    log = Log()
    read = log.policy(quorum)
    keys = [key.verifier for key in log.witnesses.values()]

    for count in range(4):
        for some in combinations(keys, count):
            assert read.is_satisfied(set(some)) == (count >= needed)


def test_two_bodies_must_both_have_seen_it() -> None:
    read = policy(
        f"log {LOG}\n{WITNESSES}group X all x1 x2\ngroup Y any y1 y2\ngroup both all X Y\nquorum both\n"
    )

    assert read.is_satisfied({KEYS["x1"], KEYS["x2"], KEYS["y2"]})
    assert not read.is_satisfied({KEYS["x1"], KEYS["x2"]})
    assert not read.is_satisfied({KEYS["x1"], KEYS["y1"], KEYS["y2"]})


def test_comments_tabs_urls_and_foreign_letters_are_read() -> None:
    read = policy(
        "# сот пен университет\n\n\t \n"
        f"  log\t{LOG} https://log.example/\nwitness сот {KEYS['x1']} https://w.example/\n"
        "quorum сот\n# the end\n"
    )

    assert read.logs == [LOG]
    assert read.is_satisfied({KEYS["x1"]})
    assert read.name_of(KEYS["x1"]) == "сот"


def test_names_are_octets_and_not_letters() -> None:
    data = b"witness \xe2\x84\xaa %s\nwitness \xff %s\nquorum \xff\n"
    read = translog.parse_policy(data % (str(KEYS["x1"]).encode(), str(KEYS["x2"]).encode()))

    assert read.is_satisfied({KEYS["x2"]})
    with pytest.raises(PolicyError, match="no witness or group K"):
        translog.parse_policy(b"witness \xe2\x84\xaa %s\nquorum K\n" % str(KEYS["x1"]).encode())


def test_no_witness_may_be_asked_for_only_in_words() -> None:
    assert policy(f"log {LOG}\nquorum none\n").is_satisfied(set())
    with pytest.raises(PolicyError, match="write 'quorum none' to ask for no witness"):
        policy(f"log {LOG}\n")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "cut off"),
        ("quorum none", "cut off"),
        ("quorum none\r\n", r"line 1: control character U\+000D; end lines with newline only"),
        ("quorum none\nquorum none\n", "line 2: a policy has one quorum line"),
        ("quorum\n", "line 1: write 'quorum <name>'"),
        ("quorum nobody\n", "line 1: no witness or group nobody on the lines before"),
        ("witnes x1 key\n", "line 1: a line starts with log, witness, group or quorum"),
        ("log\n", "line 1: write 'log <vkey>"),
        ("log nonsense\n", "line 1: a verifier key has a name, an ID"),
        (f"log {KEYS['x1']}\n", "line 1: x1 has a key of type 0x04, needed 0x01"),
        (f"witness w {LOG}\n", "line 1: log.example has a key of type 0x01, needed 0x04"),
        (f"log {LOG}\nlog {LOG}\n", "line 2: the key of log.example is in the policy already"),
        (f"witness none {KEYS['x1']}\n", "line 1: the name none is taken"),
        (f"{WITNESSES}witness x1 {KEYS['x1']}\n", "line 5: the name x1 is taken"),
        (f"{WITNESSES}witness again {KEYS['x1']}\n", "line 5: the key of x1 is in the policy"),
        (f"{WITNESSES}group x1 any x2\n", "line 5: the name x1 is taken"),
        (f"{WITNESSES}group g any\n", "line 5: write 'group <name>"),
        (f"{WITNESSES}group g 0 x1\n", "line 5: a group of 1 needs all, any or 1 to 1: '0'"),
        (f"{WITNESSES}group g 3 x1 x2\n", "line 5: a group of 2 needs all, any or 1 to 2: '3'"),
        (f"{WITNESSES}group g 01 x1\n", "line 5: a group of 1 needs"),
        (f"{WITNESSES}group g {'9' * 5000} x1\n", "line 5: a group of 1 needs"),
        (f"{WITNESSES}group g any none\n", "line 5: no witness or group none"),
        (f"{WITNESSES}group g any g\n", "line 5: no witness or group g "),
        (f"{WITNESSES}group g any x1 x1\n", "line 5: x1 is a member already"),
        (f"{WITNESSES}group g any x1\ngroup h any x1\n", "line 6: x1 is a member already"),
    ],
)
def test_a_wrong_policy_names_the_line_and_the_rule(text: str, rule: str) -> None:
    with pytest.raises(PolicyError, match=rule):
        policy(text)


def test_a_log_that_is_its_own_witness_is_refused_in_either_order() -> None:
    own = f"witness self {SignerKey('other', COSIGNATURE, seed('log')).verifier}\n"

    for text in (f"log {LOG}\n{own}", f"{own}log {LOG}\n"):
        with pytest.raises(PolicyError, match=r"line 2: the key of .* is in the policy already"):
            policy(text)


def test_a_chain_of_groups_without_end_is_refused() -> None:
    chain = "".join(f"group g{n + 1} any g{n}\n" for n in range(5000))

    with pytest.raises(PolicyError, match="at most 256 logs, witnesses and groups each"):
        policy(f"witness g0 {KEYS['x1']}\n{chain}quorum g5000\n")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    try:
        translog.parse_policy(data + b"\nquorum none\n")
    except PolicyError as refusal:
        assert str(refusal).startswith("line ")


def test_a_policy_says_where_its_witnesses_and_logs_answer() -> None:
    read = policy(
        f"log {LOG} https://log.example/\n"
        f"witness x1 {KEYS['x1']} https://court.example/w\n"
        f"witness x2 {KEYS['x2']}\nquorum x1\n"
    )

    assert read.urls == {str(LOG): "https://log.example/", "x1": "https://court.example/w"}
