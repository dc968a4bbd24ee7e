"""Every kind × compartment × basis × role × right, against the table that people wrote by hand."""

import uuid
from pathlib import Path
from typing import Literal

import pytest
from django.db.models import Q

from arasha.access.policy import BASES, POLICY, ROLES
from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.people.models import User
from tests.access import cast
from tests.access.rows import ROWS, Row

pytestmark = pytest.mark.django_db
Rights = dict[str, str]


def read_matrix() -> dict[tuple[str, str, str], Rights]:
    """(kind, compartment, basis) -> role -> right, as written."""
    matrix: dict[tuple[str, str, str], Rights] = {}
    compartment, roles = ("", ""), [""]
    for line in (Path(__file__).parent / "matrix.txt").read_text().splitlines():
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if line.startswith("["):
            kind, name = line.strip("[]").split()
            compartment = (kind, name)
        elif line.startswith(" "):
            roles = words
        else:
            matrix[*compartment, words[0]] = dict(zip(roles, words[1:], strict=True))
    return matrix


MATRIX = read_matrix()


def test_the_matrix_has_every_cell_that_the_policy_could_have() -> None:
    cells = {(*cell, role) for cell, rights in MATRIX.items() for role in rights}

    assert cells == {
        (kind, compartment, basis, role)
        for kind, compartments in POLICY.items()
        for compartment in compartments
        for basis in BASES
        for role in ROLES
    }
    assert set(ROWS) == {cell[:2] for cell in MATRIX}


@pytest.mark.parametrize("cell", MATRIX, ids="-".join)
def test_a_grant_opens_what_the_matrix_says_as_list_and_as_record(
    cell: tuple[str, str, str],
) -> None:
    kind, compartment, basis = cell
    row, _decoy = ROWS[kind, compartment](), ROWS[kind, compartment]()
    holders = {role: cast.person(role) for role in ROLES}
    for holder in holders.values():
        cast.give(kind, row.record_key, holder, basis)

    lists = {role: right_in_list(row, user, kind, compartment) for role, user in holders.items()}
    records = {
        role: right_on_record(row, user, kind, compartment) for role, user in holders.items()
    }

    assert lists == MATRIX[cell]
    assert records == MATRIX[cell]


@pytest.mark.parametrize("cell", MATRIX, ids="-".join)
def test_a_grant_to_an_institution_opens_the_same_to_its_posts(cell: tuple[str, str, str]) -> None:
    kind, compartment, basis = cell
    row = ROWS[kind, compartment]()
    office = cast.institution()
    holders = {role: cast.person(role, office) for role in ROLES}
    cast.give(kind, row.record_key, office, basis)

    rights = {role: right_in_list(row, user, kind, compartment) for role, user in holders.items()}

    assert rights == MATRIX[cell]


def right_in_list(row: Row, user: User, kind: str, compartment: str) -> str:
    def shows(action: Literal["r", "rw"]) -> bool:
        keys = {
            getattr(found, _attribute(row))
            for found in row.model._default_manager.filter(
                _may(row, user, kind, compartment, action)
            )
        }
        assert keys <= {row.record_key}
        return row.record_key in keys

    return _named(reads=shows("r"), writes=shows("rw"))


def right_on_record(row: Row, user: User, kind: str, compartment: str) -> str:
    one = row.model._default_manager.filter(**{row.field: row.record_key})
    return _named(
        reads=one.filter(_may(row, user, kind, compartment, "r")).exists(),
        writes=one.filter(_may(row, user, kind, compartment, "rw")).exists(),
    )


def _may(row: Row, user: User, kind: str, compartment: str, action: Literal["r", "rw"]) -> Q:
    return visible(
        viewer=cast.actor(user),
        kind=kind,
        compartment=compartment,
        action=action,
        field=row.field,
    )


def _attribute(row: Row) -> str:
    return "pk" if row.field == "pk" else f"{row.field}_id"


def _named(*, reads: bool, writes: bool) -> str:
    assert reads or not writes
    return "rw" if writes else "r" if reads else "-"


def test_a_record_without_any_grant_is_open_to_no_role() -> None:
    for (kind, compartment), make in ROWS.items():
        row = make()
        rights = {right_in_list(row, cast.person(role), kind, compartment) for role in ROLES}
        assert rights == {"-"}


def test_unknown_people_see_nothing() -> None:
    row = ROWS["case", "summary"]()
    nobody = visible(viewer=Actor.user(uuid.uuid4()), kind="case", compartment="summary")

    assert not row.model._default_manager.filter(nobody).exists()
