"""Sealed files that follow an appeal: what is refused, and what whoever sends them may rely on."""

import secrets
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pyrage
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from arasha.actors import WORLD
from arasha.appeals import services
from arasha.appeals.errors.filing import (
    MalformedAttachmentError,
    TooManyAttachmentsError,
    UnknownCodeError,
)
from arasha.appeals.models import Appeal, Attachment
from arasha.appeals.selectors import lost_files
from arasha.appeals.services.attachments import MOST_SENT
from arasha.country import local_day
from arasha.engines import sealing
from arasha.engines.sealing import RecipientSet
from arasha.journal.models import Entry
from arasha.people.models import Institution
from arasha.worlds.ceremony import Ceremony
from arasha.worlds.sealing import sealed
from tests.walk import (
    FILED_AT,
    Terminal,
    attach,
    hash_of_envelope,
    institution,
    publish,
    recipient_set,
)

PHOTO = b"\x89PNG" + b"\x00" * 70_000


@pytest.fixture
def file(recipients: RecipientSet) -> bytes:
    return sealed(PHOTO, to=recipients.keys)


def send(file: bytes, terminal: Terminal, *, code: str, envelope: str) -> Attachment:
    return services.keep_attachment(
        code=code,
        envelope_sha256=envelope,
        sha256=sha256(file).hexdigest(),
        file=ContentFile(file),
        by=terminal.actor,
    )


def test_a_file_for_no_appeal_is_refused(terminal: Terminal, file: bytes) -> None:
    with pytest.raises(UnknownCodeError):
        send(file, terminal, code="1" * 24, envelope="0" * 64)


@pytest.mark.parametrize("named", ["", "0" * 64, "\xe4"])
def test_who_does_not_know_the_envelope_is_told_the_same_as_of_a_code_that_is_no_appeal(
    named: str, terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    with pytest.raises(UnknownCodeError):
        send(file, terminal, code=appeal.code, envelope=named)
    assert not Attachment.objects.exists()


def test_a_file_for_an_erased_appeal_is_refused(
    terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    Appeal.objects.update(erased_day=local_day(FILED_AT))

    with pytest.raises(UnknownCodeError):
        send(file, terminal, code=appeal.code, envelope=hash_of_envelope(appeal))


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda keys: PHOTO, id="in plain"),
        pytest.param(lambda keys: sealed(PHOTO, to=keys[:2]), id="to fewer people"),
        pytest.param(lambda keys: b"age-encryption.org/v1\n" + b"-" * 200_000, id="no header"),
    ],
)
def test_what_is_not_sealed_to_the_readers_of_the_appeal_is_refused(
    made, terminal: Terminal, recipients: RecipientSet, appeal: Appeal
) -> None:
    with pytest.raises(MalformedAttachmentError):
        attach(appeal, made(recipients.keys), terminal)
    assert not Attachment.objects.exists()


def test_a_name_is_taken_that_is_sealed_to_those_who_are_told_names(
    terminal: Terminal, ombudsperson: Institution, ceremony: Ceremony, appeal: Appeal
) -> None:
    fewest = list_for_names(ombudsperson)
    name = sealed(b'{"name":"Serik"}', to=fewest.keys)
    with pytest.raises(MalformedAttachmentError):
        attach(appeal, name, terminal)

    publish(ceremony, fewest)

    assert attach(appeal, name, terminal).size == len(name)


def list_for_names(body: Institution) -> RecipientSet:
    """Three officers and an office key: not as many as may read the appeal."""
    code = sealing.names_code(body.code)
    institution(code, "names")
    keys = [str(pyrage.x25519.Identity.generate().to_public()) for _ in range(4)]
    own = [sealing.Member(sealing.Role.OFFICER, key, "Told", code) for key in keys[:3]]
    office = sealing.Member(sealing.Role.OFFICE, keys[3], "Office key")
    return replace(recipient_set(code), members=(*own, office))


def test_more_files_than_an_appeal_may_have_are_refused(
    terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    Attachment.objects.bulk_create(
        Attachment(appeal=appeal, sha256=secrets.token_hex(32), size=1, file="x")
        for _ in range(MOST_SENT)
    )

    with pytest.raises(TooManyAttachmentsError):
        attach(appeal, file, terminal)


def test_a_file_is_kept_byte_for_byte_and_the_same_again_is_the_same_answer(
    terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    first, again = [attach(appeal, file, terminal) for _ in range(2)]

    assert first == again
    kept = Attachment.objects.get()
    assert kept.sha256 == sha256(file).hexdigest()
    assert (kept.size, Path(kept.file.path).read_bytes()) == (len(file), file)


def test_a_file_that_was_kept_before_the_power_failed_is_taken_again(
    terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    name = attach(appeal, file, terminal).file.name
    Attachment.objects.all().delete()

    assert attach(appeal, file, terminal).file.name == name
    assert default_storage.exists(str(name))


def test_neither_the_folder_nor_the_journal_knows_the_minute(
    terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    entries = Entry.objects.count()

    kept = Path(attach(appeal, file, terminal).file.path)

    assert (kept.stat().st_mtime, kept.stat().st_mode & 0o777) == (0, 0o600)
    assert Entry.objects.count() == entries


def test_a_file_that_is_no_more_in_its_folder_is_missed(
    terminal: Terminal, appeal: Appeal, file: bytes
) -> None:
    kept = attach(appeal, file, terminal)
    assert lost_files(viewer=WORLD) == 0

    Path(kept.file.path).unlink()
    assert lost_files(viewer=WORLD) == 1
