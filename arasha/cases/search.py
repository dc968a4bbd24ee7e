from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from arasha.actors import Actor
from arasha.cases import selectors
from arasha.cases.models import Identity
from arasha.cases.sources import source_name
from arasha.country import term
from arasha.journal import services as journal
from arasha.references import fold_number
from arasha.rows import SearchHit

MOST = 20


def search(*, viewer: Actor, text: str) -> list[SearchHit]:
    """Cases by our number or another body's, and by the name of somebody in them, in any spelling.

    Reports by their number in the office's book.
    """
    by_number = [*_by_number(viewer=viewer, text=text), *_by_book(viewer=viewer, text=text)]
    return [*by_number, *_by_name(viewer=viewer, text=text)]


def _by_number(*, viewer: Actor, text: str) -> list[SearchHit]:
    found = selectors.cases_with_number(viewer=viewer, text=text).prefetch_related("numbers")
    return [
        SearchHit(
            title=case.number,
            url=reverse("cases:case", args=[case.key]),
            kind=_("Case"),
            detail=", ".join(each.number for each in case.numbers.all()),
        )
        for case in found[:MOST]
    ]


def _by_book(*, viewer: Actor, text: str) -> list[SearchHit]:
    if not fold_number(text):
        return []
    found = selectors.allegations_received(viewer=viewer, text=text).prefetch_related("numbers")
    return [
        SearchHit(
            title=", ".join(each.number for each in allegation.numbers.all()),
            url=reverse("cases:report", args=[allegation.key]),
            kind=_("Report"),
            detail=source_name(allegation.source_kind),
        )
        for allegation in found[:MOST]
    ]


def _by_name(*, viewer: Actor, text: str) -> list[SearchHit]:
    """To be shown a name is to read the case: the journal says so."""
    found = selectors.find_by_name(viewer=viewer, text=text)[:MOST]
    cases = dict.fromkeys(identity.case_id for identity in found)
    journal.record_reads(
        viewer=viewer, subjects=[("case", key) for key in cases], at=timezone.now()
    )
    return [_hit(identity) for identity in found]


def _hit(identity: Identity) -> SearchHit:
    person = identity.person
    return SearchHit(
        title=f"{identity.case.number} · {person.code}, {identity.name}",
        url=reverse("cases:people", args=[identity.case_id]),
        kind=_("Person in a case"),
        detail=" · ".join(filter(None, [term("person_roles", person.role), identity.born_words])),
    )
