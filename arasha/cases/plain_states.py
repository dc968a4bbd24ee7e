"""What a victim or a lawyer is shown with a code: kept apart from the case, without number, name, place."""

import datetime as dt
from collections.abc import Iterable
from hashlib import sha256

from django.db.models import Exists, OuterRef, Q, QuerySet

from arasha.cases.models import Case, Decision, PlainState, ViewCode
from arasha.country import country, local_day

_DOMAIN = b"arasha view code v1\n"
SHOWN = ("stage", "since_day", "next_due_at", "next_due_rule", "told", "as_of_at")


def hash_of(digits: str) -> bytes:
    """What is kept of a code: of its 73 bits nobody finds one by trying."""
    return sha256(_DOMAIN + digits.encode()).digest()


def refresh(case: Case, at: dt.datetime) -> None:
    """Say anew what each live code of a case shows: in the transaction of every act that moves it.

    `case` as it stands after the act, its next clock included.
    """
    codes = ViewCode.objects.filter(case=case, revoked_at=None).values_list("code_hash", flat=True)
    rows = [_state(bytes(code_hash), case, at) for code_hash in codes]
    PlainState.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code_hash"], update_fields=SHOWN
    )


def stale() -> QuerySet[Case]:
    """Cases of which a code shows another stage or clock than they have."""
    same_clock = Q(next_due_at=OuterRef("case__next_due_at")) | Q(next_due_rule="")
    fresh = PlainState.objects.filter(
        same_clock,
        code_hash=OuterRef("code_hash"),
        stage=OuterRef("case__stage"),
        next_due_rule=OuterRef("case__next_due_rule"),
    )
    codes = ViewCode.objects.filter(~Exists(fresh), revoked_at=None)
    return Case.objects.filter(pk__in=codes.values("case"))


def forget(hashes: Iterable[bytes]) -> None:
    """From now on these codes show nothing."""
    PlainState.objects.filter(code_hash__in=list(hashes)).delete()


def _state(code_hash: bytes, case: Case, at: dt.datetime) -> PlainState:
    decisions = list(case.decisions.order_by("base_version"))
    return PlainState(
        code_hash=code_hash,
        stage=case.stage,
        since_day=_since(case, decisions),
        next_due_at=case.next_due_at,
        next_due_rule=case.next_due_rule,
        told=[[each.kind, each.day.isoformat()] for each in decisions if _is_told(each)],
        as_of_at=at,
    )


def _since(case: Case, decisions: list[Decision]) -> dt.date:
    """The day of the decision that led to where the case stands; else of its registration."""
    kinds = country().procedure.kinds
    days = [each.day for each in decisions if kinds[each.kind].leads_to == case.stage]
    return days[-1] if days else local_day(case.registered_at)


def _is_told(decision: Decision) -> bool:
    return country().procedure.kinds[decision.kind].tells_victim
