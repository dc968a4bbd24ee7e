"""One row of every compartment of the policy, in its real table."""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model

from arasha.appeals.models import Appeal, Ciphertext, RecipientSet
from arasha.cases.models import Allegation, Case
from arasha.handoffs.appeals_to_cases.models import Referral
from tests.access.cast import NOW, institution


@dataclass(frozen=True)
class Row:
    """`field` is the column by which `visible` finds the record's key."""

    model: type[Model]
    field: str
    record_key: uuid.UUID


def appeal() -> Appeal:
    body, code = institution(), f"{secrets.randbelow(10**24):024d}"
    return Appeal.objects.create(
        leaf_hash=secrets.token_bytes(32),
        code=code,
        recipient_set=RecipientSet.objects.create(
            code=code,
            institution=body,
            version=1,
            note="",
            recipients=2,
            from_day=NOW.date(),
            until_day=NOW.date(),
            published_at=NOW,
        ),
        received_day=NOW.date(),
    )


def ciphertext() -> Ciphertext:
    return Ciphertext.objects.create(appeal=appeal(), envelope=b"sealed")


def case() -> Case:
    return Case.objects.create(
        number=f"KZ-2026-{secrets.token_hex(6)}".upper(), holder=institution(), registered_at=NOW
    )


def allegation(of_case: Case | None = None, *, key: uuid.UUID | None = None) -> Allegation:
    return Allegation.objects.create(
        key=key or uuid.uuid4(),
        case=of_case,
        source_kind="appeal",
        source_key=uuid.uuid4(),
        account="…",
        happened_from=NOW.date(),
        happened_to=NOW.date(),
        conduct="torture",
        capacity="official",
        criteria=[],
        consent="full",
        received_at=NOW,
    )


def referral() -> Referral:
    return Referral.objects.create(
        appeal_key=uuid.uuid4(),
        allegation_key=uuid.uuid4(),
        sender=institution(),
        receiver=institution(),
        happened_from=NOW.date(),
        happened_to=NOW.date(),
        conduct="torture",
        criteria=[],
        consent="full",
        made_at=NOW,
        answer_due_at=NOW,
    )


def _case_allegation() -> Row:
    made = case()
    allegation(made)
    return Row(Allegation, "case", made.key)


ROWS: dict[tuple[str, str], Callable[[], Row]] = {
    ("appeal", "summary"): lambda: Row(Appeal, "pk", appeal().key),
    ("appeal", "sealed"): lambda: Row(Ciphertext, "appeal", ciphertext().appeal_id),
    ("referral", "card"): lambda: Row(Referral, "pk", referral().key),
    ("allegation", "account"): lambda: Row(Allegation, "pk", allegation().key),
    ("case", "summary"): lambda: Row(Case, "pk", case().key),
    ("case", "allegation"): _case_allegation,
}
