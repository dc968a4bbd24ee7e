"""The policy as a table that anybody can read: the same cells that decide."""

from dataclasses import dataclass

from django.utils.functional import Promise

from arasha.access.policy import BY_POST, POLICY
from arasha.access.words import BASES, COMPARTMENTS, KINDS, OPENED_BY_POST, REACHES, RIGHTS, ROLES


@dataclass(frozen=True, slots=True)
class Line:
    who: Promise | str
    ground: Promise | str
    right: Promise | str


@dataclass(frozen=True, slots=True)
class Section:
    """A compartment: what is in it, and everybody who may see it."""

    anchor: str
    kind: Promise | str
    content: Promise | str
    lines: list[Line]


def policy_table() -> list[Section]:
    return [
        Section(
            anchor=f"{kind}-{compartment}",
            kind=KINDS[kind],
            content=COMPARTMENTS[kind, compartment],
            lines=[
                Line(who=ROLES[role], ground=BASES[basis], right=RIGHTS[right])
                for (basis, role), right in cells.items()
            ],
        )
        for kind, compartments in POLICY.items()
        for compartment, cells in compartments.items()
    ]


@dataclass(frozen=True, slots=True)
class Post:
    """What posts open without a grant, and to whom."""

    what: Promise | str
    who: list[str]


def post_table() -> list[Post]:
    return [
        Post(
            what=OPENED_BY_POST[what],
            who=[f"{ROLES[role]}: {REACHES[reach]}" for role, reach in cells.items()],
        )
        for what, cells in BY_POST.items()
    ]
