"""Which body may receive what: a lawyer's table for Kazakhstan, and a country that does not exist."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from arasha.packs import Obstacle, Pack, load, may_receive

QAMAR = Path(__file__).parent / "qamar"
DAY = dt.date(2026, 11, 22)
ALL = ("ombudsperson", "prosecutor", "npm")


@pytest.fixture(scope="module")
def kz() -> Pack:
    return load("kz")


@pytest.fixture(scope="module")
def qamar() -> Pack:
    return load(QAMAR)


@pytest.mark.parametrize(
    ("asked", "receivers"),
    [
        ({}, ALL),
        ({"topic": "torture", "named": True}, ALL),
        ({"topic": "torture", "named": False}, ("ombudsperson", "npm")),
        ({"topic": "health"}, ("ombudsperson", "npm")),
        ({"topic": "torture", "accused_kind": "prosecutor"}, ("ombudsperson", "npm")),
        ({"topic": "torture", "accused_kind": "npm"}, ("ombudsperson", "prosecutor")),
        ({"topic": "torture", "day": dt.date(2022, 12, 31)}, ("ombudsperson", "npm")),
        ({"topic": "torture", "day": dt.date(2013, 9, 25)}, ("ombudsperson",)),
        ({"topic": "torture", "day": dt.date(2002, 9, 18)}, ()),
    ],
)
def test_kazakhstan_gives_each_appeal_to_those_who_may_act_on_it(
    kz: Pack, asked: dict[str, Any], receivers: tuple[str, ...]
) -> None:
    found = [
        code for code in ALL if may_receive(body=kz.bodies[code], **{"day": DAY, **asked}).allowed
    ]

    assert found == list(receivers)


def test_who_takes_unnamed_appeals_opens_no_cases(kz: Pack) -> None:
    takers = [body for body in kz.bodies.values() if body.receives_on(DAY, unnamed=True)]

    assert {body.code for body in takers} == {"ombudsperson", "npm", "duty_line"}
    assert not any(body.opens_case for body in takers)


def test_whoever_is_told_names_is_never_written_to(kz: Pack) -> None:
    told = kz.names_body(kz.bodies["ombudsperson"])

    assert told is kz.bodies["ombudsperson-names"]
    assert may_receive(body=told, day=DAY).obstacles == (Obstacle.NO_RECIPIENT,)
    assert kz.names_body(kz.bodies["duty_line"]) is None


def test_a_no_names_all_that_stands_against_it_and_the_rule(kz: Pack) -> None:
    ruling = may_receive(
        body=kz.bodies["prosecutor"],
        day=DAY,
        topic="torture",
        named=False,
        accused_kind="prosecutor",
    )

    assert ruling.obstacles == (Obstacle.ACCUSED, Obstacle.UNNAMED)
    assert [basis.article for basis in ruling.basis] == ["CPC 193(1-1)"]


def test_the_basis_is_that_of_the_day(kz: Pack) -> None:
    before = may_receive(body=kz.bodies["ombudsperson"], day=dt.date(2020, 1, 1))

    assert [basis.article for basis in before.basis] == ["Presidential decree No 947 of 19.09.2002"]


def test_a_body_that_commands_the_place_receives_nothing_from_it(qamar: Pack) -> None:
    body = qamar.bodies["inspectorate"]

    in_a_tower = may_receive(body=body, day=DAY, place_authority="keys")

    assert in_a_tower.obstacles == (Obstacle.COMMANDS,)
    assert may_receive(body=body, day=DAY, place_authority="harbour").allowed


def test_a_body_unknown_to_the_pack_receives_nothing() -> None:
    assert may_receive(body=None, day=DAY).obstacles == (Obstacle.NO_RECIPIENT,)


def test_a_country_where_nobody_takes_unnamed_appeals_is_refused(tmp_path: Path) -> None:
    words = (QAMAR / "recipients.toml").read_text(encoding="utf-8")
    for file in QAMAR.rglob("*.toml"):
        copy = tmp_path / file.relative_to(QAMAR)
        copy.parent.mkdir(exist_ok=True, parents=True)
        copy.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    closed = words.replace("unnamed = true", "unnamed = false")
    (tmp_path / "recipients.toml").write_text(closed, encoding="utf-8")

    with pytest.raises(Exception, match="no body receives what has no name"):
        load(tmp_path)
