"""Destroying what two people agreed to destroy: who and what in words goes, number, days and codes stay."""

import datetime as dt

from django.db import models, transaction

from arasha.actors import Actor
from arasha.cases import file_store, plain_states
from arasha.cases.errors.keeping import ListAnsweredError
from arasha.cases.holds import held
from arasha.cases.models import (
    Allegation,
    AllegationNumber,
    AllegationOutcome,
    Case,
    Classification,
    Complainant,
    Correction,
    Custody,
    Decision,
    Document,
    Event,
    Extension,
    Identity,
    LawChange,
    LegalHold,
    MedicalCustody,
    MedicalDocument,
    Note,
    Number,
    Proceeding,
    RetentionEntry,
    RetentionList,
    Ruling,
    SameEvent,
    Step,
    TermRequest,
    ViewCode,
)
from arasha.cases.terms_of_keeping import is_by_rule, over_since
from arasha.country import country, local_day
from arasha.journal import services as journal

AT_ONCE = 200  # of a list; the others with the next tick
HELD, REOPENED, LONGER = "held", "reopened", "longer"  # why the job itself takes a case out

# Rows that say nothing but who somebody is or what was written: they go whole.
GONE: tuple[type[models.Model], ...] = (
    *(
        ViewCode,
        Identity,
        Complainant,
        Note,
        Number,
        AllegationNumber,
        Custody,
        MedicalCustody,
        Document,
        MedicalDocument,
    ),
)
# Of the other tables the words go; days, counts and codes stay, and figures keep counting them.
WORDS: dict[type[models.Model], tuple[str, ...]] = {
    Allegation: ("account", "happened_words", "source_words"),
    AllegationOutcome: ("body_name", "reason_words"),
    Classification: ("conflict_answer", "conflict_words", "reason_words"),
    Correction: ("account", "happened_words", "reason"),
    Decision: ("reason", "body_name", "in_spite"),
    Event: ("where", "words"),
    Extension: ("reason",),
    LawChange: ("words",),
    LegalHold: ("words", "lifted_words"),
    Proceeding: ("body_name",),
    Ruling: ("in_spite",),
    SameEvent: ("words",),
    Step: ("words",),
    TermRequest: ("reason",),
}


def carry_out(*, listed: RetentionList, by: Actor, at: dt.datetime) -> int:
    """Destroy the next cases of a list that was agreed. Returns how many; again goes on where it stopped.

    For the job `retention`. Raises ListAnsweredError where nobody agreed.
    """
    if listed.agreed_at is None or listed.withdrawn_at or listed.carried_out_at:
        raise ListAnsweredError
    waiting = listed.entries.filter(taken_out="", case__erased_at=None).order_by("pk")
    done = sum(_destroy(entry, by=by, at=at) for entry in waiting[:AT_ONCE])
    if not waiting.exists():
        listed.carried_out_at = at
        listed.save(update_fields=["carried_out_at"])
    return done


@transaction.atomic
def _destroy(entry: RetentionEntry, *, by: Actor, at: dt.datetime) -> bool:
    """What came after both had agreed wins: a hold, a longer term, or that the case was taken up again."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=entry.case_id)
    if why := _why_kept(case, entry, today=local_day(at)):
        entry.taken_out = why
        entry.save(update_fields=["taken_out"])
        _record("case.destruction_declined", case, entry.reason, by=by, at=at)
        return False
    _destroy_rows(case)
    case.erased_at, case.version = at, case.version + 1
    case.save(update_fields=["erased_at", "version"])
    subjects = [("case", case.pk), *(("allegation", each.pk) for each in case.allegations.all())]
    for kind, key in subjects:
        journal.erase_salts(
            subject_kind=kind, subject_key=key, by=by, at=at, reason_code=entry.reason
        )
    _record("case.erased", case, entry.reason, by=by, at=at)
    return True


def _why_kept(case: Case, entry: RetentionEntry, *, today: dt.date) -> str:
    if held([case.pk]):
        return HELD
    if not country().procedure.stages[case.stage].is_final:
        return REOPENED
    is_kept = is_by_rule(entry.reason) and over_since(case, day=today) is None
    return LONGER if is_kept else ""


def _destroy_rows(case: Case) -> None:
    codes = ViewCode.objects.filter(case=case).values_list("code_hash", flat=True)
    plain_states.forget([bytes(each) for each in codes])
    hashes = {
        sha256
        for kept in (case.documents, case.medical_documents)
        for sha256 in kept.values_list("sha256", flat=True)
    }
    for gone in GONE:
        gone._default_manager.filter(case=case).delete()
    for table, fields in WORDS.items():
        table._default_manager.filter(case=case).update(**dict.fromkeys(fields, ""))
    SameEvent.objects.filter(other=case).update(words="")  # the same words stand on the other side
    # After the rows: if this is cut off the rows come back, and the next run goes on.
    file_store.destroy_unused(hashes)


def _record(act: str, case: Case, reason: str, *, by: Actor, at: dt.datetime) -> None:
    journal.record(
        act=act, subject_kind="case", subject_key=case.pk, by=by, at=at, reason_code=reason
    )
