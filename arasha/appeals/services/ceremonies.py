"""Ceremonies of the office key: two people let sealed envelopes out, and the protocol comes back."""

import datetime as dt
import uuid
import zipfile
from collections.abc import Collection, Iterable
from hashlib import sha256
from io import BytesIO
from typing import IO

from django.db import IntegrityError, transaction

from arasha.actors import Actor
from arasha.appeals import selectors as reading
from arasha.appeals.errors.ceremonies import (
    AskedItYourselfError,
    ExportAnsweredError,
    ExportOverError,
    NotConfirmedError,
    NothingSealedError,
    ProtocolKnownError,
)
from arasha.appeals.models import Appeal, CeremonyAppeal, Export, Protocol
from arasha.appeals.recording import record_each
from arasha.appeals.selectors import ceremonies as selectors
from arasha.country import local_day
from arasha.engines.notes import canonical_json
from arasha.journal import services as journal
from arasha.notices import services as notices
from arasha.people.models import Institution
from arasha.problems import NotFoundProblem

EXPORT, EXPORT_ASKED = "export", "appeal.export_asked"
FOLDER = "export"  # what `arasha officekey open --export` is given
ROWS_AT_ONCE = 500


@transaction.atomic
def ask_export(
    *,
    institution: Institution,
    appeals: Collection[Appeal],
    reason_code: str,
    by: Actor,
    at: dt.datetime,
) -> Export:
    """Ask to carry the envelopes of these appeals to the ceremony; nothing leaves yet.

    Raises NothingSealedError, and NotFoundProblem for whoever is no officer of the body, or asks for
    what is not sealed to it or not open to them.
    """
    chosen = _refuse_strange(institution, appeals, by=by, at=at)
    made = Export.objects.create(
        institution=institution,
        reason_code=reason_code,
        count=len(chosen),
        asked_day=local_day(at),
        asked_by_key=uuid.UUID(by.key),
    )
    _name(made.key, chosen)
    record_each(EXPORT_ASKED, chosen, reason_code, by=by, at=at)
    notices.notify(
        user_keys=selectors.second_people(viewer=by, export=made, at=at),
        kind=EXPORT_ASKED,
        subject_kind=EXPORT,
        subject_key=made.key,
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def confirm_export(*, export: Export, by: Actor, at: dt.datetime) -> Export:
    """Agree, as another person than who asked. For one day the first may fetch the folder.

    Raises AskedItYourselfError, ExportAnsweredError, NotFoundProblem.
    """
    held = _held(export, by=by, at=at)
    if str(held.asked_by_key) == by.key:
        raise AskedItYourselfError
    _refuse_answered(held)
    held.confirmed_at, held.confirmed_by_key = at, uuid.UUID(by.key)
    held.save(update_fields=["confirmed_at", "confirmed_by_key"])
    _answered("appeal.export_confirmed", held, by=by, at=at)
    return held


@transaction.atomic
def decline_export(*, export: Export, by: Actor, at: dt.datetime) -> Export:
    """Turn it down, also at the word of who asked. Raises ExportAnsweredError, NotFoundProblem."""
    held = _held(export, by=by, at=at)
    _refuse_answered(held)
    held.declined_day = local_day(at)
    held.save(update_fields=["declined_day"])
    _answered("appeal.export_declined", held, by=by, at=at)
    return held


@transaction.atomic
def fetch_export(*, export: Export, by: Actor, at: dt.datetime) -> BytesIO:
    """Hand who asked a ZIP of what was sealed, byte for byte, and note it for each appeal.

    What was destroyed meanwhile is not in it. Raises NotConfirmedError, ExportOverError, and
    NotFoundProblem for everybody else, and once one of the appeals is closed to who asked.
    """
    held = _held(export, by=by, at=at)
    if str(held.asked_by_key) != by.key:
        raise NotFoundProblem
    if held.confirmed_at is None:
        raise NotConfirmedError
    if at >= held.confirmed_at + selectors.LASTS:
        raise ExportOverError
    named = selectors.appeals_of(viewer=by, ceremony_key=held.key, at=at)
    kept = list(named.filter(erased_day=None))
    _refuse_strange(held.institution, kept, by=by, at=at)
    record_each("appeal.exported", kept, held.reason_code, by=by, at=at)
    packed = BytesIO()
    _pack(kept, packed, by=by)
    packed.seek(0)
    return packed


@transaction.atomic
def enter_protocol(
    *,
    institution: Institution,
    appeals: Collection[Appeal],
    reason_code: str,
    held_day: dt.date,
    sheets: int,
    present: int,
    protocol_sha256: str,
    by: Actor,
    at: dt.datetime,
) -> Protocol:
    """Journal a ceremony that was held: its protocol's hash, days and counts, and nobody's name.

    Raises NothingSealedError, ProtocolKnownError, NotFoundProblem.
    """
    chosen = _refuse_strange(institution, appeals, by=by, at=at)
    made = Protocol(
        institution=institution,
        reason_code=reason_code,
        held_day=held_day,
        sheets=sheets,
        present=present,
        sha256=protocol_sha256.lower(),
        count=len(chosen),
        entered_day=local_day(at),
        by_key=uuid.UUID(by.key),
    )
    made.key = key_of(protocol=made, codes=[each.code for each in chosen])
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise ProtocolKnownError from error
    _name(made.key, chosen)
    journal.record(
        act="ceremony.held",
        subject_kind="ceremony",
        subject_key=made.key,
        by=by,
        at=at,
        reason_code=reason_code,
    )
    record_each("appeal.ceremony_held", chosen, reason_code, by=by, at=at)
    return made


def key_of(*, protocol: Protocol, codes: Iterable[str]) -> uuid.UUID:
    """The key of a protocol: the first 16 bytes of the SHA-256 of all that it says, in RFC 8785."""
    said = {
        "institution": str(protocol.institution_id),
        "reason_code": protocol.reason_code,
        "held_day": protocol.held_day.isoformat(),
        "sheets": protocol.sheets,
        "present": protocol.present,
        "sha256": protocol.sha256,
        "appeals": sorted(codes),
    }
    return uuid.UUID(bytes=sha256(canonical_json(said)).digest()[:16])


def _refuse_strange(
    institution: Institution, appeals: Collection[Appeal], *, by: Actor, at: dt.datetime
) -> list[Appeal]:
    """The appeals as they stand now, each once, in the order of their codes."""
    if not selectors.bodies_that_export(viewer=by, at=at).filter(pk=institution.pk).exists():
        raise NotFoundProblem
    asked = {each.pk for each in appeals}
    if not asked:
        raise NothingSealedError
    mine = selectors.sealed_to(viewer=by, institution=institution, at=at)
    found = list(mine.filter(pk__in=asked))
    if len(found) != len(asked):
        raise NotFoundProblem
    return found


def _held(export: Export, *, by: Actor, at: dt.datetime) -> Export:
    """The export, held until the transaction ends, for whoever may see all of its appeals."""
    if not selectors.exports(viewer=by, at=at).filter(pk=export.pk).exists():
        raise NotFoundProblem
    return Export.objects.select_for_update(of=("self",)).get(pk=export.pk)


def _refuse_answered(held: Export) -> None:
    if held.confirmed_at or held.declined_day:
        raise ExportAnsweredError


def _name(ceremony_key: uuid.UUID, appeals: Iterable[Appeal]) -> None:
    CeremonyAppeal.objects.bulk_create(
        [CeremonyAppeal(ceremony_key=ceremony_key, appeal=each) for each in appeals],
        batch_size=ROWS_AT_ONCE,
    )


def _pack(appeals: Collection[Appeal], target: IO[bytes], *, by: Actor) -> None:
    """`export/CODE.age`, and sealed attachments in `export/CODE/`: no day, no name, no person."""
    sealed = reading.sealed_of(viewer=by, appeals=appeals)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for appeal in appeals:
            place = f"{FOLDER}/{appeal.code}"
            archive.writestr(zipfile.ZipInfo(f"{place}.age"), bytes(sealed[appeal.pk].envelope))
            for each in reading.attachments_of(viewer=by, appeal=appeal):
                with each.file.open() as content:
                    archive.writestr(zipfile.ZipInfo(f"{place}/{each.sha256}.age"), content.read())


def _answered(act: str, held: Export, *, by: Actor, at: dt.datetime) -> None:
    """Journal the second person's word for each appeal; nobody else's bell rings for it any more."""
    named = selectors.appeals_of(viewer=by, ceremony_key=held.key, at=at)
    record_each(act, named, held.reason_code, by=by, at=at)
    notices.handled(subject_kind=EXPORT, subject_key=held.key, by=by, at=at)
