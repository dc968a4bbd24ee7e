"""How long a case is kept, as the pack says it, and which cases that makes due."""

import datetime as dt
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from arasha.cases.models import Case, Decision, LegalHold, RetentionEntry
from arasha.country import country
from arasha.packs.model import Keep, Term

UNVERIFIED = "unverified"


def class_of(case: Case) -> Term | None:
    """The class that a person chose for a case, else the one of its stage."""
    classes = country().vocabularies["retention_classes"].terms
    if case.retention:
        return classes[case.retention]
    found = (each for each in classes.values() if each.keep and case.stage in each.keep.stages)
    return next(found, None)


def over_day(keep: Keep, ended: dt.date) -> dt.date | None:
    """The last day on which a case is kept that ended on `ended`; None where nobody knows."""
    return _years_after(ended, keep.years) if keep.years else None


def over_since(case: Case, *, day: dt.date) -> dt.date | None:
    """The last day of a case's own term, where that lies before `day`; None where it does not, or nobody knows."""
    term, found = class_of(case), ended(Case.objects.filter(pk=case.pk)).first()
    if found is None or found.ended_day is None or not (term and term.keep):
        return None
    over = over_day(term.keep, found.ended_day)
    return over if over and over < day else None


def is_by_rule(reason: str) -> bool:
    """Whether a case is destroyed because its time is over, and for no other reason."""
    return reason in country().vocabularies["erasure_reasons"].meaning("retention")


def ended(cases: QuerySet[Case]) -> QuerySet[Any]:
    """These cases with the day of their last decision, as `ended_day`."""
    last = Decision.objects.filter(case=OuterRef("pk")).order_by().values("case")
    return cases.annotate(ended_day=Subquery(last.annotate(day=Max("day")).values("day")))


def destroyable(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Of these, the cases that are over, not held, not destroyed and on no list that is under way."""
    final = [stage.code for stage in country().procedure.stages.values() if stage.is_final]
    listed = RetentionEntry.objects.filter(
        taken_out="", of_list__withdrawn_at=None, of_list__carried_out_at=None
    )
    return (
        cases.filter(stage__in=final, erased_at=None)
        .exclude(pk__in=LegalHold.objects.filter(lifted_at=None).values("case"))
        .exclude(pk__in=listed.values("case"))
    )


def due(cases: QuerySet[Case], *, day: dt.date) -> QuerySet[Any]:
    """Of these, those whose term is over by what the pack knows, the longest over first."""
    over = Q(pk__in=())
    for term in country().vocabularies["retention_classes"].terms.values():
        if term.keep and term.keep.years:
            of_class = Q(retention=term.code) | Q(retention="", stage__in=term.keep.stages)
            over |= of_class & Q(ended_day__lt=_years_after(day, -term.keep.years))
    return ended(destroyable(cases)).filter(over).order_by("ended_day", "key")


def _years_after(day: dt.date, years: int) -> dt.date:
    year = day.year + years
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return dt.date(year, 2, 28)
