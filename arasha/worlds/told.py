"""Those in a body of the demo who are told who wrote: a smaller set, and a body of its own."""

import datetime as dt

from arasha.actors import WORLD
from arasha.country import country, local_day
from arasha.engines import sealing
from arasha.people import services as people
from arasha.people.models import Institution
from arasha.worlds import cast
from arasha.worlds.identities import Identity, new_identity
from arasha.worlds.stage import Demo


def names_sets(demo: Demo, *, until: dt.date) -> list[sealing.RecipientSet]:
    """A set for the names of each body whose country knows such, with its institution."""
    codes = dict.fromkeys(seat.institution for seat in cast.SEATS if seat.told)
    found = [demo.institutions[code] for code in codes]
    return [_set_of(demo, body, until) for body in found if _rules(body)]


def _rules(body: Institution) -> str:
    """The kind of institution that those who are told are in this country; empty: it knows none."""
    rules = country().body_of(body.kind)
    told = country().names_body(rules) if rules else None
    return told.institution_kind if told else ""


def _set_of(demo: Demo, body: Institution, until: dt.date) -> sealing.RecipientSet:
    code = sealing.names_code(body.code)
    people.register_institution(
        code=code,
        kind=_rules(body),
        name=dict(country().institution_kinds[_rules(body)].name),
        region=body.region,
        parent=body,
        by=WORLD,
        at=demo.begun_at,
    )
    told = [seat for seat in cast.SEATS if seat.told and seat.institution == body.code]
    office = new_identity(name=cast.OFFICE_KEY, email="")  # thrown away, as every office key here
    return sealing.RecipientSet(
        set_id=f"{code}-1",
        body=code,
        version=1,
        valid_from=local_day(demo.begun_at),
        valid_until=until,
        members=(
            *(_member(demo, seat, code) for seat in told),
            sealing.Member(sealing.Role.OFFICE, office.recipient, cast.OFFICE_KEY),
        ),
    )


def _member(demo: Demo, seat: cast.Seat, code: str) -> sealing.Member:
    words = [seat.title.get(language.code, seat.title["en"]) for language in country().languages]
    return sealing.Member(
        sealing.Role.OFFICER, _identity(demo, seat).recipient, " / ".join(words), code
    )


def _identity(demo: Demo, seat: cast.Seat) -> Identity:
    """The key that they have already, or a new one."""
    kept = next((each for each in demo.identities if each.email == seat.email), None)
    if kept is None:
        kept = new_identity(name=seat.person, email=seat.email)
        demo.identities.append(kept)
    return kept
