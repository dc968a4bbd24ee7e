"""What is counted, in which unit, by which rule. Counts of what the state did are exact."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.actors import Actor
from arasha.appeals import figures as appeals
from arasha.cases import figures as cases
from arasha.engines.figures import Unit

ByYear = Callable[..., Mapping[int, int]]

UNITS = {"appeal": _("appeals"), "case": _("cases"), "person": _("persons"), "fact": _("facts")}


@dataclass(frozen=True, slots=True)
class Indicator:
    """`by_year` and `total` count the same records on two ways: they must agree at release."""

    code: str
    unit: Unit
    name: str | Promise
    rule: str | Promise
    by_year: ByYear
    total: Callable[..., int]
    person_side: bool = False


def _decided(kind: str) -> tuple[ByYear, Callable[..., int]]:
    def by_year(*, viewer: Actor, until: dt.date) -> Mapping[int, int]:
        return cases.decisions_by_year(viewer=viewer, kind=kind, until=until)

    def total(*, viewer: Actor, until: dt.date) -> int:
        return cases.decisions(viewer=viewer, kind=kind, until=until)

    return by_year, total


def _persons(kind: str) -> tuple[ByYear, Callable[..., int]]:
    def by_year(*, viewer: Actor, until: dt.date) -> Mapping[int, int]:
        return cases.persons_by_year(viewer=viewer, kind=kind, until=until)

    def total(*, viewer: Actor, until: dt.date) -> int:
        return cases.persons(viewer=viewer, kind=kind, until=until)

    return by_year, total


INDICATORS = (
    Indicator(
        "appeals_received",
        "appeal",
        _("Appeals received"),
        _("Sealed appeals by the year in which they were received, whatever they are about."),
        appeals.received_by_year,
        appeals.received,
        person_side=True,
    ),
    Indicator(
        "cases_registered",
        "case",
        _("Cases registered"),
        _("Cases by the year in which a prosecutor's office registered them."),
        *_decided("registered"),
    ),
    Indicator(
        "cases_sent_to_court",
        "case",
        _("Cases sent to court"),
        _("Cases by the year of the decision to send them to court."),
        *_decided("sent_to_court"),
    ),
    Indicator(
        "persons_sent_to_court",
        "person",
        _("Persons sent to court"),
        _("Persons in cases sent to court, by the year of that decision."),
        *_persons("sent_to_court"),
    ),
    Indicator(
        "persons_convicted",
        "person",
        _("Persons convicted"),
        _(
            "Persons in convictions, by the year of the judgment. Not the same persons as those sent to court that year."
        ),
        *_persons("convicted"),
    ),
)

BY_CODE = {indicator.code: indicator for indicator in INDICATORS}
