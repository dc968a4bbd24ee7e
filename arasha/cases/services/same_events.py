"""The same event, told twice: suggested by names, place and days; linked, or not, by a person."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import F

from arasha.actors import Actor
from arasha.cases.errors.people import NoWordsError, SettledBeforeError
from arasha.cases.models import Case, SameEvent
from arasha.cases.tellings import LINKED, NOT_THE_SAME, SUGGESTED, told_like
from arasha.cases.versions import locked, refuse_erased
from arasha.journal import services as journal
from arasha.problems import ChangedMeanwhileProblem


@transaction.atomic
def compare(*, case: Case, by: Actor, at: dt.datetime) -> int:
    """Suggest which other cases may tell of the same event. Again is harmless. Returns how many are new.

    What a person answered stays, and a suggestion for which nothing speaks any more goes. Raises ErasedError.
    """
    held = locked(case)
    found = {match.other: match for match in told_like(held, viewer=by)}
    known = set(SameEvent.objects.filter(case=held).values_list("other_id", flat=True))
    _take_back(held, still=set(found))
    fresh = [match for key, match in found.items() if key not in known]
    for match in fresh:
        for one, other, reasons in (
            (held.pk, match.other, match.reasons),
            (match.other, held.pk, [_turned(each) for each in match.reasons]),
        ):
            SameEvent.objects.create(
                case_id=one,
                other_id=other,
                state=SUGGESTED,
                score=match.score,
                reasons=reasons,
                found_at=at,
            )
            journal.record(
                act="case.same_event_suggested", subject_kind="case", subject_key=one, by=by, at=at
            )
    Case.objects.filter(pk=held.pk).update(compared_version=F("version"))
    return len(fresh)


@transaction.atomic
def settle(
    *,
    pair: SameEvent,
    answer: str,
    words: str,
    base_version: int,
    by: Actor,
    at: dt.datetime,
) -> SameEvent:
    """Say that two cases tell of one event, or that they do not, and why not. Nothing is merged.

    Sent twice, it is entered once. Raises ErasedError, SettledBeforeError,
    ChangedMeanwhileProblem, NoWordsError.
    """
    refuse_erased(pair.case_id, pair.other_id)
    both = SameEvent.objects.select_for_update(of=("self",)).filter(
        case_id__in=(pair.case_id, pair.other_id), other_id__in=(pair.case_id, pair.other_id)
    )
    held = next(each for each in both if each.pk == pair.pk)
    if held.state == answer and held.words == words:
        return held
    if held.state != SUGGESTED:
        raise SettledBeforeError
    # Not held: whoever may only read both cases answers too, and changes neither.
    if not Case.objects.filter(pk=pair.case_id, version=base_version).exists():
        raise ChangedMeanwhileProblem
    if answer == NOT_THE_SAME and not words.strip():
        raise NoWordsError
    both.update(state=answer, words=words, settled_at=at, settled_by_key=by.key)
    act = "case.same_event_linked" if answer == LINKED else "case.same_event_refused"
    for key in (pair.case_id, pair.other_id):
        journal.record(act=act, subject_kind="case", subject_key=key, by=by, at=at)
    held.refresh_from_db()
    return held


def _take_back(case: Case, *, still: set[uuid.UUID]) -> None:
    for mine, theirs in (("case", "other"), ("other", "case")):
        SameEvent.objects.filter(**{mine: case}, state=SUGGESTED).exclude(
            **{f"{theirs}__in": still}
        ).delete()


def _turned(reason: dict[str, str]) -> dict[str, str]:
    """A reason as the other case tells it: its own person first."""
    if "here" not in reason:
        return reason
    return {**reason, "here": reason["there"], "there": reason["here"]}
