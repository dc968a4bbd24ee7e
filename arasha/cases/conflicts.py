"""Why a body should not investigate: the law names another, or it is of the suspects' own service."""

import datetime as dt
from collections.abc import Iterator

from arasha.actors import Actor
from arasha.cases.models import Case, Conflict, Person
from arasha.country import country
from arasha.people.hierarchy import are_of_one_line, with_those_above
from arasha.people.models import Institution
from arasha.people.selectors import commanders_of


def conflicts_of(
    *,
    viewer: Actor,
    case: Case,
    body_kind: str,
    body: Institution | None,
    competent: str | None,
    day: dt.date,
) -> tuple[Conflict, ...]:
    """All that stands against this body on `day`. `competent`: whom the rules name; None: they do not say."""
    suspects = list(
        Person.objects.filter(
            case=case, role__in=country().vocabularies["person_roles"].meaning("suspect")
        ).select_related("office__parent")
    )
    found = [
        *_by_law(body_kind, competent),
        *_by_suspects(suspects, body_kind, body),
        *_by_place(viewer, case, body_kind, body, day),
    ]
    return tuple(dict.fromkeys(found))


def _by_law(body_kind: str, competent: str | None) -> Iterator[Conflict]:
    takes_any = country().vocabularies["bodies_of_investigation"].meaning("takes_any")
    if competent not in (None, "alternative", body_kind) and body_kind not in takes_any:
        yield Conflict.NOT_COMPETENT


def _by_suspects(
    suspects: list[Person], body_kind: str, body: Institution | None
) -> Iterator[Conflict]:
    authorities = country().authorities
    for suspect in suspects:
        agency = authorities.get(suspect.agency)
        if agency is not None and agency.investigates == body_kind:
            yield Conflict.SAME_SERVICE
        if body is not None and suspect.office and are_of_one_line(body, suspect.office):
            yield Conflict.SAME_OFFICE


def _by_place(
    viewer: Actor, case: Case, body_kind: str, body: Institution | None, day: dt.date
) -> Iterator[Conflict]:
    if case.place is None:
        return
    authority = country().authorities.get(case.place.authority)
    if authority is not None and authority.investigates == body_kind:
        yield Conflict.COMMANDS_PLACE
    commanders = commanders_of(viewer=viewer, place_key=case.place.key, day=day)
    if body is not None and body.pk in with_those_above(commanders.select_related("parent")):
        yield Conflict.COMMANDS_PLACE
