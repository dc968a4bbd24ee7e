"""Codes with which a victim, or whoever acts for them, sees how the case stands, without an account."""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.db import transaction

from arasha.actors import Actor
from arasha.cases import plain_states
from arasha.cases.errors.keeping import (
    CodeRevokedError,
    CodeStandsError,
    NoAuthorityError,
    NotTheVictimsError,
)
from arasha.cases.models import Case, Person, ViewCode
from arasha.cases.plain_states import hash_of
from arasha.cases.versions import locked
from arasha.country import country
from arasha.engines.notes import filing_code
from arasha.journal import services as journal


@dataclass(frozen=True, slots=True)
class MadeCode:
    """`digits` are told once and kept nowhere: only their hash is."""

    row: ViewCode
    digits: str


@transaction.atomic
def make_code(
    *, person: Person, authority_seen: bool = False, by: Actor, at: dt.datetime
) -> MadeCode:
    """Make a code for a victim, or for somebody whose authority to act for one was seen.

    Raises ErasedError, NotTheVictimsError, NoAuthorityError, CodeStandsError.
    """
    case = locked(person.case)
    _refuse_strangers(person, authority_seen=authority_seen)
    if person.view_codes.filter(revoked_at=None).exists():
        raise CodeStandsError
    return _made(case, person, by=by, at=at)


@transaction.atomic
def replace_code(*, code: ViewCode, by: Actor, at: dt.datetime) -> MadeCode:
    """For a lost slip: the old code stops, a new one is told. Raises ErasedError and CodeRevokedError."""
    revoked = revoke_code(code=code, by=by, at=at)
    case = Case.objects.get(pk=revoked.case_id)
    return _made(case, revoked.person, by=by, at=at)


@transaction.atomic
def revoke_code(*, code: ViewCode, by: Actor, at: dt.datetime) -> ViewCode:
    """From now on the code shows what an unknown one shows. Raises ErasedError and CodeRevokedError."""
    locked(code.case)
    held = ViewCode.objects.select_for_update(of=("self",)).get(pk=code.pk)
    if held.revoked_at:
        raise CodeRevokedError
    held.revoked_at = at
    held.save(update_fields=["revoked_at"])
    plain_states.forget([bytes(held.code_hash)])
    _record("case.code_revoked", held, by=by, at=at)
    return held


def _refuse_strangers(person: Person, *, authority_seen: bool) -> None:
    roles = country().vocabularies["person_roles"]
    if person.role in roles.meaning("victim"):
        return
    if person.role not in roles.meaning("represents"):
        raise NotTheVictimsError
    if not authority_seen:
        raise NoAuthorityError


def _made(case: Case, person: Person, *, by: Actor, at: dt.datetime) -> MadeCode:
    # A filing code of no leaf: the same digits and check digits that people know from a slip.
    digits = filing_code(secrets.token_bytes(32))
    row = ViewCode.objects.create(case=case, person=person, code_hash=hash_of(digits), made_at=at)
    plain_states.refresh(case, at)
    _record("case.code_made", row, by=by, at=at)
    return MadeCode(row, digits)


def _record(act: str, code: ViewCode, *, by: Actor, at: dt.datetime) -> None:
    journal.record(act=act, subject_kind="case", subject_key=code.case_id, by=by, at=at)
