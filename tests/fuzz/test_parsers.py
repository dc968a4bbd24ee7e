"""A hundred thousand spoilt messages: each is read or refused in the parser's own words."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.mutating import Dice, mutated
from tests.fuzz.parsers import PARSERS, read_or_refused

TOGETHER = 100_000
GUIDED = 100_000
EACH = -(-TOGETHER // len(PARSERS))


@pytest.mark.parametrize("name", PARSERS)
def test_what_is_whole_is_read(name: str) -> None:
    assert PARSERS[name].read(PARSERS[name].seeds[0]) is not None


@pytest.mark.parametrize("name", PARSERS)
def test_what_is_nearly_right_is_read_or_refused_and_nothing_else_happens(name: str) -> None:
    parser, dice = PARSERS[name], Dice(name)

    for turn in range(EACH):
        read_or_refused(parser, mutated(parser.seeds[turn % len(parser.seeds)], dice))


@pytest.mark.parametrize("name", PARSERS)
@given(data=st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_whatever_a_stranger_sends_is_read_or_refused(name: str, data: bytes) -> None:
    read_or_refused(PARSERS[name], data)


def test_a_fuzzer_that_sees_the_code_finds_no_other_way_out() -> None:
    command = [sys.executable, "-m", "tests.fuzz.guided", str(GUIDED)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr[-4_000:]
    assert re.search(rf"stat::number_of_executed_units: {GUIDED}\b", done.stderr)
