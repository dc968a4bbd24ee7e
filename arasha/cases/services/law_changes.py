"""After the country's rules changed: which cases would be answered differently now."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction

from arasha.actors import USER, Actor
from arasha.cases.errors import AlreadySettledError, SettlingWordsError
from arasha.cases.models import Case, LawChange, LawReview
from arasha.cases.selectors.law import latest_answers
from arasha.cases.versions import locked, raise_version
from arasha.country import country
from arasha.journal import services as journal
from arasha.packs.comparing import Difference, differences
from arasha.problems import ChangedMeanwhileProblem

AT_ONCE = 500  # cases with a tick: half a second of the engine


@transaction.atomic
def review_answers(*, by: Actor, at: dt.datetime) -> int:
    """Compare the next stored answers with the rules in force; returns how many would change.

    Each pack is gone through once, from the first case to the last; a pack that never changed costs one
    query. What was found for an earlier pack stays, settled or not.
    """
    review, _made = LawReview.objects.select_for_update(of=("self",)).get_or_create(
        pack_hash=country().hash, defaults={"begun_at": at}
    )
    if review.done_at is not None:
        return 0
    after = review.looked_at_until or uuid.UUID(int=0)
    cases = list(Case.objects.filter(key__gt=after, erased_at=None).order_by("key")[:AT_ONCE])
    found = [change for change in _changes(cases, by=by, at=at) if _is_new(change)]
    for change in found:
        change.save(force_insert=True)
        journal.record(
            act="case.law_changed", subject_kind="case", subject_key=change.case_id, by=by, at=at
        )
    review.looked_at_until = cases[-1].key if cases else review.looked_at_until
    review.done_at = None if len(cases) == AT_ONCE else at
    review.save(update_fields=["looked_at_until", "done_at"])
    return len(found)


@transaction.atomic
def settle_change(
    *, change: LawChange, words: str, base_version: int, by: Actor, at: dt.datetime
) -> LawChange:
    """Say what follows from the change for this case.

    Raises ErasedError, ChangedMeanwhileProblem, AlreadySettledError, SettlingWordsError.
    """
    case = locked(change.case)
    held = LawChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if held.settled_at is not None:
        raise AlreadySettledError
    if case.version != base_version:
        raise ChangedMeanwhileProblem
    if not words.strip():
        raise SettlingWordsError
    held.settled_at, held.words = at, words.strip()
    held.settled_by_key = uuid.UUID(by.key) if by.kind == USER else None
    held.save(update_fields=["settled_at", "words", "settled_by_key"])
    raise_version(case)
    journal.record(
        act="case.law_change_settled", subject_kind="case", subject_key=held.case_id, by=by, at=at
    )
    return held


def _changes(cases: Sequence[Case], *, by: Actor, at: dt.datetime) -> Iterator[LawChange]:
    """The last decision and the classification in force of each case, asked again."""
    now = country().hash
    for stored in latest_answers(viewer=by, cases=cases):
        if stored.pack_hash == now:
            continue
        if found := differences(country(), stored.question, stored.answer):
            yield LawChange(
                case_id=stored.case_key,
                of_kind=stored.kind,
                of_key=stored.key,
                old_pack_hash=stored.pack_hash,
                new_pack_hash=now,
                differences=[_kept(each, stored.question) for each in found],
                found_at=at,
            )


def _kept(difference: Difference, question: dict[str, Any]) -> dict[str, Any]:
    """A difference with what had been asked, so that it can be told when neither is at hand."""
    asked = question.get("ask") or []
    what = asked[difference.index] if difference.index < len(asked) else {}
    return {**dataclasses.asdict(difference), "asked": what}


def _is_new(change: LawChange) -> bool:
    same = LawChange.objects.filter(of_key=change.of_key, new_pack_hash=change.new_pack_hash)
    return not same.exists()
