"""Lists of what is to be destroyed: one person makes one, another agrees, the system's own job destroys."""

import datetime as dt
import uuid
from collections.abc import Collection
from functools import partial

from django.db import transaction

from arasha.access import services as access
from arasha.access.policy import INSTITUTION
from arasha.access.selectors import people_to_tell
from arasha.actors import Actor
from arasha.cases.errors.keeping import (
    EmptyListError,
    ListAnsweredError,
    ListedYourselfError,
    NoReasonError,
    NotOverError,
    NotTheLeaderError,
    NotVouchedError,
)
from arasha.cases.holds import refuse_held
from arasha.cases.models import Case, RetentionEntry, RetentionList
from arasha.cases.terms_of_keeping import (
    UNVERIFIED,
    class_of,
    destroyable,
    is_by_rule,
    over_since,
)
from arasha.cases.versions import locked, raise_version
from arasha.country import country, local_day
from arasha.journal import services as journal
from arasha.notices import services as notices
from arasha.people.models import Institution
from arasha.people.roles import SUPERVISOR
from arasha.people.selectors import posts_held
from arasha.problems import ChangedMeanwhileProblem

LIST, MADE = "retention_list", "retention_list.made"


@transaction.atomic
def set_retention(
    *, case: Case, retention: str, base_version: int, by: Actor, at: dt.datetime
) -> Case:
    """Choose the class by which a case is kept; empty: the one of its stage.

    Raises ErasedError and ChangedMeanwhileProblem.
    """
    held = locked(case)
    if held.retention == retention:
        return held
    if held.version != base_version:
        raise ChangedMeanwhileProblem
    held.retention = retention
    raise_version(held, "retention")
    _record("case.retention_set", held.pk, retention, by=by, at=at)
    return held


@transaction.atomic
def make_list(
    *,
    institution: Institution,
    cases: Collection[uuid.UUID],
    vouched: Collection[uuid.UUID],
    reason: str,
    by: Actor,
    at: dt.datetime,
) -> RetentionList:
    """Put cases of an office on a list. `vouched`: those whose unverified term somebody checked.

    Raises EmptyListError, HeldError, NotOverError, NotVouchedError.
    """
    key = uuid.uuid4()
    chosen = _locked(institution, cases)
    if not chosen:
        raise EmptyListError
    refuse_held(each.pk for each in chosen)
    entries = [_entry(key, each, reason, vouched, local_day(at)) for each in chosen]
    _open_to_offices(key, institution, by=by, at=at)
    made = RetentionList.objects.create(
        key=key, institution=institution, made_at=at, made_by_key=uuid.UUID(by.key)
    )
    RetentionEntry.objects.bulk_create(entries)
    for each in chosen:
        _record("case.destruction_proposed", each.pk, reason, by=by, at=at)
    _ring(made, by=by, at=at)
    return made


@transaction.atomic
def agree_to_list(*, listed: RetentionList, by: Actor, at: dt.datetime) -> RetentionList:
    """Agree, as another person than who made it, and as one who leads the office.

    Raises ListAnsweredError, ListedYourselfError, NotTheLeaderError, EmptyListError, HeldError,
    NotOverError.
    """
    held = _open(listed)
    if str(held.made_by_key) == by.key:
        raise ListedYourselfError
    leads = posts_held(viewer=by, at=at).filter(role=SUPERVISOR, institution=held.institution_id)
    if not leads.exists():
        raise NotTheLeaderError
    entries = list(held.entries.filter(taken_out=""))
    if not entries:
        raise EmptyListError
    _refuse_changed(held, entries, today=local_day(at))
    held.agreed_at, held.agreed_by_key = at, uuid.UUID(by.key)
    held.save(update_fields=["agreed_at", "agreed_by_key"])
    for each in entries:
        _record("case.destruction_agreed", each.case_id, each.reason, by=by, at=at)
    notices.handled(subject_kind=LIST, subject_key=held.key, by=by, at=at)
    return held


@transaction.atomic
def take_out(*, entry: RetentionEntry, words: str, by: Actor, at: dt.datetime) -> RetentionEntry:
    """Keep this case after all, and say why. The first words stay. Raises ListAnsweredError and NoReasonError."""
    _open(entry.of_list)
    if not words.strip():
        raise NoReasonError
    entry.refresh_from_db()
    if entry.taken_out:
        return entry
    entry.taken_out, entry.taken_out_by_key = words.strip(), uuid.UUID(by.key)
    entry.save(update_fields=["taken_out", "taken_out_by_key"])
    _record("case.destruction_declined", entry.case_id, entry.reason, by=by, at=at)
    return entry


@transaction.atomic
def withdraw_list(*, listed: RetentionList, by: Actor, at: dt.datetime) -> RetentionList:
    """Destroy nothing of it, also at the word of who made it. Raises ListAnsweredError."""
    held = _open(listed)
    held.withdrawn_at = at
    held.save(update_fields=["withdrawn_at"])
    for each in held.entries.filter(taken_out=""):
        _record("case.destruction_declined", each.case_id, each.reason, by=by, at=at)
    notices.handled(subject_kind=LIST, subject_key=held.key, by=by, at=at)
    return held


def _locked(institution: Institution, keys: Collection[uuid.UUID]) -> list[Case]:
    """Of an office the cases that are meant, as they stand, in the order in which they are locked."""
    found = Case.objects.select_for_update(of=("self",)).filter(holder=institution, pk__in=keys)
    return list(found.order_by("pk"))


def _entry(
    key: uuid.UUID, case: Case, reason: str, vouched: Collection[uuid.UUID], today: dt.date
) -> RetentionEntry:
    over = _over(case, reason, today)
    term = class_of(case)
    checked = term.keep.checked if term and term.keep and over else ""
    if checked == UNVERIFIED and case.pk not in vouched:
        raise NotVouchedError(number=case.number)
    return RetentionEntry(
        of_list_id=key,
        case=case,
        reason=reason,
        retention=term.code if term else "",
        over_day=over,
        checked=checked,
    )


def _over(case: Case, reason: str, today: dt.date) -> dt.date | None:
    """When the term of a case was over; None where it is destroyed for another reason."""
    if not destroyable(Case.objects.filter(pk=case.pk)).exists():
        raise NotOverError(number=case.number)
    if not is_by_rule(reason):
        return None
    over = over_since(case, day=today)
    if over is None:
        raise NotOverError(number=case.number)
    return over


def _open_to_offices(
    key: uuid.UUID, institution: Institution, *, by: Actor, at: dt.datetime
) -> None:
    """The office that makes it decides about it; the office above sees it."""
    give = partial(
        access.grant, subject_kind=LIST, subject_key=key, holder_kind=INSTITUTION, by=by, at=at
    )
    for basis, office in (("assigned", institution.key), ("supervises", institution.parent_id)):
        if office is not None:
            give(holder_key=office, basis=basis)


def _ring(made: RetentionList, *, by: Actor, at: dt.datetime) -> None:
    leaders = people_to_tell(
        viewer=by,
        kind=LIST,
        key=made.key,
        at=at,
        institution=made.institution,
        role=SUPERVISOR,
    )
    notices.notify(
        user_keys=leaders, kind=MADE, subject_kind=LIST, subject_key=made.key, by=by, at=at
    )


def _open(listed: RetentionList) -> RetentionList:
    held = RetentionList.objects.select_for_update(of=("self",)).get(pk=listed.pk)
    if held.agreed_at or held.withdrawn_at:
        raise ListAnsweredError
    return held


def _refuse_changed(
    held: RetentionList, entries: Collection[RetentionEntry], *, today: dt.date
) -> None:
    """What was held, opened again or is kept longer since the list was made."""
    refuse_held(each.case_id for each in entries)
    final = country().procedure.stages
    by_rule = {each.case_id for each in entries if is_by_rule(each.reason)}
    for case in _locked(held.institution, [each.case_id for each in entries]):
        is_kept = case.pk in by_rule and over_since(case, day=today) is None
        if case.erased_at or is_kept or not final[case.stage].is_final:
            raise NotOverError(number=case.number)


def _record(act: str, case_key: uuid.UUID, reason: str, *, by: Actor, at: dt.datetime) -> None:
    journal.record(
        act=act, subject_kind="case", subject_key=case_key, by=by, at=at, reason_code=reason
    )
