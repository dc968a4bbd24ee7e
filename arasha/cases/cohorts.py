"""Cohorts: the cases that were registered in a period, and how each of them stands on a day.

Every case is in one cohort (by the day of its first registration) and has one ending: that of its last decision
that says how it counts (the country's procedure). Who was revived, joined or returned stands by the last of them.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat, Substr

from arasha.access.selectors import visible
from arasha.actors import Actor
from arasha.cases.models import Classification, Decision, Ruling
from arasha.country import country, midnight
from arasha.packs.procedure import Ending
from arasha.people.models import Institution

BEGINS = "registered"  # the decision (pack: decisions) by whose first day a case is in its cohort
TORTURE = "torture"
ENDINGS: tuple[Ending, ...] = get_args(Ending)
DAY = dt.timedelta(days=1)
_TEXT: CharField[str, str] = CharField()


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """What a case is in law: torture or ill-treatment, the provision, and its wording's first day.

    All empty: nobody has classified it yet. `provision` empty: it depends on a day that is not known, or
    no wording covered the act. Written as the journal writes it (`str`), so that an auditor can recount it.
    """

    conduct: str = ""
    provision: str = ""
    from_day: str = ""

    def __str__(self) -> str:
        return " ".join(each or "-" for each in (self.conduct, self.provision, self.from_day))


NOT_CLASSIFIED = Group()
# Month ("2024-03") → how many.
ByMonth = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """So many cases registered in a month (`2024-03`), of one kind in law, with one ending."""

    month: str
    group: Group
    ending: Ending
    cases: int


def standings(
    *, viewer: Actor, until: dt.date, offices: Collection[Institution] | None = None
) -> list[Standing]:
    """How every case registered up to a day stands on that day; `offices`: only in their hands."""
    kinds = {kind.code: kind.ends for kind in country().procedure.kinds.values() if kind.ends}
    last = Decision.objects.filter(case=OuterRef("case_id"), kind__in=kinds, day__lte=until)
    rows = (
        registered_first(viewer=viewer, until=until, offices=offices)
        .annotate(
            last=Subquery(last.order_by("-base_version").values("kind")[:1]),
            said=Subquery(classified(until)),
        )
        .values_list("month", "last", "said")
        .annotate(n=Count("pk"))
        .order_by()
    )
    found = Counter[tuple[str, Group, Ending]]()
    for month, kind, said, number in rows:
        found[month, group_of(said), kinds.get(kind) or "pending"] += number
    return [Standing(*of, cases=number) for of, number in sorted(found.items())]


def registered(*, viewer: Actor, until: dt.date) -> int:
    """All cases registered up to a day, counted at once: what the cohorts must add up to."""
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    made = Decision.objects.filter(may, kind=BEGINS, day__lte=until)
    return made.aggregate(n=Count("case_id", distinct=True))["n"] or 0


def ever_in_court(*, viewer: Actor, until: dt.date) -> ByMonth:
    """Cases that were sent to court once or more, whatever became of them, by the month of their cohort."""
    enters = [kind.code for kind in country().procedure.kinds.values() if kind.court == "enters"]
    sent = Decision.objects.filter(kind__in=enters, day__lte=until)
    return _by_month(
        registered_first(viewer=viewer, until=until).filter(case_id__in=sent.values("case_id"))
    )


def opened_as_torture(*, viewer: Actor, until: dt.date) -> tuple[ByMonth, ByMonth]:
    """Cases first classified as torture, and those of them that are classified otherwise now."""
    signed = Classification.objects.filter(signed_at__lt=midnight(until + DAY))
    first = registered_first(viewer=viewer, until=until).filter(
        case_id__in=signed.filter(number=1, conduct=TORTURE).values("case_id")
    )
    now = signed.filter(case=OuterRef("case_id")).order_by("-number").values("conduct")[:1]
    # Nobody reclassified a case that has one row only: then there is nothing to look up.
    again = first.filter(case_id__in=signed.filter(number__gt=1).values("case_id"))
    return _by_month(first), _by_month(again.annotate(now=Subquery(now)).exclude(now=TORTURE))


def with_barred_relief(*, viewer: Actor, until: dt.date) -> ByMonth:
    """Cases in which a way out of punishment was granted that the rules of the day barred."""
    of_person = Ruling.objects.filter(decision=OuterRef("pk"), was_barred=True)
    barred = Decision.objects.filter(Q(was_barred=True) | Exists(of_person), day__lte=until)
    return _by_month(
        registered_first(viewer=viewer, until=until).filter(case_id__in=barred.values("case_id"))
    )


def registered_first(
    *, viewer: Actor, until: dt.date, offices: Collection[Institution] | None = None
) -> QuerySet[Decision]:
    """The first registration of every case, with its `month`."""
    may = visible(viewer=viewer, kind="case", compartment="summary", field="case_id")
    earlier = Decision.objects.filter(
        case=OuterRef("case_id"), kind=BEGINS, base_version__lt=OuterRef("base_version")
    )
    found = Decision.objects.filter(may, ~Exists(earlier), kind=BEGINS, day__lte=until)
    if offices is not None:
        found = found.filter(case__holder__in=offices)
    return found.annotate(month=Substr(Cast("day", _TEXT), 1, 7))


def classified(until: dt.date) -> QuerySet[Classification, tuple[Any]]:
    """What the last classification signed by a day says, in one column."""
    signed = Classification.objects.filter(
        case=OuterRef("case_id"), signed_at__lt=midnight(until + DAY)
    )
    since = Coalesce(Cast("provision_from_day", _TEXT), Value(""))
    said = Concat("conduct", Value(" "), "provision", Value(" "), since, output_field=_TEXT)
    return signed.order_by("-number").annotate(said=said).values_list("said")[:1]


def group_of(said: str | None) -> Group:
    return Group(*said.split(" ")) if said else NOT_CLASSIFIED


def _by_month(rows: QuerySet[Any]) -> ByMonth:
    return dict(rows.values_list("month").annotate(n=Count("pk")).order_by("month"))
