"""One row of every compartment of the policy, in its real table."""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model

from arasha.appeals.models import Appeal, Ciphertext, SealedNote
from arasha.cases.models import (
    Allegation,
    Case,
    Document,
    Identity,
    Import,
    MedicalDocument,
    Note,
    Person,
    RetentionList,
)
from arasha.handoffs.appeals_to_appeals.models import Forward
from arasha.handoffs.appeals_to_cases.models import Referral
from arasha.handoffs.appeals_to_cctv.models import FootageHold
from arasha.handoffs.appeals_to_support.models import Consent, SupportReferral
from arasha.handoffs.appeals_to_visits.models import VisitProposal
from arasha.places.models import Place, Region
from arasha.trust.models import RecipientSet
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
            text="",
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


def _identity() -> Row:
    of_case = case()
    person = Person.objects.create(case=of_case, code="V1", role="victim", added_at=NOW)
    Identity.objects.create(case=of_case, person=person, name="Somebody")
    return Row(Identity, "case", of_case.key)


def _kept(model: type[Document] | type[MedicalDocument]) -> Row:
    of_case = case()
    model.objects.create(
        case=of_case, kind="other", title="…", sha256="0" * 64, size=1, added_at=NOW
    )
    return Row(model, "case", of_case.key)


def _case_note() -> Row:
    of_case = case()
    Note.objects.create(case=of_case, text="…", made_at=NOW, made_by_key=uuid.uuid4())
    return Row(Note, "case", of_case.key)


def _import() -> Row:
    made = Import.objects.create(
        institution=institution(), form="register", uploaded_at=NOW, uploaded_by_key=uuid.uuid4()
    )
    return Row(Import, "pk", made.key)


def _retention_list() -> Row:
    made = RetentionList.objects.create(
        institution=institution(), made_at=NOW, made_by_key=uuid.uuid4()
    )
    return Row(RetentionList, "pk", made.key)


def _note() -> Row:
    note = SealedNote.objects.create(
        appeal=appeal(), kind="note", sealed=b"sealed", on_day=NOW.date(), by_key=uuid.uuid4()
    )
    return Row(SealedNote, "appeal", note.appeal_id)


def crossing() -> dict[str, object]:
    """What every crossing has."""
    return {
        "appeal_key": uuid.uuid4(),
        "sender": institution(),
        "receiver": institution(),
        "made_at": NOW,
        "made_by_key": uuid.uuid4(),
    }


def place() -> Place:
    region, _made = Region.objects.get_or_create(code="samal", defaults={"name": {"en": "Samal"}})
    return Place.objects.create(
        code=uuid.uuid4().hex, name={"en": "Place"}, region=region, kind="police-custody"
    )


def forward() -> Forward:
    to = appeal().recipient_set
    return Forward.objects.create(**crossing(), recipient_set=to, is_named=True)


def visit_proposal() -> VisitProposal:
    return VisitProposal.objects.create(**crossing(), place=place(), reason="torture")


def support_referral() -> SupportReferral:
    made = SupportReferral.objects.create(**crossing(), needs=["doctor"])
    Consent.objects.create(
        referral=made,
        covers=["name"],
        given_how="written",
        from_day=NOW.date(),
        asked_by_key=uuid.uuid4(),
        language="kk",
    )
    return made


def footage_hold() -> FootageHold:
    return FootageHold.objects.create(
        **crossing(), place=place(), zone="yard", from_at=NOW, until_at=NOW
    )


ROWS: dict[tuple[str, str], Callable[[], Row]] = {
    ("appeal", "summary"): lambda: Row(Appeal, "pk", appeal().key),
    ("appeal", "sealed"): lambda: Row(Ciphertext, "appeal", ciphertext().appeal_id),
    ("appeal", "correspondence"): _note,
    ("forward", "card"): lambda: Row(Forward, "pk", forward().key),
    ("visit_proposal", "card"): lambda: Row(VisitProposal, "pk", visit_proposal().key),
    ("support_referral", "card"): lambda: Row(SupportReferral, "pk", support_referral().key),
    ("support_referral", "consent"): lambda: Row(Consent, "referral", support_referral().key),
    ("footage_hold", "card"): lambda: Row(FootageHold, "pk", footage_hold().key),
    ("referral", "card"): lambda: Row(Referral, "pk", referral().key),
    ("allegation", "account"): lambda: Row(Allegation, "pk", allegation().key),
    ("case", "summary"): lambda: Row(Case, "pk", case().key),
    ("case", "allegation"): _case_allegation,
    ("case", "identity"): _identity,
    ("case", "evidence"): lambda: _kept(Document),
    ("case", "medical"): lambda: _kept(MedicalDocument),
    ("case", "notes"): _case_note,
    ("case", "headship"): lambda: Row(Case, "pk", case().key),
    ("case_import", "rows"): _import,
    ("retention_list", "card"): _retention_list,
}
