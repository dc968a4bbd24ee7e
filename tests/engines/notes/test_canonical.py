"""Canonical JSON, against RFC 8785 and its Python implementation."""

import json
from collections import OrderedDict

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.notes import canonical_json

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
)


def test_keys_are_sorted_as_in_the_standards_example() -> None:
    # RFC 8785, section 3.2.3.
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    ordered = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]

    assert list(json.loads(canonical_json(dict.fromkeys(keys, 0)))) == ordered


@given(VALUES)
def test_the_bytes_are_those_of_the_reference_library(value) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)


def test_there_is_no_whitespace_and_no_escape_that_is_not_needed() -> None:
    value = {"b": [1, True, None], "a": "Әділ \u2028 \x1f"}

    assert canonical_json(value) == '{"a":"Әділ \u2028 \\u001f","b":[1,true,null]}'.encode()


def test_the_order_and_kind_of_a_container_do_not_matter() -> None:
    assert canonical_json(OrderedDict(b=(1, 2), a={})) == canonical_json({"a": {}, "b": [1, 2]})


@pytest.mark.parametrize("value", [1.0, [float("nan")], {"a": b"bytes"}, {1: 2}, {"a": {1, 2}}])
def test_a_value_without_one_form_is_refused(value) -> None:
    with pytest.raises(TypeError, match="canonical JSON"):
        canonical_json(value)


@pytest.mark.parametrize("value", [2**53, [-(2**53)], "\ud800", {"\ud800": 1}])
def test_a_value_that_others_would_read_differently_is_refused(value) -> None:
    with pytest.raises(ValueError, match=r"2\^53|surrogates"):
        canonical_json(value)
