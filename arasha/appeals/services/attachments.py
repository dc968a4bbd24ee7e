import datetime as dt
import uuid

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from arasha.actors import Actor
from arasha.appeals import selectors
from arasha.appeals.errors.filing import (
    MalformedAttachmentError,
    TooManyAttachmentsError,
    UnknownCodeError,
)
from arasha.appeals.models import Appeal, Attachment
from arasha.appeals.recording import record
from arasha.engines import sealing
from arasha.problems import NotFoundProblem

FOLDER = "attachments"
MOST_FILES = 40  # sheets of an appeal on paper, that an officer scans
MOST_SENT = 11  # by whoever wrote: ten, and a name sealed apart


def keep_attachment(
    *, code: str, envelope_sha256: str, sha256: str, file: File[bytes], by: Actor
) -> Attachment:
    """Keep a sealed file that follows an appeal. The same bytes again give the same answer.

    Codes are public, so whoever adds to an appeal names its envelope's hash (hex), too: only who
    filed it knows that. No act is recorded: the appeal's leaf commits to the file's hash already,
    and its minute is nobody's business. Raises UnknownCodeError, MalformedAttachmentError,
    TooManyAttachmentsError.
    """
    appeal = selectors.appeal_filed_as(viewer=by, code=code, envelope_sha256=envelope_sha256)
    if appeal is None:
        raise UnknownCodeError
    return _keep(appeal, sha256, file, by=by, most=MOST_SENT)


@transaction.atomic
def keep_scan(
    *, appeal: Appeal, sha256: str, file: File[bytes], by: Actor, at: dt.datetime
) -> Attachment:
    """Keep the sealed scan of an appeal on paper, for the officer who entered it.

    Raises NotFoundProblem for everybody else, and what `keep_attachment` raises of the file.
    """
    if not selectors.entered_by(viewer=by, appeal=appeal):
        raise NotFoundProblem
    kept = _keep(appeal, sha256, file, by=by, most=MOST_FILES)
    record("appeal.scan_kept", appeal.key, by=by, at=at)
    return kept


def folder_of(*, appeal: Appeal) -> str:
    """Where an appeal's files are, and nobody else's: erasing empties it."""
    return f"{FOLDER}/{appeal.key}"


def _keep(appeal: Appeal, sha256: str, file: File[bytes], *, by: Actor, most: int) -> Attachment:
    key = uuid.uuid5(appeal.key, sha256)
    if found := Attachment.objects.filter(pk=key).first():
        return found
    if Attachment.objects.filter(appeal=appeal).count() >= most:
        raise TooManyAttachmentsError(most=most)
    _check_form(file, appeal, by=by)
    # The file first: a row without its file would be a lie, a file without its row is only room.
    name = default_storage.save(f"{folder_of(appeal=appeal)}/{key}", file)
    kept, _made = Attachment.objects.get_or_create(
        pk=key,
        defaults={"appeal": appeal, "sha256": sha256, "size": file.size, "file": name},
    )
    return kept


def _check_form(file: File[bytes], appeal: Appeal, *, by: Actor) -> None:
    beginning = file.read(sealing.LONGEST_HEADER_BYTES)
    counts = selectors.file_counts(viewer=by, appeal=appeal)
    try:
        found = sealing.parse_header(beginning).recipients
        expected = found if found in counts else appeal.recipient_set.recipients
        sealing.check_beginning(beginning, recipients=expected)
    except sealing.SealingError as error:
        raise MalformedAttachmentError(why=str(error)) from error
    file.seek(0)
