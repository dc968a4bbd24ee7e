"""Reports that come to a prosecutor's own door, as tests take them in."""

import datetime as dt
import uuid
from typing import Any

from arasha.cases import services
from arasha.cases.models import Allegation, AllegationOutcome, Case
from arasha.cases.receiving import CITIZEN
from arasha.cases.services import Outcome, Report, Teller
from arasha.country import local_day
from arasha.people.models import Institution, User
from tests.walk import DAY, REGISTERED_AT, WORDS, actor

RECEIVED_AT = REGISTERED_AT - 3 * DAY
TELLER = Teller(name="Айгүл Серікова", contact="+7 700 000 00 00")


def report(**changes: Any) -> Report:
    said: dict[str, Any] = {
        "source": CITIZEN,
        "account": WORDS,
        "conduct": "torture",
        "capacity": "official",
        "criteria": ["coercion"],
        "consent": "named",
        "received_at": RECEIVED_AT,
        "teller": TELLER,
        "warned_day": local_day(RECEIVED_AT),
    }
    return Report(**(said | changes))


def take(
    office: Institution,
    by: User,
    *,
    key: uuid.UUID | None = None,
    at: dt.datetime = RECEIVED_AT,
    **changes: Any,
) -> Allegation:
    return services.take_report(
        key=key or uuid.uuid4(), report=report(**changes), office=office, by=actor(by), at=at
    )


def register(
    allegation: Allegation, by: User, *, number: str = "26-0700", at: dt.datetime = RECEIVED_AT
) -> Case:
    assert allegation.receiver is not None
    return services.register(
        allegation=allegation,
        holder=allegation.receiver,
        number_register="erdr",
        number=number,
        number_day=local_day(at),
        by=actor(by),
        at=at,
    )


def pass_on(
    allegation: Allegation,
    by: User,
    *,
    seen: int = 0,
    at: dt.datetime = RECEIVED_AT,
    **changes: Any,
) -> AllegationOutcome:
    assert allegation.receiver is not None
    said: dict[str, Any] = {
        "reason": "insufficient_data",
        "body_name": "Audit office",
        "day": local_day(at),
    }
    return services.pass_on(
        allegation=allegation,
        outcome=Outcome(kind="passed_on", **(said | changes)),
        seen=seen,
        office=allegation.receiver,
        by=actor(by),
        at=at,
    )


def join(
    allegation: Allegation,
    into: Case | None,
    by: User,
    *,
    seen: int = 0,
    at: dt.datetime = REGISTERED_AT,
    **changes: Any,
) -> AllegationOutcome:
    assert allegation.receiver is not None
    said: dict[str, Any] = {"reason": "same_event", "day": local_day(at)}
    return services.join(
        allegation=allegation,
        outcome=Outcome(kind="joined", case=into, **(said | changes)),
        seen=seen,
        office=allegation.receiver,
        by=actor(by),
        at=at,
    )
