"""Classification: a signed act that says what a case is in law, and which body investigates."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from arasha.actors import USER, Actor
from arasha.cases import law
from arasha.cases.conflicts import conflicts_of
from arasha.cases.errors import (
    BodyInConflictError,
    CriteriaMissingError,
    FactorNotFreshError,
    NotTheProsecutorError,
    ReclassificationReasonError,
    SameClassificationError,
)
from arasha.cases.models import Case, Classification, Conflict
from arasha.cases.services.clocks import run_as
from arasha.cases.versions import locked, refuse_erased
from arasha.country import local_day
from arasha.journal import services as journal
from arasha.people.factors import FRESH
from arasha.people.models import Institution
from arasha.people.roles import PROSECUTOR
from arasha.people.selectors import posts_of
from arasha.problems import ChangedMeanwhileProblem

TORTURE = "torture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the prosecutor found. `part`: today's numbering; None: the basic offence."""

    conduct: str
    part: int | None
    capacity: str
    criteria: Sequence[str]
    body_kind: str
    body: Institution | None = None
    reason: str = ""
    reason_words: str = ""
    conflict_answer: str = ""
    conflict_words: str = ""


@transaction.atomic
def classify(
    *,
    case: Case,
    finding: Finding,
    factor_at: dt.datetime | None,
    base_version: int,
    by: Actor,
    at: dt.datetime,
) -> Classification:
    """Sign what a case is in law; each later one stands beside the earlier. Sent twice, it is signed once.

    `factor_at`: when the signer last showed a second factor. Raises ErasedError, NotTheProsecutorError,
    FactorNotFreshError, ChangedMeanwhileProblem, CriteriaMissingError, SameClassificationError,
    ReclassificationReasonError, BodyInConflictError.
    """
    held = locked(case)
    last = held.classifications.order_by("number").last()
    _require_prosecutor(held, by=by, at=at)
    if factor_at is None or at - factor_at > FRESH:
        raise FactorNotFreshError
    if held.version != base_version:
        return _signed_before(last, finding, base_version=base_version)
    _refuse_unreasoned(finding, last)
    asked = law.question_on(
        allegation=law.founding(held),
        day=local_day(at),
        facts=law.Facts(finding.conduct, finding.part, finding.capacity),
    )
    answered = law.ask(asked)
    conflicts = _conflicts(held, finding, answered, by=by, at=at)
    if conflicts and not (finding.conflict_answer and finding.conflict_words.strip()):
        raise BodyInConflictError(conflicts=conflicts)
    signed = _store(held, finding, last, asked, answered, conflicts, by=by, at=at)
    held.conduct, held.provision = signed.conduct, signed.provision
    held.provision_from_day = signed.provision_from_day
    held.version += 1
    held.save(update_fields=["conduct", "provision", "provision_from_day", "version"])
    run_as(case=held, allegation=law.founding(held), by=by, at=at)
    return signed


@transaction.atomic
def note_conflict(
    *, case: Case, conflicts: Sequence[str], body_kind: str, by: Actor, at: dt.datetime
) -> None:
    """Log that somebody was warned of a conflict, whatever they did then. Raises ErasedError."""
    refuse_erased(case.pk)
    for conflict in conflicts:
        journal.record(
            act="case.conflict_warned",
            subject_kind="case",
            subject_key=case.key,
            by=by,
            at=at,
            reason_code=f"{conflict} {body_kind}",
        )


def counted_as(*, signed: Classification) -> str:
    """What figures count of a classification, as its journal entry commits to it."""
    since = signed.provision_from_day
    return f"{signed.conduct} {signed.provision or '-'} {since.isoformat() if since else '-'}"


def _require_prosecutor(case: Case, *, by: Actor, at: dt.datetime) -> None:
    """A clerk may write in the case; only a prosecutor of its office signs."""
    if by.kind != USER:
        return
    posts = posts_of(viewer=by, user_key=by.key, day=local_day(at))
    if not any(p.role == PROSECUTOR and p.institution_id == case.holder_id for p in posts):
        raise NotTheProsecutorError


def _signed_before(
    last: Classification | None, finding: Finding, *, base_version: int
) -> Classification:
    """The same act upon the same version: a double click. Anything else is another editor's."""
    if last is None or last.base_version != base_version or not _says(last, finding):
        raise ChangedMeanwhileProblem
    return last


def _refuse_unreasoned(finding: Finding, last: Classification | None) -> None:
    if finding.conduct == TORTURE and not finding.criteria:
        raise CriteriaMissingError
    if last is None:
        return
    if _says(last, finding):
        raise SameClassificationError
    if not finding.reason:
        raise ReclassificationReasonError


def _says(signed: Classification, finding: Finding) -> bool:
    return (
        (signed.conduct, signed.part, signed.capacity)
        == (finding.conduct, finding.part, finding.capacity)
        and set(signed.criteria) == set(finding.criteria)
        and signed.body_kind == finding.body_kind
        and signed.body_id == (finding.body.pk if finding.body else None)
    )


def _conflicts(
    case: Case, finding: Finding, answered: law.Answer, *, by: Actor, at: dt.datetime
) -> tuple[Conflict, ...]:
    return conflicts_of(
        viewer=by,
        case=case,
        body_kind=finding.body_kind,
        body=finding.body,
        competent=answered["answers"][1]["value"],
        day=local_day(at),
    )


def _store(
    case: Case,
    finding: Finding,
    last: Classification | None,
    asked: law.Answer,
    answered: law.Answer,
    conflicts: Sequence[Conflict],
    *,
    by: Actor,
    at: dt.datetime,
) -> Classification:
    provision, since = law.provision_of(answered)
    signed = Classification.objects.create(
        case=case,
        number=last.number + 1 if last else 1,
        conduct=finding.conduct,
        part=finding.part,
        capacity=finding.capacity,
        criteria=sorted(finding.criteria),
        provision=provision,
        provision_from_day=since,
        body_kind=finding.body_kind,
        body=finding.body,
        conflicts=list(conflicts),
        conflict_answer=finding.conflict_answer if conflicts else "",
        conflict_words=finding.conflict_words.strip() if conflicts else "",
        reason=finding.reason if last else "",
        reason_words=finding.reason_words.strip() if last else "",
        law_question=asked,
        law_answer=answered,
        pack_hash=answered["pack_hash"],
        signed_at=at,
        signed_by_key=uuid.UUID(by.key) if by.kind == USER else None,
        base_version=case.version,
    )
    journal.record(
        act="case.reclassified" if last else "case.classified",
        subject_kind="case",
        subject_key=case.key,
        by=by,
        at=at,
        reason_code=counted_as(signed=signed),
    )
    return signed
