"""A form takes each of its fields, nothing else, each of its kind; it never hides that a law is unverified."""

import datetime as dt
from dataclasses import replace

import pytest

from arasha.engines.documents import Block, FieldError, FormError, Grid, Line, Step, faults_of, fill
from tests.engines.documents.forms import FORM, each, values


def lines(paper: object) -> list[str]:
    blocks = getattr(paper, "blocks")  # noqa: B009
    return [
        "".join(piece.text for piece in block.pieces) for block in blocks if isinstance(block, Line)
    ]


@pytest.mark.parametrize("name", FORM.fields)
def test_a_missing_field_is_named(name: str) -> None:
    given = values()
    del given[name]

    with pytest.raises(FieldError, match=f"^{name}: is missing"):
        fill(FORM, "kk", given)


def test_an_unknown_field_is_named() -> None:
    with pytest.raises(FieldError, match=r"^offise: the form decision"):
        fill(FORM, "kk", values(offise="x"))


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("office", "", "not empty"),
        ("office", "two\nlines", "one line"),
        ("office", None, "not empty"),
        ("office", 5, "not empty"),
        ("facts", "a\x00b", r"U\+0000"),
        ("facts", "a\u202egpj.exe", r"U\+202E"),
        ("facts", "x" * 20_001, "20001 letters"),
        ("day", dt.datetime(2024, 3, 7, tzinfo=dt.UTC), "calendar day"),
        ("day", "2024-03-07", "calendar day"),
        ("count", True, "whole number"),
        ("law", "CPC 192", "list"),
        ("law", ["CPC 192"], "must hold Step"),
        ("law", [Step("a\x01", "", "", "official")], r"U\+0001"),
        ("signs", [("x", True)], "must hold Tick"),
        ("list", [("a", 5)], "cells must be texts"),
        ("list", [("a",)], "a row has 1 cells, not 2"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_by_name(
    name: str, value: object, reason: str
) -> None:
    with pytest.raises(FieldError, match=reason) as refusal:
        fill(FORM, "kk", values(**{name: value}))
    assert refusal.value.field == name


def test_a_language_that_the_form_lacks_is_refused() -> None:
    with pytest.raises(FormError, match="it has kk, ru"):
        fill(FORM, "en", values())


def test_a_day_is_written_as_documents_write_it() -> None:
    assert "Күні: 2024 жылғы 7 наурыз, саны 2." in lines(fill(FORM, "kk", values()))
    assert "Дата: 7 марта 2024 года, число 2." in lines(fill(FORM, "ru", values()))


def test_every_step_says_whether_somebody_has_checked_it() -> None:
    found = lines(fill(FORM, "kk", values()))

    assert "Мерзім екі ай (CPC 192; upk). тексерілген" in found
    assert "Ұзартылады (CPC 192(2); upk). ТЕКСЕРІЛМЕГЕН" in found


def test_a_mark_that_nobody_knows_counts_as_unverified() -> None:
    law = [Step("x", "", "", "sworn")]

    assert "x ТЕКСЕРІЛМЕГЕН" in lines(fill(FORM, "kk", values(law=law)))


def test_what_is_unknown_leaves_a_line_to_write_on() -> None:
    blank = [
        piece
        for block in fill(FORM, "kk", values()).blocks
        if isinstance(block, Line)
        for piece in block.pieces
        if piece.blank
    ]

    assert len(blank) == 1


def test_braces_and_bars_in_a_value_are_only_letters() -> None:
    office = "{count} | {nothing}"

    assert lines(fill(FORM, "kk", values(office=office)))[0] == office


def test_an_empty_list_is_said_not_left_out() -> None:
    paper = fill(FORM, "kk", values(law=[], signs=[], list=[]))

    assert lines(paper).count("Жоқ") == 3
    assert not [block for block in paper.blocks if isinstance(block, Grid)]


def test_a_form_that_nobody_approved_says_so() -> None:
    assert fill(FORM, "kk", values()).notice == "Жоба"
    assert fill(replace(FORM, approved=True), "kk", values()).notice == ""


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        (Block("paragraph", each("{offise}")), "no field {offise}"),
        (Block("paragraph", each("{law}")), "is a list"),
        (Block("steps", {}, "signs"), "a block of steps needs"),
        (Block("steps", {}), "a block of steps needs"),
        (Block("paragraph", each("x"), "law"), "shows no list"),
    ],
)
def test_a_wrong_block_is_a_fault_of_the_form(block: Block, fault: str) -> None:
    found = list(faults_of(replace(FORM, blocks=[*FORM.blocks, block])))

    assert [each for each in found if fault in each]


def test_a_field_that_stands_nowhere_in_one_language_is_a_fault() -> None:
    blocks = [*FORM.blocks[1:-1], Block("office", {"kk": "{office}", "ru": ""})]

    assert list(faults_of(FORM)) == []
    assert list(faults_of(replace(FORM, blocks=blocks))) == [
        "field 'office' stands nowhere in 'ru'"
    ]
