"""A case from a paper file, entered by a clerk: one line of a register, on a page of its own."""

import datetime as dt
import uuid

from django.db import transaction

from arasha.actors import JOB, Actor
from arasha.cases.errors import NotYourOfficeError
from arasha.cases.importing.lines import Line
from arasha.cases.importing.rows import Answers, rows_of
from arasha.cases.models import Allegation, Case
from arasha.cases.selectors.imports import offices_entering
from arasha.cases.services.entering import enter
from arasha.people.models import Institution
from arasha.references import Reference


@transaction.atomic
def enter_from_paper(
    *, line: Line, institution: Institution, sheet: uuid.UUID, by: Actor, at: dt.datetime
) -> Case:
    """Enter what a clerk has read. `sheet` names the filled page: sent twice, it is entered once.

    What it is in law nobody has signed, and nobody proposes more than the allegation does. Raises
    NotYourOfficeError, NumbersTakenMeanwhileError.
    """
    if not offices_entering(viewer=by, at=at).filter(pk=institution.pk).exists():
        raise NotYourOfficeError
    before = Allegation.objects.filter(source_kind=JOB, source_key=sheet).select_related("case")
    if (sent := before.first()) and sent.case:
        return sent.case
    rows = rows_of(
        line,
        holder=institution,
        source=Reference(JOB, sheet),  # paper: no record stands behind it
        answers=Answers(),
        is_classified=False,
        at=at,
    )
    return enter(rows=[rows], act="case.entered", by=by, at=at)[0]
