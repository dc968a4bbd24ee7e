"""What an appeal of the demo set in motion elsewhere, and a duty line with its roster."""

import datetime as dt

from arasha.actors import WORLD, Actor
from arasha.appeals import services as appeals
from arasha.appeals.models import Appeal, State
from arasha.appeals.selectors import appeals as appeals_open_to
from arasha.appeals.services import duty
from arasha.country import country, local_day, midnight
from arasha.engines import sealing
from arasha.handoffs.appeals_to_cctv import services as holds
from arasha.handoffs.appeals_to_support import services as support
from arasha.handoffs.appeals_to_visits import services as visits
from arasha.worlds import cast
from arasha.worlds.sealing import sealed_filing
from arasha.worlds.stage import Demo

LINE = "duty-line"
DAYS = 8
OFFICE_TELEPHONE = "+7 0000 00-00-00"  # nobody's
UNFILLED = (6, 2)  # a night for which nobody was found yet: day and level
CRY = "Мені қазір ұрып жатыр. Көмек керек."


def play(demo: Demo, sets: dict[str, sealing.RecipientSet]) -> None:
    """Pass on what an officer has opened; where the country has a duty line, let somebody call it."""
    officer = demo.actor("officer", "ombudsperson")
    opened = appeals_open_to(viewer=officer, state=State.OPENED).first()
    if opened is not None:
        _pass_on(demo, opened, officer)
    if LINE in sets:
        _roster(demo)
        _call(demo, sets[LINE])


def _pass_on(demo: Demo, appeal: Appeal, officer: Actor) -> None:
    sender, place = demo.institutions["ombudsperson"], demo.places[cast.COMMANDED]
    visits.propose(
        appeal=appeal,
        sender=sender,
        receiver=demo.institutions["npm-samal"],
        place=place,
        reason=_first("visit_reasons"),
        wanted_by_day=local_day(demo.at) + dt.timedelta(days=5),
        by=officer,
        at=demo.at,
    )
    support.ask_for_support(
        appeal=appeal,
        sender=sender,
        receiver=demo.institutions["crisis-samal"],
        needs=[_first("support_needs")],
        agreed=support.Agreed(
            covers=sorted(country().vocabularies["consent_covers"].meaning("finds")),
            given_how=_first("consent_forms"),
            from_day=local_day(demo.at),
            asked_by_key=demo.people["serikova@demo.invalid"].pk,
            language=country().languages[0].code,
        ),
        call_back=OFFICE_TELEPHONE,
        by=officer,
        at=demo.at,
    )
    day_before = midnight(local_day(demo.at)) - dt.timedelta(days=1)
    holds.ask_to_hold(
        appeal=appeal,
        sender=sender,
        place=place,
        zone=_first("footage_zones"),
        hours=(day_before, day_before + dt.timedelta(hours=24)),
        retention=None,
        by=officer,
        at=demo.at,
    )


def _roster(demo: Demo) -> None:
    """Two levels for a week, with one hole."""
    seats = [s for s in cast.SEATS if (s.institution, s.role) == (LINE, "officer")]
    first = midnight(local_day(demo.at))
    for number in range(DAYS):
        begins = first + dt.timedelta(days=number)
        for level, seat in enumerate(seats, start=1):
            if (number, level) == UNFILLED:
                continue
            duty.plan_shift(
                institution=demo.institutions[LINE],
                user=demo.people[seat.email],
                level=level,
                hours=(begins, begins + dt.timedelta(days=1)),
                by=WORLD,
                at=demo.at,
            )


def _call(demo: Demo, recipients: sealing.RecipientSet) -> None:
    place = demo.places[cast.COMMANDED]
    posted = sealed_filing(
        text=CRY,
        language=country().languages[0].code,
        place=place.code,
        written_on=local_day(demo.at),
        recipients=recipients,
    )
    appeals.file(posted=posted, place=place, by=demo.terminal, at=demo.at)


def _first(vocabulary: str) -> str:
    return next(iter(country().vocabularies[vocabulary].terms))
