import datetime as dt
from dataclasses import replace

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.engines.sealing import bech32
from arasha.engines.sealing.errors import (
    CommandingBodyError,
    MixedRecipientsError,
    RecipientSetError,
    SetTextError,
    TooFewRecipientsError,
)
from arasha.engines.sealing.recipient_set import (
    Member,
    RecipientSet,
    Role,
    build_text,
    check_set,
    parse_text,
)
from arasha.engines.sealing.recipients import Kind
from tests.engines.sealing.samples import RECIPIENTS

ASTANA, KARAGANDA, OFFICE = RECIPIENTS
SET = RecipientSet(
    set_id="ombudsman-2026-1",
    body="ombudsman",
    version=1,
    valid_from=dt.date(2026, 1, 1),
    valid_until=dt.date(2026, 12, 31),
    members=(
        Member(Role.OFFICER, ASTANA, "Duty officer, Astana", "ombudsman"),
        Member(Role.OFFICER, KARAGANDA, "Кезекші, Қарағанды", "office-karaganda"),
        Member(Role.OFFICE, OFFICE, "Office key"),
    ),
)


def check(
    recipients: RecipientSet, *, commanding: frozenset[str] = frozenset({"prisons"})
) -> RecipientSet:
    return check_set(build_text(recipients), commanding=commanding)


def hybrid_key(first_byte: int) -> str:
    """Return a well-formed post-quantum recipient that nobody can open."""
    return bech32.encode("age1pq", bytes([first_byte]) + bytes(1215))


def with_keys(*keys: str) -> RecipientSet:
    pairs = zip(SET.members, keys, strict=True)
    return replace(SET, members=tuple(replace(member, key=key) for member, key in pairs))


def test_a_whole_set_is_taken() -> None:
    assert check(SET) == SET
    assert SET.keys == (ASTANA, KARAGANDA, OFFICE)
    assert SET.kind is Kind.X25519
    assert SET.offices == ("ombudsman", "office-karaganda")


def test_the_text_is_what_the_reference_shows() -> None:
    assert build_text(SET).splitlines()[:6] == [
        "arasha recipients v1",
        "set ombudsman-2026-1",
        "body ombudsman",
        "version 1",
        "valid 2026-01-01 2026-12-31",
        f"officer ombudsman {ASTANA} Duty officer, Astana",
    ]


def test_a_set_of_a_body_that_commands_the_place_is_refused() -> None:
    with pytest.raises(CommandingBodyError, match="ombudsman commands the place"):
        check(SET, commanding=frozenset({"prisons", "ombudsman"}))


def test_nor_is_one_taken_in_which_people_of_such_a_body_read() -> None:
    with pytest.raises(CommandingBodyError, match="office-karaganda commands the place"):
        check(SET, commanding=frozenset({"prisons", "office-karaganda"}))


def test_one_officer_is_not_enough() -> None:
    with pytest.raises(TooFewRecipientsError, match="got 1 and 1"):
        check(replace(SET, members=SET.members[1:]))


@pytest.mark.parametrize("members", [SET.members[:2], (*SET.members, SET.members[2])])
def test_a_set_has_exactly_one_office_key(members: tuple[Member, ...]) -> None:
    with pytest.raises(TooFewRecipientsError, match="one office key"):
        check(replace(SET, members=members))


def test_one_key_for_two_officers_is_refused() -> None:
    with pytest.raises(TooFewRecipientsError, match="twice"):
        check(with_keys(ASTANA, ASTANA, OFFICE))


def test_post_quantum_and_classic_keys_do_not_mix() -> None:
    with pytest.raises(MixedRecipientsError, match="one kind"):
        check(with_keys(ASTANA, KARAGANDA, hybrid_key(1)))


def test_a_set_of_post_quantum_keys_only_is_taken() -> None:
    hybrid = with_keys(hybrid_key(1), hybrid_key(2), hybrid_key(3))

    assert check(hybrid).kind is Kind.HYBRID


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2025-12-31", False), ("2026-01-01", True), ("2026-12-31", True), ("2027-01-01", False)],
)
def test_a_set_tells_its_days_and_a_stale_one_is_still_taken(day: str, *, expected: bool) -> None:
    assert check(SET).is_valid_on(dt.date.fromisoformat(day)) is expected


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("arasha recipients v1", "arasha recipients v2", "begins with"),
        ("set ombudsman", "body ombudsman", "expected a line that begins with 'set'"),
        ("set ombudsman-2026-1", "set Ombudsman", "is not a name"),
        ("version 1", "version 01", "a number from 1"),
        ("version 1", "version 0", "a number from 1"),
        ("valid 2026-01-01", "valid 20260101", "takes a first and a last day"),
        ("2026-12-31", "2026-13-31", "takes two days"),
        ("2026-12-31", "2025-12-31", "takes a first and a last day"),
        ("office age1", "guard age1", "expected office, officer, stand_in and a key"),
        (" Office key", "", "expected a key and a label"),
        (" Office key", "  Office key", "expected a key and a label"),
        (" Office key", "\n", "expected a key and a label"),
        ("office age1", "office age2", "wrong"),
    ],
)
def test_a_text_out_of_form_is_refused_and_names_the_line(old: str, new: str, reason: str) -> None:
    with pytest.raises(SetTextError, match=reason):
        parse_text(build_text(SET).replace(old, new, 1))


def test_a_set_without_an_officer_of_its_own_body_is_refused() -> None:
    strangers = [replace(member, office="office-karaganda") for member in SET.members[:2]]

    with pytest.raises(TooFewRecipientsError, match="no officer of ombudsman itself"):
        check(replace(SET, members=(*strangers, SET.members[2])))


def test_a_stand_in_can_open_and_counts_for_no_officer() -> None:
    stand_in = replace(SET.members[1], role=Role.STAND_IN)

    assert f"stand_in office-karaganda {KARAGANDA}" in build_text(
        replace(SET, members=(SET.members[0], stand_in, SET.members[2]))
    )
    with pytest.raises(TooFewRecipientsError, match="got 1 and 1"):
        check(replace(SET, members=(SET.members[0], stand_in, SET.members[2])))


def test_an_officer_without_an_office_cannot_be_written() -> None:
    with pytest.raises(SetTextError):
        build_text(replace(SET, members=(replace(SET.members[0], office=""),)))


@pytest.mark.parametrize("label", ["", " x", "a\nset other", "x" * 101])
def test_a_label_that_would_change_the_text_is_refused(label: str) -> None:
    with pytest.raises(SetTextError):
        build_text(replace(SET, members=(replace(SET.members[0], label=label),)))


@given(cut=st.integers(1, 600))
def test_a_text_cut_anywhere_is_refused(cut: int) -> None:
    text = build_text(SET)

    with pytest.raises(RecipientSetError):
        check_set(text[: -min(cut, len(text))], commanding=())


def test_the_keys_of_a_set_are_those_an_independent_implementation_takes() -> None:
    for key in SET.keys:
        assert str(pyrage.x25519.Recipient.from_str(key)) == key
